package botdb.migrations;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Makes the empty file that becomes a database, for its owner only from its first moment.
 *
 * <p>SQLite gives the log beside a database, and a backup its copy, the mode of the database; so
 * this one decides for all of them. It creates files by the umask, which most often lets others
 * read.
 */
final class SqliteNewFile {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private SqliteNewFile() {}

  /**
   * Creates the file, unless another starter was first.
   *
   * <p>It is made under a name of its own and linked to its place: opening and closing the database
   * itself would drop the locks that another thread may hold on it by then,
   * https://sqlite.org/howtocorrupt.html, section 2.2. Where the file system knows no modes or no
   * links, or says no, SQLite creates the file, or says why not.
   */
  static void create(Path path) {
    Path folder = path.toAbsolutePath().getParent();
    try {
      Path empty = Files.createTempFile(folder, path.getFileName() + ".", ".new", OWNER_ONLY);
      try {
        Files.createLink(path, empty);
      } catch (FileAlreadyExistsException e) {
        // The other one's is as good.
      } finally {
        Files.delete(empty);
      }
    } catch (UnsupportedOperationException | IOException e) {
      // Nothing is lost: opening comes next.
    }
  }
}
