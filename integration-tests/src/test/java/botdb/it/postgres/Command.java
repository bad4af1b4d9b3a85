package botdb.it.postgres;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that refuses to run as root, and its arguments: it runs as the user of the tests, or as
 * nobody where that is root.
 */
record Command(Path folder, List<String> words) {
  /** Of {@code nobody} and of its group on every Linux. */
  private static final int NOBODY = 65534;

  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  static Command of(String... words) {
    return new Command(Path.of("/"), List.of(words));
  }

  /** Returns the same in another working directory. */
  Command in(Path other) {
    return new Command(other, words);
  }

  /** Gives a file or folder to whom the programs run as. */
  static Path give(Path path) throws IOException {
    if (ROOT) {
      Files.setAttribute(path, "unix:uid", NOBODY);
      Files.setAttribute(path, "unix:gid", NOBODY);
    }
    return path;
  }

  /** Starts it, with all that it says added to a file; the process is that of the program. */
  Process start(Path log) {
    return start(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  /**
   * Runs it to its end.
   *
   * @throws IllegalStateException with what it said, if it fails
   */
  void run() {
    run(in -> {});
  }

  /** What a program is told. */
  interface Input {
    void writeTo(OutputStream in) throws IOException;
  }

  /**
   * Runs it to its end, after it has been told something.
   *
   * @throws IllegalStateException with what it said, if it fails
   */
  void run(Input input) {
    Process process = start(ProcessBuilder.Redirect.PIPE);
    try {
      try (OutputStream in = process.getOutputStream()) {
        input.writeTo(in);
      }
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(words + ": " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Process start(ProcessBuilder.Redirect output) {
    List<String> whole = new ArrayList<>();
    if (ROOT) {
      whole.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
    }
    whole.addAll(words);
    try {
      return new ProcessBuilder(whole)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(output)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits a little, for what a process that has just been started is about to do. */
  static void pause(Process process) {
    try {
      process.waitFor(20, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
