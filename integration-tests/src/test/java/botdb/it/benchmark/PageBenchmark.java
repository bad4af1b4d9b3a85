package botdb.it.benchmark;

import botdb.bot.database.BotDatabase;
import botdb.catalog.Message;
import botdb.catalog.history.Histories;
import botdb.migrations.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The newest messages of a long history, and all of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 4, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 4, time = 1, timeUnit = TimeUnit.SECONDS)
public class PageBenchmark {
  private static final int MESSAGES = 10_000;
  private static final int NEWEST = 20;

  private Path folder;
  private BotDatabase database;

  @Setup
  public void open() throws IOException, SQLException {
    folder = Files.createTempDirectory("page");
    Path file = folder.resolve("users.db");
    new Shape(1, MESSAGES).create(file);
    database = BotDatabase.open(Database.of(file));
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
  public void delete() throws IOException {
    database.close();
    Bench.delete(folder);
  }
}
