package botdb.it.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures, prints the table, and compares it with the one that was committed.
 *
 * <p>Ends with status 1 if a ratio is worse than the committed one by more than a quarter. {@code
 * -Dbenchmark.scale=small} measures little, {@code -Dbenchmark.only=start,append} some groups only.
 */
final class Benchmark {
  private Benchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path temporary = Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir")));
    Path folder = Files.createTempDirectory(temporary, "benchmark");
    Scale scale = Scale.parse(System.getProperty("benchmark.scale"));
    Path jar = Path.of(System.getProperty("bot.jar")).toRealPath();
    boolean isWorse;
    try {
      isWorse = run(new Bench(folder, scale, jar), Records.in(Path.of("").toAbsolutePath()));
    } finally {
      Bench.delete(folder);
    }
    if (isWorse) {
      System.err.println("a ratio is worse than the committed one by more than a quarter");
      System.exit(1);
    }
  }

  /** Group by group, so that a run that is broken off leaves what it has measured. */
  private static boolean run(Bench bench, Records records) throws Exception {
    Report committed = records.committed();
    String circumstances = Machine.describe();
    boolean isWorse = false;
    for (Group group : groups(System.getProperty("benchmark.only", ""))) {
      Report measured = new Report(List.of(group.measure(bench, circumstances)));
      Report compared = measured.comparedWith(committed);
      isWorse |= !compared.equals(measured);
      records.write(records.current().updatedWith(compared));
      System.out.println(compared.markdown());
    }
    return isWorse;
  }

  private static List<Group> groups(String only) {
    if (only.isBlank()) {
      return List.of(Group.values());
    }
    return Arrays.stream(only.split(","))
        .map(name -> Group.valueOf(name.strip().toUpperCase(Locale.ROOT)))
        .toList();
  }
}
