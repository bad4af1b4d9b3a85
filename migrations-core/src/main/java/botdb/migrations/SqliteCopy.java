package botdb.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/**
 * Copies a live database page by page, through SQLite, https://sqlite.org/backup.html.
 *
 * <p>Not VACUUM INTO, which may number rows anew that have no key of their own; never the file,
 * which lacks what stands in the log. The copy is one file that needs no log beside it.
 */
final class SqliteCopy {
  private SqliteCopy() {}

  /**
   * Copies what a connection sees into a new file, readable by whom the database is, and synced.
   *
   * @param source a connection that has not begun to write; another one may hold the write lock
   * @throws java.nio.file.FileAlreadyExistsException if the file exists
   */
  static void copy(Connection source, Path database, Path target) throws SQLException, IOException {
    create(database, target);
    int status =
        source
            .unwrap(SQLiteConnection.class)
            .getDatabase()
            .backup("main", target.toAbsolutePath().toString(), null);
    if (status != 0) {
      throw new SQLException("the copy stopped with SQLite's status " + status);
    }
    try (Connection copy =
        new SQLiteConfig().createConnection("jdbc:sqlite:" + target.toAbsolutePath())) {
      Sql.run(copy, "PRAGMA journal_mode = DELETE");
    }
    FileSync.sync(target);
  }

  /** Nobody may read a copy who may not read the database, not even for a moment. */
  private static void create(Path database, Path target) throws IOException {
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(database);
      Files.createFile(target, PosixFilePermissions.asFileAttribute(Set.of()));
      Files.setPosixFilePermissions(target, mode);
    } catch (UnsupportedOperationException e) {
      Files.createFile(target);
    }
  }
}
