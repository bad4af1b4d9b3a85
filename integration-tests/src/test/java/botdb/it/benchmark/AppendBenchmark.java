package botdb.it.benchmark;

import botdb.bot.database.BotDatabase;
import botdb.catalog.Message;
import botdb.it.benchmark.contender.BareAppend;
import botdb.migrations.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One message more, to each user in turn.
 *
 * <p>Each iteration begins with a fresh database: an append makes the history longer, and the next
 * one would measure something else.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 8)
@Measurement(iterations = 8)
public class AppendBenchmark {
  private static final Message MESSAGE =
      Message.of(
          "user",
          "Привет! How do I настроить the server, если config.yaml says \"no\"?",
          LocalDateTime.of(2025, 11, 5, 15, 30, 45));

  /** Users with so many messages each, in a fresh file. */
  @State(Scope.Benchmark)
  public static class Histories {
    @Param("1")
    public int users;

    @Param("1")
    public int messages;

    private Path folder;
    private Path template;
    private Path file;
    private int last;

    @Setup(Level.Trial)
    public void generate() throws IOException, SQLException {
      folder = Files.createTempDirectory("append");
      template = folder.resolve("template.db");
      new Shape(users, messages).create(template);
    }

    Path copy() throws IOException, InterruptedException {
      file = folder.resolve("users.db");
      Files.copy(template, file);
      Bench.sync();
      return file;
    }

    void deleteCopy() throws IOException {
      Files.deleteIfExists(file);
    }

    long nextUser() {
      last = last % users + 1;
      return last;
    }

    @TearDown(Level.Trial)
    public void delete() throws IOException {
      Bench.delete(folder);
    }
  }

  /** The database as the bot opens it. */
  @State(Scope.Benchmark)
  public static class Ours {
    private BotDatabase database;

    @Setup(Level.Iteration)
    public void open(Histories histories) throws IOException, InterruptedException {
      database = BotDatabase.open(Database.of(histories.copy()));
    }

    @TearDown(Level.Iteration)
    public void close(Histories histories) throws IOException {
      database.close();
      histories.deleteCopy();
    }
  }

  /** The database as the driver opens it. */
  @State(Scope.Benchmark)
  public static class Bare {
    private BareAppend database;

    @Setup(Level.Iteration)
    public void open(Histories histories) throws IOException, InterruptedException, SQLException {
      database = BareAppend.to(histories.copy());
    }

    @TearDown(Level.Iteration)
    public void close(Histories histories) throws IOException, SQLException {
      database.close();
      histories.deleteCopy();
    }
  }

  @Benchmark
  public boolean ours(Histories histories, Ours ours) {
    return ours.database.write(
        typed -> {
          typed.append(histories.nextUser(), MESSAGE);
          return true;
        });
  }

  @Benchmark
  public int bare(Histories histories, Bare bare) throws SQLException {
    return bare.database.append(histories.nextUser(), MESSAGE.json());
  }
}
