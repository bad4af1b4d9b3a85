package botdb.it.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * A folder that is gone, with every program that runs in it, as soon as this process is, however it
 * ends.
 *
 * <p>A shell waits for the end of its standard input, which the kernel closes with this process,
 * also after {@code kill -9}. Then it ends those whose working directory lies in the folder: first
 * as one stops a server at once, so that it takes its shared memory with it.
 */
final class Guard implements AutoCloseable {
  /** What in the folder may be mounted. */
  static final String DISK = "disk";

  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      running() {
        for process in /proc/[0-9]*; do
          case "$(readlink "$process/cwd")" in
            "$0" | "$0"/*) echo "${process#/proc/}" ;;
          esac
        done
      }
      read -r nothing
      for signal in TERM QUIT 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 KILL; do
        processes=$(running)
        [ -z "$processes" ] && break
        kill "-$signal" $processes
        sleep 0.2
      done
      umount --lazy "$0/disk"
      rm -rf "$0"
      """;

  private final Path folder;
  private final Process shell;

  private Guard(Path folder, Process shell) {
    this.folder = folder;
    this.shell = shell;
  }

  /** What is made in a folder. */
  interface Making<T> {
    T in(Guard guard) throws IOException, SQLException;
  }

  /**
   * Makes a folder whose programs and files last as long as this process, and something in it; if
   * that fails, nothing of it stays.
   */
  static <T> T ofNewFolder(String name, Making<T> making) {
    Guard guard = ofNewFolder(name);
    boolean made = false;
    try {
      T result = making.in(guard);
      made = true;
      return result;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } finally {
      if (!made) {
        guard.close();
      }
    }
  }

  private static Guard ofNewFolder(String name) {
    try {
      Path folder = Command.give(Files.createTempDirectory(name).toRealPath());
      Process shell =
          new ProcessBuilder("sh", "-c", SCRIPT, folder.toString())
              .directory(Path.of("/").toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return new Guard(folder, shell);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path folder() {
    return folder;
  }

  /** Ends what runs in the folder, and removes it, before it returns. */
  @Override
  public void close() {
    try {
      shell.getOutputStream().close();
      shell.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
