package botdb.it.benchmark;

import botdb.it.benchmark.Group.Findings;
import botdb.it.postgres.Address;
import botdb.it.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One message more on a server, committed before the call returns; and the newest ones read. */
final class ServerAppending {
  private static final String OURS = "ours";
  private static final String BARE = "`jsonb`";
  private static final String ALL = "`list`";
  private static final int CALLS = 400;
  private static final int CALLS_WHERE_LONG = 8;
  private static final int LONG = 10_000;

  private final Bench bench;
  private final PostgresServer server;

  private ServerAppending(Bench bench, PostgresServer server) {
    this.bench = bench;
    this.server = server;
  }

  static void measure(Bench bench, Findings findings) throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      ServerAppending appending = new ServerAppending(bench, server);
      for (int messages : bench.scale().lengthsOnServer()) {
        appending.append(messages, findings);
      }
      appending.page(findings);
    }
  }

  private void append(int messages, Findings findings) throws Exception {
    System.err.println(" append to " + messages);
    Shape shape = new Shape(Math.max(1, Math.min(CALLS, 20_000 / messages)), messages);
    int calls = messages < LONG ? CALLS : CALLS_WHERE_LONG;
    Jmh ours =
        Jmh.of(ServerAppendBenchmark.class, "ours").with("users", shape.users()).inBatchesOf(calls);
    Jmh bare =
        Jmh.of(ServerAppendBenchmark.class, "bare").with("users", shape.users()).inBatchesOf(calls);
    compare("append to", shape, ours, BARE, bare, findings);
  }

  private void page(Findings findings) throws Exception {
    System.err.println(" page");
    Jmh page = Jmh.of(ServerPageBenchmark.class, "page");
    Jmh list = Jmh.of(ServerPageBenchmark.class, "list");
    compare("newest 20 of", new Shape(1, LONG), page, ALL, list, findings);
  }

  private void compare(
      String what, Shape shape, Jmh ours, String contender, Jmh theirs, Findings findings)
      throws Exception {
    Path file = bench.folder("server").resolve("users.db");
    shape.create(file);
    Map<String, Samples<Quantity>> samples =
        new Turns<Quantity>()
            .with(OURS, () -> onServer(ours, file))
            .with(contender, () -> onServer(theirs, file))
            .play(bench.scale().longRounds());
    findings.add(
        Row.of(
            String.format(Locale.ROOT, "%s %,d messages", what, shape.messages()),
            samples.get(OURS).median(time -> time),
            contender,
            samples.get(contender).median(time -> time),
            Goal.NONE));
  }

  /** In a database of its own: an append makes a history longer. */
  private Quantity onServer(Jmh benchmark, Path file) throws Exception {
    Address database = server.freshDatabase();
    List<String> bot = bench.bot(Jdk.running());
    try {
      Program.of(bot, "copy", "--from", file.toString(), "--to", database.url())
          .run(bench.folder("server-copy"));
      return benchmark.with("address", database.jdbcUrl()).run();
    } finally {
      server.drop(database);
    }
  }
}
