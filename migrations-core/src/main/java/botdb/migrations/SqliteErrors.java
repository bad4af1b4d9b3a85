package botdb.migrations;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells what a result code of SQLite means for the owner of the database. */
record SqliteErrors(SqliteFile file) implements SqlErrors {
  private static final int PRIMARY = 0xff;
  static final int ERROR = 1;
  static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int NOTADB = 26;

  @Override
  public MigrationException explain(SQLException e, List<String> applied) {
    String path = file.name();
    return switch (primaryCode(e)) {
      case BUSY -> new MigrationException.Busy(path, file.patience().toSeconds(), applied, e);
      case READONLY -> readOnly(e);
      case CORRUPT -> new MigrationException.Corrupt(path, words(e), applied, e);
      case CANTOPEN -> cannotOpen(e, applied);
      case FULL -> new MigrationException.DiskFull(path, applied, e);
      case NOTADB -> new MigrationException.NotADatabase(path, e);
      default -> new MigrationException.DatabaseFailed(path, words(e), applied, e);
    };
  }

  private MigrationException readOnly(SQLException e) {
    return switch (extendedCode(e)) {
      case SQLITE_READONLY_ROLLBACK, SQLITE_READONLY_RECOVERY ->
          new MigrationException.UnfinishedWrite(file.name(), e);
      default -> new MigrationException.ReadOnly(file.name(), "SQLite may not write it", e);
    };
  }

  /** In WAL mode even reading needs files beside the database; the error does not say so. */
  private MigrationException cannotOpen(SQLException e, List<String> applied) {
    Path folder = file.path().toAbsolutePath().getParent();
    return folder != null && Files.isDirectory(folder) && !Files.isWritable(folder)
        ? new MigrationException.ReadOnly(file.name(), "its folder is read-only", e)
        : new MigrationException.DatabaseFailed(file.name(), words(e), applied, e);
  }

  /** The primary result code, https://sqlite.org/rescode.html; 0 if the driver failed by itself. */
  static int primaryCode(SQLException e) {
    return extendedCode(e) == SQLiteErrorCode.UNKNOWN_ERROR ? 0 : extendedCode(e).code & PRIMARY;
  }

  private static SQLiteErrorCode extendedCode(SQLException e) {
    return e instanceof SQLiteException sqlite
        ? sqlite.getResultCode()
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }

  @Override
  public @Nullable SQLException in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        return sqlite;
      }
    }
    return null;
  }

  /** SQLite's own words, which name tables and columns and never what is in them. */
  @Override
  public String words(SQLException e) {
    return "SQLite says: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
  }

  @Override
  public boolean isMissing(SQLException e) {
    return primaryCode(e) == ERROR;
  }

  @Override
  public boolean isOwnCursor(SQLException e) {
    return primaryCode(e) == LOCKED;
  }
}
