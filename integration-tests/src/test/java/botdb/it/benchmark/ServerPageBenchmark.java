package botdb.it.benchmark;

import botdb.bot.database.BotDatabase;
import botdb.catalog.Message;
import botdb.catalog.history.Histories;
import botdb.migrations.Database;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The newest messages of the long history of user 1, and all of them, on a server; the newest were
 * appended there, as those of a user are whom somebody reads.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 4, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 4, time = 1, timeUnit = TimeUnit.SECONDS)
public class ServerPageBenchmark {
  private static final int NEWEST = 20;

  @Param("postgres://127.0.0.1/none")
  public String address;

  private BotDatabase database;

  @Setup
  public void open() {
    database = BotDatabase.open(Database.parse(address));
    Message message =
        Message.of("user", "Привет! How are you?", LocalDateTime.of(2025, 11, 5, 15, 30, 45));
    for (int i = 0; i < NEWEST; i++) {
      database.write(
          histories -> {
            histories.append(1, message);
            return true;
          });
    }
  }

  @Benchmark
  public Histories.Page page() {
    return database.read(histories -> histories.page(1, Histories.END, NEWEST));
  }

  @Benchmark
  public List<Message> list() {
    return database.read(histories -> histories.list(1));
  }

  @TearDown
  public void close() {
    database.close();
  }
}
