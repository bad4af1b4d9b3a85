package botdb.it.benchmark;

import botdb.it.benchmark.Group.Findings;
import java.util.Map;

/** A start with nothing to do inside a process that has done it many times. */
final class WarmStart {
  private static final String OURS = "migrate";
  private static final String PLAN = "plan";
  private static final String BARE = "bare JDBC";
  private static final String FLYWAY = "Flyway";
  private static final Goal OF_BARE = Goal.atMost(1.5);

  private WarmStart() {}

  static void measure(Bench bench, Findings findings) throws Exception {
    for (int applied : bench.scale().applied()) {
      System.err.println(" " + applied + " applied");
      Map<String, Samples<Quantity>> samples =
          new Turns<Quantity>()
              .with(OURS, jmh("migrate", applied))
              .with(PLAN, jmh("plan", applied))
              .with(BARE, jmh("bare", applied))
              .with(FLYWAY, jmh("flyway", applied))
              .play(bench.scale().longRounds());
      Quantity bare = samples.get(BARE).median(time -> time);
      Quantity ours = samples.get(OURS).median(time -> time);
      Quantity plan = samples.get(PLAN).median(time -> time);
      Quantity flyway = samples.get(FLYWAY).median(time -> time);
      findings.add(Row.of("`migrate()`, " + applied + " applied", ours, BARE, bare, OF_BARE));
      findings.add(Row.of("`plan()`, " + applied + " applied", plan, BARE, bare, OF_BARE));
      findings.add(Row.of("`migrate()`, " + applied + " applied", ours, FLYWAY, flyway, Goal.NONE));
    }
  }

  private static Turns.Contender<Quantity> jmh(String method, int applied) {
    return Jmh.of(WarmStartBenchmark.class, method).with("applied", applied)::run;
  }
}
