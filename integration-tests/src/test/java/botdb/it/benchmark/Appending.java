package botdb.it.benchmark;

import botdb.it.benchmark.Group.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One message more, on the disk before the call returns; and the newest ones read. */
final class Appending {
  private static final String OURS = "ours";
  private static final String BARE = "`json_insert`";
  private static final String ALL = "`list`";
  private static final Goal OF_BARE_WHERE_SHORT = Goal.atMost(1.5);
  private static final Goal OF_BARE_WHERE_LONG = Goal.atMost(0.6);
  private static final int SHORT = 100;
  private static final int LONG = 10_000;
  private static final double NOTICED_SECONDS = 0.005;

  /** What an append takes where a history has so many messages. */
  private record Point(int messages, double seconds) {}

  private Appending() {}

  static void measure(Bench bench, Findings findings) throws Exception {
    List<Point> points = new ArrayList<>();
    for (int messages : bench.scale().lengths()) {
      System.err.println(" append to " + messages);
      Map<String, Samples<Quantity>> samples =
          new Turns<Quantity>()
              .with(OURS, append(bench, "ours", messages))
              .with(BARE, append(bench, "bare", messages))
              .play(bench.scale().longRounds());
      Quantity ours = samples.get(OURS).median(time -> time);
      Quantity bare = samples.get(BARE).median(time -> time);
      String what = String.format(Locale.ROOT, "append to %,d messages", messages);
      findings.add(Row.of(what, ours, BARE, bare, goal(messages)));
      points.add(new Point(messages, ours.value()));
    }
    findings.note(whereNoticed(points));
    measurePage(bench, findings);
  }

  private static Goal goal(int messages) {
    if (messages <= SHORT) {
      return OF_BARE_WHERE_SHORT;
    }
    return messages <= LONG ? OF_BARE_WHERE_LONG : Goal.NONE;
  }

  private static Turns.Contender<Quantity> append(Bench bench, String method, int messages) {
    int users = Math.max(1, Math.min(500, 20_000 / messages));
    int batch = messages < LONG ? bench.scale().appends() : Math.max(4, 200_000 / messages);
    return Jmh.of(AppendBenchmark.class, method)
            .with("messages", messages)
            .with("users", users)
            .inBatchesOf(batch)
        ::run;
  }

  private static void measurePage(Bench bench, Findings findings) throws Exception {
    System.err.println(" page");
    Map<String, Samples<Quantity>> samples =
        new Turns<Quantity>()
            .with(OURS, Jmh.of(PageBenchmark.class, "page")::run)
            .with(ALL, Jmh.of(PageBenchmark.class, "list")::run)
            .play(bench.scale().longRounds());
    findings.add(
        Row.of(
            "newest 20 of 10,000 messages",
            samples.get(OURS).median(time -> time),
            ALL,
            samples.get(ALL).median(time -> time),
            Goal.NONE));
  }

  /** Between two lengths, what an append takes grows as a straight line does. */
  private static String whereNoticed(List<Point> points) {
    for (int i = 1; i < points.size(); i++) {
      Point before = points.get(i - 1);
      Point after = points.get(i);
      if (before.seconds < NOTICED_SECONDS && after.seconds >= NOTICED_SECONDS) {
        double part = (NOTICED_SECONDS - before.seconds) / (after.seconds - before.seconds);
        long messages = Math.round(before.messages + part * (after.messages - before.messages));
        return String.format(
            Locale.ROOT, "An append takes more than 5 ms from about %,d messages on.", messages);
      }
    }
    Point last = points.get(points.size() - 1);
    String which = last.seconds < NOTICED_SECONDS ? "no length" : "every length";
    return "An append takes more than 5 ms at " + which + " measured.";
  }
}
