package botdb.migrations;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether another process has a database open, even if it is idle.
 *
 * <p>Locks tell only of those who are reading or writing at the moment. Where the system lists the
 * open files of its processes (Linux: {@code /proc/PID/fd}), an idle one is found, too.
 */
final class SqliteOpenElsewhere {
  private static final Path PROCESSES = Path.of("/proc");

  private SqliteOpenElsewhere() {}

  /**
   * Refuses a database that another process has open.
   *
   * @throws MigrationException.Busy if one is found
   */
  static void refuse(SqliteFile file) throws IOException {
    if (!file.exists()) {
      return;
    }
    Path target = file.path().toRealPath();
    String self = String.valueOf(ProcessHandle.current().pid());
    if (Files.isDirectory(PROCESSES)) {
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
        for (Path process : processes) {
          if (!process.getFileName().toString().equals(self) && hasOpen(process, target)) {
            throw new MigrationException.Busy(file.name(), process.getFileName().toString());
          }
        }
      }
    }
  }

  private static boolean hasOpen(Path process, Path target) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : open) {
        if (isLinkTo(descriptor, target)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false; // ended by now, or another user's
    }
  }

  private static boolean isLinkTo(Path descriptor, Path target) {
    try {
      return Files.readSymbolicLink(descriptor).equals(target);
    } catch (IOException e) {
      return false; // closed by now
    }
  }
}
