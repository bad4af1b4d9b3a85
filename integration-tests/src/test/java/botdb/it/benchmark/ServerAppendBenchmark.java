package botdb.it.benchmark;

import botdb.bot.database.BotDatabase;
import botdb.catalog.Message;
import botdb.it.benchmark.contender.ServerAppend;
import botdb.migrations.Database;
import java.sql.SQLException;
import java.time.LocalDateTime;
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

/** One message more, to each user in turn, on a server. */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 4)
@Measurement(iterations = 8)
public class ServerAppendBenchmark {
  private static final Message MESSAGE =
      Message.of(
          "user",
          "Привет! How do I настроить the server, если config.yaml says \"no\"?",
          LocalDateTime.of(2025, 11, 5, 15, 30, 45));

  /** Users in a database of their own. */
  @State(Scope.Benchmark)
  public static class Users {
    @Param("postgres://127.0.0.1/none")
    public String address;

    @Param("1")
    public int users;

    private int last;

    long next() {
      last = last % users + 1;
      return last;
    }
  }

  /** The database as the bot opens it. */
  @State(Scope.Benchmark)
  public static class Ours {
    private BotDatabase database;

    @Setup
    public void open(Users users) {
      database = BotDatabase.open(Database.parse(users.address));
    }

    @TearDown
    public void close() {
      database.close();
    }
  }

  /** The database as the driver opens it. */
  @State(Scope.Benchmark)
  public static class Bare {
    private ServerAppend database;

    @Setup
    public void open(Users users) throws SQLException {
      database = ServerAppend.to(users.address);
    }

    @TearDown
    public void close() throws SQLException {
      database.close();
    }
  }

  @Benchmark
  public boolean ours(Users users, Ours ours) {
    return ours.database.write(
        histories -> {
          histories.append(users.next(), MESSAGE);
          return true;
        });
  }

  @Benchmark
  public int bare(Users users, Bare bare) throws SQLException {
    return bare.database.append(users.next(), MESSAGE.json());
  }
}
