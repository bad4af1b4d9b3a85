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
public final class Bot {
  private static final Path JAR = Path.of(System.getProperty("bot.jar")).toAbsolutePath();
  private static final long LIMIT_SECONDS = 120;

  private Bot() {}

  /** What a finished process left: its exit status and all that it said. */
  public record Result(int status, String out, String err) {}

  /** A process that may still run, its output going to files beside the folder. */
  public record Running(Process process, Path out, Path err, boolean showsMessages) {

    /** Waits for the end; the files are gone afterwards. */
    public Result await() {
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
        Files.delete(out);
        Files.delete(err);
        Files.delete(out.getParent());
        return result;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    /** Ends the process at once, as {@code kill -9} does; nothing of it is asked before. */
    public Result kill() {
      process.destroyForcibly();
      return await();
    }

    /** Waits until the process has said something; it must not end before. */
    public void awaitText(Path output, String text) throws IOException, InterruptedException {
      long start = System.nanoTime();
      while (!Files.readString(output).contains(text)) {
        if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)
            || !process.isAlive() && !Files.readString(output).contains(text)) {
          throw new AssertionError("never said " + text + ": " + Files.readString(err));
        }
        process.waitFor(20, TimeUnit.MILLISECONDS);
      }
    }
  }

  /** Runs a command to its end. */
  public static Result run(Path folder, String... arguments) {
    return start(folder, List.of(), Map.of(), arguments).await();
  }

  /** Starts a command. */
  public static Running start(
      Path folder, List<String> jvmOptions, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>(jvmOptions);
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(List.of(arguments));
    return startJava(folder, command, environment);
  }

  /** Starts another program than the bot: a class of the tests. */
  public static Running startMain(
      Class<?> type, Path folder, List<String> jvmOptions, String... arguments) {
    List<String> command = new ArrayList<>(jvmOptions);
    command.add(type.getName());
    command.addAll(List.of(arguments));
    return startJava(folder, command, Map.of("CLASSPATH", System.getProperty("java.class.path")));
  }

  private static Running startJava(
      Path folder, List<String> arguments, Map<String, String> environment) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    return startProgram(folder, command, environment);
  }

  /** Starts any program, with the settings that all processes of the tests have. */
  public static Running startProgram(
      Path folder, List<String> command, Map<String, String> environment) {
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
      builder.environment().put("BOT_CACHE", JAR.resolveSibling("cache").toString());
      builder.environment().putAll(Secrets.SETTINGS);
      builder.environment().putAll(environment);
      // These show messages, which is what they are for.
      return new Running(
          builder.start(), out, err, command.contains("history") || command.contains("export"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
