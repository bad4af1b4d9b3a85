package botdb.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The program, started as a process of its own in a folder. */
final class Bot {
  private static final Path JAR = Path.of(System.getProperty("bot.jar")).toAbsolutePath();
  private static final long LIMIT_SECONDS = 120;

  private Bot() {}

  /** What a finished process left: its exit status and all that it said. */
  record Result(int status, String out, String err) {}

  /** A process that may still run, its output going to files beside the folder. */
  record Running(Process process, Path out, Path err, boolean showsMessages) {

    Result await() {
      try {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
          throw new AssertionError(
              "still running after " + LIMIT_SECONDS + " s: " + Files.readString(err));
        }
        Result result =
            new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        Secrets.assertNoneIn(result.err);
        if (!showsMessages) {
          Secrets.assertNoneIn(result.out);
        }
        return result;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Runs a command to its end. */
  static Result run(Path folder, String... arguments) {
    return start(folder, List.of(), Map.of(), arguments).await();
  }

  /** Starts a command. */
  static Running start(
      Path folder, List<String> jvmOptions, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempDirectory("bot");
      Path out = output.resolve("out");
      Path err = output.resolve("err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("BOT_"));
      builder.environment().putAll(Secrets.SETTINGS);
      builder.environment().putAll(environment);
      // history shows messages, which is what it is for.
      return new Running(builder.start(), out, err, List.of(arguments).contains("history"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
