package botdb.migrations;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Tells what a result code of SQLite means for the owner of the database. */
final class SqliteErrors {
  private static final int PRIMARY = 0xff;

  private SqliteErrors() {}

  static MigrationException translate(SQLException e, SqliteFile file) {
    return translate(e, file, List.of());
  }

  /** Says as well what this run had already committed. */
  static MigrationException translate(SQLException e, SqliteFile file, List<String> applied) {
    String path = file.name();
    return switch (primaryCode(e)) {
      case BUSY -> new MigrationException.Busy(path, file.patience().toSeconds(), applied, e);
      case READONLY -> readOnly(e, file);
      case CORRUPT -> new MigrationException.Corrupt(path, message(e), applied, e);
      case CANTOPEN -> cannotOpen(e, file, applied);
      case FULL -> new MigrationException.DiskFull(path, applied, e);
      case NOTADB -> new MigrationException.NotADatabase(path, e);
      default -> new MigrationException.DatabaseFailed(path, message(e), applied, e);
    };
  }

  private static MigrationException readOnly(SQLException e, SqliteFile file) {
    return switch (extendedCode(e)) {
      case SQLITE_READONLY_ROLLBACK, SQLITE_READONLY_RECOVERY ->
          new MigrationException.UnfinishedWrite(file.name(), e);
      default -> new MigrationException.ReadOnly(file.name(), "SQLite may not write it", e);
    };
  }

  /** In WAL mode even reading needs files beside the database; the error does not say so. */
  private static MigrationException cannotOpen(
      SQLException e, SqliteFile file, List<String> applied) {
    Path folder = file.path().toAbsolutePath().getParent();
    return folder != null && Files.isDirectory(folder) && !Files.isWritable(folder)
        ? new MigrationException.ReadOnly(file.name(), "its folder is read-only", e)
        : new MigrationException.DatabaseFailed(file.name(), message(e), applied, e);
  }

  static final int ERROR = 1;
  static final int BUSY = 5;
  static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int NOTADB = 26;

  /** The primary result code, https://sqlite.org/rescode.html; 0 if the driver failed by itself. */
  static int primaryCode(SQLException e) {
    return extendedCode(e) == SQLiteErrorCode.UNKNOWN_ERROR ? 0 : extendedCode(e).code & PRIMARY;
  }

  private static SQLiteErrorCode extendedCode(SQLException e) {
    return e instanceof SQLiteException sqlite
        ? sqlite.getResultCode()
        : SQLiteErrorCode.UNKNOWN_ERROR;
  }

  /** The SQLite error behind whatever a migration threw; null if there is none. */
  static @Nullable SQLiteException rootOf(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        return sqlite;
      }
    }
    return null;
  }

  /** SQLite's own words, which name tables and columns and never what is in them. */
  static String message(SQLException e) {
    return "SQLite says: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
  }
}
