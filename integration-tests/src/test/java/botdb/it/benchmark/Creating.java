package botdb.it.benchmark;

import botdb.it.benchmark.Group.Findings;
import java.util.Map;

/** As many migrations as there can be, each of which creates a table in a new database. */
final class Creating {
  private static final String OURS = "ours";
  private static final String BARE = "bare JDBC";
  private static final Goal OF_BARE = Goal.atMost(1.3);

  private Creating() {}

  static void measure(Bench bench, Findings findings) throws Exception {
    int count = bench.scale().migrations();
    Map<String, Samples<Quantity>> samples =
        new Turns<Quantity>()
            .with(OURS, Jmh.of(CreateBenchmark.class, "ours").with("count", count)::run)
            .with(BARE, Jmh.of(CreateBenchmark.class, "bare").with("count", count)::run)
            .play(bench.scale().longRounds());
    findings.add(
        Row.of(
            count + " migrations, a table each",
            samples.get(OURS).median(time -> time),
            BARE,
            samples.get(BARE).median(time -> time),
            OF_BARE));
  }
}
