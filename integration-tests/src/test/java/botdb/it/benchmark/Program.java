package botdb.it.benchmark;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A program that is started as a process of its own. */
record Program(List<String> command, Map<String, String> environment) {
  private static final List<String> FOREIGN = List.of("BOT_", "TELEGRAM_", "OPENAI_");
  private static final List<String> OPTIONS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");
  private static final int POLL_MILLIS = 20;

  /** How long a whole process took, and the most memory that it had. */
  record Run(Quantity time, Quantity memory) {}

  static Program of(List<String> command, String... arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    return new Program(all, Map.of());
  }

  static Program of(String... command) {
    return of(List.of(command));
  }

  /** A class with nothing on its path but what it needs: a class of each library. */
  static Program main(Jdk jdk, List<String> options, Class<?> main, Class<?>... libraries) {
    List<Class<?>> path = new ArrayList<>(List.of(main));
    path.addAll(Arrays.asList(libraries));
    List<String> command = new ArrayList<>(List.of(jdk.java()));
    command.addAll(options);
    command.add("-classpath");
    command.add(path.stream().map(Program::location).collect(Collectors.joining(":")));
    command.add(main.getName());
    return of(command);
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  Program with(String... arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    return new Program(all, environment);
  }

  Program withSetting(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(environment);
    all.put(name, value);
    return new Program(command, all);
  }

  /** Runs it to its end, which must be a good one. */
  Run run(Path folder) throws IOException, InterruptedException {
    Path output = Files.createTempFile(folder, "output", ".txt");
    long start = System.nanoTime();
    Process process = start(folder, output);
    long memory = 0;
    while (!process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      memory = Math.max(memory, peak(process.pid()));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    if (process.exitValue() != 0) {
      throw new IllegalStateException(command + " failed: " + Files.readString(output));
    }
    Files.delete(output);
    return new Run(Quantity.seconds(seconds), Quantity.bytes(memory));
  }

  /** Starts it with nothing to read and no settings but those it was given. */
  Process start(Path folder, Path output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> variables = builder.environment();
    variables.keySet().removeIf(name -> FOREIGN.stream().anyMatch(name::startsWith));
    variables.keySet().removeAll(OPTIONS);
    variables.putAll(environment);
    return builder.start();
  }

  /** What Linux notes as the high-water mark of memory; 0 for a process that has just ended. */
  static long peak(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
