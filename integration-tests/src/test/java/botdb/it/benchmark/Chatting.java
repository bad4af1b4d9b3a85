package botdb.it.benchmark;

import botdb.catalog.Message;
import botdb.it.benchmark.Group.Findings;
import botdb.it.benchmark.contender.BareAppend;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Users who write to the bot at once; each message is stored, and so is the reply to it. */
final class Chatting {
  private static final int USERS = 32;
  private static final int STORED_PER_POST = 2;
  private static final String OURS = "the bot over HTTP";
  private static final String BARE = "bare JDBC, one thread";
  private static final String CONTENT = "Привет! How do I настроить the server?";

  private final Bench bench;

  private Chatting(Bench bench) {
    this.bench = bench;
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
    Chatting chatting = new Chatting(bench);
    Map<String, Samples<Rate>> samples =
        new Turns<Rate>()
            .with(OURS, chatting::talk)
            .with(BARE, chatting::append)
            .playAfterWarmUp(bench.scale().longRounds());
    Quantity ours = samples.get(OURS).median(Rate::message);
    Quantity bare = samples.get(BARE).median(Rate::message);
    findings.add(Row.of(USERS + " users, a stored message", ours, BARE, bare, Goal.NONE));
    findings.add(
        Row.of(
            USERS + " users, slowest hundredth",
            samples.get(OURS).median(Rate::slowest),
            BARE,
            samples.get(BARE).median(Rate::slowest),
            Goal.NONE));
    findings.note(
        String.format(
            Locale.ROOT,
            "The bot stores %,.0f messages a second, bare JDBC %,.0f.",
            1 / ours.value(),
            1 / bare.value()));
  }

  private Rate talk() throws Exception {
    Path folder = bench.folder("chat");
    Program serve = Program.of(bench.bot(Jdk.running()), "serve");
    ExecutorService users = Executors.newFixedThreadPool(USERS);
    try (Serving serving = Serving.start(serve, folder)) {
      HttpClient client = HttpClient.newHttpClient();
      // A server that has just started is another matter.
      talk(users, client, serving);
      return talk(users, client, serving);
    } finally {
      users.shutdown();
    }
  }

  private Rate talk(ExecutorService users, HttpClient client, Serving serving) throws Exception {
    List<Writer> writers = new ArrayList<>();
    for (int user = 1; user <= USERS; user++) {
      writers.add(new Writer(client, serving.port(), user, CONTENT, bench.scale().posts()));
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
