package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Served;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * People who write one message after the other, to several bots, and note which were acknowledged.
 *
 * <p>What was not acknowledged is not written again: whether it is stored is then unknown.
 */
final class Talkers implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 90;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, List<String>> acknowledged = new ConcurrentHashMap<>();
  private final List<HttpResponse<String>> refusals = new CopyOnWriteArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean stopped;

  /** One more person, who writes as a user to a bot until all are stopped. */
  void add(Served bot, long user) {
    String name = "talker" + acknowledged.size();
    List<String> heard = new CopyOnWriteArrayList<>();
    acknowledged.put(name, heard);
    threads.execute(
        () -> {
          for (int i = 0; !stopped; i++) {
            write(bot, user, "%s says %06d".formatted(name, i), heard);
          }
        });
  }

  private void write(Served bot, long user, String words, List<String> heard) {
    try {
      HttpResponse<String> answer =
          bot.send("POST", path(user), "{\"content\": \"" + words + "\"}");
      if (answer.statusCode() == 201) {
        heard.add(words);
        count.incrementAndGet();
      } else if (answer.body().contains("\"no_reply\"")) {
        heard.add(words); // stored, without an answer
      } else {
        refusals.add(answer);
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      failures.add(e);
      stopped = true;
    }
  }

  /** Waits until so many more were acknowledged, and everybody was once. */
  void awaitMore(int more) throws InterruptedException {
    int goal = count.get() + more;
    await(
        () -> count.get() >= goal && acknowledged.values().stream().noneMatch(List::isEmpty),
        "only " + count + " acknowledged");
  }

  /** Waits until so many more were refused. */
  void awaitRefusals(int more) throws InterruptedException {
    int goal = refusals.size() + more;
    await(() -> refusals.size() >= goal, "only " + refusals.size() + " refused");
  }

  private void await(java.util.function.BooleanSupplier done, String otherwise)
      throws InterruptedException {
    long begin = System.nanoTime();
    while (!done.getAsBoolean()) {
      assertThat(failures).isEmpty();
      assertThat(System.nanoTime() - begin)
          .as(otherwise)
          .isLessThan(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
      threads.awaitTermination(10, TimeUnit.MILLISECONDS);
    }
  }

  /** Lets everybody finish the message that is under way, and returns what was refused. */
  List<HttpResponse<String>> stop() throws InterruptedException {
    stopped = true;
    threads.shutdown();
    assertThat(threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(failures).isEmpty();
    return List.copyOf(refusals);
  }

  /** Sees whether users have what was acknowledged, once each and in order, and nothing twice. */
  void assertStored(Served bot, List<Long> users) throws Exception {
    List<String> stored = new ArrayList<>();
    for (long user : users) {
      stored.addAll(contents(bot, user));
    }
    assertThat(stored).doesNotHaveDuplicates();
    for (Map.Entry<String, List<String>> talker : acknowledged.entrySet()) {
      assertThat(talker.getValue()).as(talker.getKey()).isNotEmpty();
      List<String> all =
          stored.stream().filter(words -> words.startsWith(talker.getKey() + " ")).toList();
      assertThat(all).isSorted().containsAll(talker.getValue());
    }
  }

  /** What a user has written, oldest first. */
  private static List<String> contents(Served bot, long user) throws Exception {
    List<String> contents = new ArrayList<>();
    int before = Integer.MAX_VALUE;
    while (before > 0) {
      HttpResponse<String> answer = bot.send("GET", path(user) + "?limit=200&before=" + before, "");
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode page = JsonMapper.shared().readTree(answer.body());
      List<String> some = new ArrayList<>();
      for (JsonNode message : page.get("messages")) {
        if (message.get("role").asString().equals("user")) {
          some.add(message.get("content").asString());
        }
      }
      contents.addAll(0, some);
      before = page.get("first").asInt();
    }
    return contents;
  }

  private static String path(long user) {
    return "/api/users/" + user + "/messages";
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdownNow();
  }
}
