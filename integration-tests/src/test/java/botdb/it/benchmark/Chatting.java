package botdb.it.benchmark;

import botdb.catalog.Message;
import botdb.it.benchmark.Group.Findings;
import botdb.it.benchmark.contender.BareAppend;
import botdb.it.postgres.Address;
import botdb.it.postgres.PostgresServer;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Users who write to the bot at once; each message is stored, and so is the reply to it. */
final class Chatting {
  private static final int USERS = 32;
  private static final int STORED_PER_POST = 2;
  private static final int BOTS = 4;
  private static final String OURS = "the bot over HTTP";
  private static final String ON_SERVER = "the bot on PostgreSQL";
  private static final String MANY_ON_SERVER = BOTS + " bots on PostgreSQL";
  private static final String BARE = "bare JDBC, one thread";
  private static final String CONTENT = "Привет! How do I настроить the server?";

  private final Bench bench;
  private final PostgresServer server;

  private Chatting(Bench bench, PostgresServer server) {
    this.bench = bench;
    this.server = server;
  }

  /** How long a stored message took on average, and the slowest hundredth of what was asked. */
  private record Rate(Quantity message, Quantity slowest) {
    static Rate of(double seconds, List<Double> asked) {
      List<Double> sorted = asked.stream().sorted().toList();
      double slowest = sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
      return new Rate(
          Quantity.seconds(seconds / asked.size() / STORED_PER_POST), Quantity.seconds(slowest));
    }
  }

  static void measure(Bench bench, Findings findings) throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      new Chatting(bench, server).measure(findings);
    }
  }

  private void measure(Findings findings) throws Exception {
    Map<String, Samples<Rate>> samples =
        new Turns<Rate>()
            .with(OURS, this::talkToFile)
            .with(ON_SERVER, () -> talkToServer(1))
            .with(MANY_ON_SERVER, () -> talkToServer(BOTS))
            .with(BARE, this::append)
            .playAfterWarmUp(bench.scale().longRounds());
    Quantity bare = samples.get(BARE).median(Rate::message);
    Quantity slowestBare = samples.get(BARE).median(Rate::slowest);
    for (String bots : List.of(OURS, ON_SERVER, MANY_ON_SERVER)) {
      Quantity message = samples.get(bots).median(Rate::message);
      String label = USERS + " users, " + bots;
      findings.add(Row.of(label + ", a stored message", message, BARE, bare, Goal.NONE));
      findings.add(
          Row.of(
              label + ", slowest hundredth",
              samples.get(bots).median(Rate::slowest),
              BARE,
              slowestBare,
              Goal.NONE));
      findings.note(
          String.format(
              Locale.ROOT,
              "%s: %,.0f messages a second are stored, by bare JDBC %,.0f.",
              bots,
              1 / message.value(),
              1 / bare.value()));
    }
  }

  private Rate talkToFile() throws Exception {
    return talk(List.of(Program.of(bench.bot(Jdk.running()), "serve")));
  }

  private Rate talkToServer(int bots) throws Exception {
    Address database = server.freshDatabase();
    try {
      Program serve =
          Program.of(
              bench.bot(Jdk.running()), "serve", "--no-backup", "--database", database.url());
      return talk(Collections.nCopies(bots, serve));
    } finally {
      server.drop(database);
    }
  }

  private Rate talk(List<Program> programs) throws Exception {
    ExecutorService users = Executors.newFixedThreadPool(USERS);
    List<Serving> bots = new ArrayList<>();
    try {
      for (Program program : programs) {
        bots.add(Serving.start(program, bench.folder("chat-" + bots.size())));
      }
      HttpClient client = HttpClient.newHttpClient();
      // A server that has just started is another matter.
      talk(users, client, bots);
      return talk(users, client, bots);
    } catch (ExecutionException e) {
      for (Serving bot : bots) {
        System.err.println(bot.said());
      }
      throw e;
    } finally {
      users.shutdown();
      for (Serving bot : bots) {
        bot.close();
      }
    }
  }

  private Rate talk(ExecutorService users, HttpClient client, List<Serving> bots) throws Exception {
    List<Writer> writers = new ArrayList<>();
    for (int user = 1; user <= USERS; user++) {
      int port = bots.get(user % bots.size()).port();
      writers.add(new Writer(client, port, user, CONTENT, bench.scale().posts()));
    }
    long start = System.nanoTime();
    List<Double> asked = new ArrayList<>();
    for (Future<List<Double>> done : users.invokeAll(writers)) {
      asked.addAll(done.get());
    }
    return Rate.of((System.nanoTime() - start) / 1e9, asked);
  }

  private Rate append() throws Exception {
    Path file = bench.folder("append").resolve("users.db");
    new Shape(USERS, 0).create(file);
    String json = Message.of("user", CONTENT, LocalDateTime.of(2025, 11, 5, 15, 30, 45)).json();
    try (BareAppend database = BareAppend.to(file)) {
      append(database, json);
      return append(database, json);
    }
  }

  private Rate append(BareAppend database, String json) throws Exception {
    double[] asked = new double[USERS * bench.scale().posts()];
    long start = System.nanoTime();
    for (int post = 0; post < asked.length; post++) {
      long before = System.nanoTime();
      for (int i = 0; i < STORED_PER_POST; i++) {
        database.append(post % USERS + 1, json);
      }
      asked[post] = (System.nanoTime() - before) / 1e9;
    }
    return Rate.of((System.nanoTime() - start) / 1e9, Arrays.stream(asked).boxed().toList());
  }
}
