package botdb.migrations;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reckons the room that something takes on each disk, before anything is written. */
final class SqliteDiskSpace {
  /** A history gains some twenty bytes a message; more than half again would be unheard of. */
  private static final int GROWTH_PERCENT = 50;

  private static final int PERCENT = 100;

  private final SqliteFile file;
  private final long database;
  private final Map<Path, Long> needed = new LinkedHashMap<>();
  private final List<String> items = new ArrayList<>();

  private SqliteDiskSpace(SqliteFile file, long database) {
    this.file = file;
    this.database = database;
  }

  /** Begins with the database and its log as they are. */
  static SqliteDiskSpace of(SqliteFile file) throws IOException {
    Path log = file.path().resolveSibling(file.path().getFileName() + "-wal");
    long bytes = Files.size(file.path()) + (Files.exists(log) ? Files.size(log) : 0);
    return new SqliteDiskSpace(file, bytes);
  }

  /**
   * Stops if there is too little for a migration.
   *
   * @param backup where a backup is to be; null if there will be none
   */
  static void requireForMigration(SqliteFile file, Connection connection, @Nullable Path backup)
      throws SQLException {
    try {
      SqliteDiskSpace space = of(file).forMigration();
      if (Sql.texts(connection, "PRAGMA journal_mode").contains("wal")) {
        space.forUndoing();
      }
      if (backup != null) {
        space.forBackup(backup);
      }
      space.require();
    } catch (IOException e) {
      throw new MigrationException.BackupFailed(file.name(), BackupWriter.reason(e), e);
    }
  }

  /** The backup is as large as the database. */
  SqliteDiskSpace forBackup(Path target) {
    return add("backup", target.toAbsolutePath().getParent(), database);
  }

  /** A rewrite puts every page into the log once, and the database may grow. */
  SqliteDiskSpace forMigration() {
    Path folder = file.path().toAbsolutePath().getParent();
    return add("log", folder, database).add("growth", folder, database * GROWTH_PERCENT / PERCENT);
  }

  /**
   * In WAL mode SQLite keeps what a statement has overwritten, in case it has to be undone, in a
   * file of its own: https://sqlite.org/tempfiles.html, section 2.5.
   */
  SqliteDiskSpace forUndoing() {
    return add("temporary file", temporaryFolder(), database);
  }

  /** Where SQLite puts it: https://sqlite.org/tempfiles.html, section 5. */
  private static Path temporaryFolder() {
    for (String name :
        new String[] {
          System.getenv("SQLITE_TMPDIR"), System.getenv("TMPDIR"), "/var/tmp", "/usr/tmp", "/tmp"
        }) {
      if (name != null && Files.isDirectory(Path.of(name)) && Files.isWritable(Path.of(name))) {
        return Path.of(name);
      }
    }
    return Path.of("").toAbsolutePath();
  }

  /** The rehearsal needs the database twice, as it was and to be migrated, and what that takes. */
  SqliteDiskSpace forRehearsal() {
    return add("two copies", file.path().toAbsolutePath().getParent(), 2 * database).forMigration();
  }

  private SqliteDiskSpace add(String item, Path folder, long bytes) {
    needed.merge(folder, bytes, Long::sum);
    items.add(item + " " + megabytes(bytes));
    return this;
  }

  /**
   * Stops if a disk has too little.
   *
   * @throws MigrationException.NotEnoughSpace with what is needed and what is there
   */
  void require() throws IOException {
    Map<FileStore, Long> byDisk = new LinkedHashMap<>();
    for (Map.Entry<Path, Long> entry : needed.entrySet()) {
      byDisk.merge(Files.getFileStore(entry.getKey()), entry.getValue(), Long::sum);
    }
    for (Map.Entry<FileStore, Long> entry : byDisk.entrySet()) {
      long free = entry.getKey().getUsableSpace();
      if (free < entry.getValue()) {
        throw new MigrationException.NotEnoughSpace(
            file.name(), megabytes(entry.getValue()), megabytes(free), items);
      }
    }
  }

  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
