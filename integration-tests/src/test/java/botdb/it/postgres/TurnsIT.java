package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.bot.database.BotDatabase;
import botdb.catalog.Message;
import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.Database;
import botdb.migrations.Migrator;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Many more threads than the bot has connections to a server. */
final class TurnsIT {
  private static final int THREADS = 40;
  private static final int TURNS = 100;
  private static final int FEW = TURNS / 2;

  private final CyclicBarrier start = new CyclicBarrier(THREADS);
  private final AtomicIntegerArray taken = new AtomicIntegerArray(THREADS);

  @Test
  void nobody_is_overtaken_again_and_again() throws Exception {
    Database server = Database.parse(PostgresServer.shared().freshDatabase().url());
    Migrator.of(server, BotCatalog.migrations()).migrate();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (BotDatabase database = BotDatabase.open(server)) {
      append(database, 0);
      List<Callable<List<Integer>>> all = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        all.add(() -> appendOften(database, number));
      }
      for (Future<List<Integer>> each : threads.invokeAll(all)) {
        assertThat(each.get())
            .as("turns of the others when one had all of his")
            .allMatch(n -> n >= FEW);
      }
    } finally {
      threads.shutdown();
    }
  }

  /** Returns how many turns each thread had had when this one had had all. */
  private List<Integer> appendOften(BotDatabase database, int thread) throws Exception {
    // Who has not begun yet is not overtaken.
    append(database, thread);
    start.await();
    for (int i = 0; i < TURNS; i++) {
      append(database, thread);
      taken.incrementAndGet(thread);
    }
    List<Integer> turns = new ArrayList<>();
    for (int other = 0; other < THREADS; other++) {
      turns.add(taken.get(other));
    }
    return turns;
  }

  private static void append(BotDatabase database, int user) {
    database.write(
        histories -> {
          histories.append(
              user, Message.of("user", "Hello!", LocalDateTime.of(2025, 11, 5, 15, 30, 45)));
          return true;
        });
  }
}
