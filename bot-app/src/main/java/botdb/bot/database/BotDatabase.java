package botdb.bot.database;

import botdb.catalog.history.Histories;
import botdb.migrations.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The open database of a running bot.
 *
 * <p>SQLite has one writer at a time, and whoever finds it taken asks again now and then: under
 * load some wait for ever. So there is one connection for writing and one for reading, each behind
 * a fair lock. In WAL mode neither waits for the other.
 *
 * <pre>{@code
 * try (BotDatabase database = BotDatabase.open(file)) {
 *   database.write(histories -> { histories.append(42, message); return true; });
 *   Histories.Page page = database.read(histories -> histories.page(42, Histories.END, 20));
 * }
 * }</pre>
 */
public final class BotDatabase implements AutoCloseable {
  private static final String WAL = "wal";

  private final Database file;
  private final Access writer;
  private final Access reader;
  private final String journalMode;

  private BotDatabase(Database file, Access writer, Access reader, String journalMode) {
    this.file = file;
    this.writer = writer;
    this.reader = reader;
    this.journalMode = journalMode;
  }

  /** What is done with the database. */
  public enum Work {
    /** Something that changes nothing. */
    READ,
    /** Something that may change what is stored. */
    WRITE
  }

  /** Is told how long everything takes that is done with a database. */
  public interface Watch {

    /** Something is done; called by the thread that did it. */
    void took(Work work, long nanos);
  }

  /**
   * Opens a database that is migrated, and puts it into WAL mode if it lets itself.
   *
   * @throws botdb.migrations.MigrationException if it cannot be opened
   */
  public static BotDatabase open(Database file) {
    return open(file, (work, nanos) -> {});
  }

  /** Opens a database, and has it watched. */
  public static BotDatabase open(Database file, Watch watch) {
    Connection writing = file.open();
    try {
      String journalMode = switchToWal(writing);
      Access writer = Access.to(file, writing, Work.WRITE, watch);
      Access reader = Access.to(file, file.openReadOnly(), Work.READ, watch);
      return new BotDatabase(file, writer, reader, journalMode);
    } catch (SQLException e) {
      closeAfter(e, writing);
      throw file.explain(e);
    } catch (RuntimeException e) {
      closeAfter(e, writing);
      throw e;
    }
  }

  private static String switchToWal(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        var mode = statement.executeQuery("PRAGMA journal_mode = " + WAL)) {
      return mode.getString(1);
    }
  }

  private static void closeAfter(Exception failure, Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** Returns the address of the database. */
  public Database file() {
    return file;
  }

  /** Returns whether reading and writing go on side by side; some file systems cannot do that. */
  public boolean isWal() {
    return WAL.equals(journalMode);
  }

  /** Does something that writes; others wait for their turn. */
  public <T> T write(Function<Histories, T> work) {
    return writer.use(work);
  }

  /** Does something that reads. */
  public <T> T read(Function<Histories, T> work) {
    return reader.use(work);
  }

  /** Waits a moment for what is under way, then closes; the last one out empties the log file. */
  @Override
  public void close() {
    try {
      reader.close();
    } finally {
      writer.close();
    }
  }

  private record Access(
      Connection connection, Histories histories, ReentrantLock lock, Work kind, Watch watch) {
    private static final long PATIENCE_SECONDS = 2;

    static Access to(Database file, Connection connection, Work kind, Watch watch) {
      Histories histories = Histories.in(file.cells(Jooq.on(connection)));
      return new Access(connection, histories, new ReentrantLock(true), kind, watch);
    }

    <T> T use(Function<Histories, T> work) {
      long start = System.nanoTime();
      lock.lock();
      try {
        return work.apply(histories);
      } finally {
        lock.unlock();
        watch.took(kind, System.nanoTime() - start);
      }
    }

    void close() {
      boolean locked = false;
      try {
        locked = lock.tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        connection.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (SQLException e) {
        throw new IllegalStateException("the database could not be closed", e);
      } finally {
        if (locked) {
          lock.unlock();
        }
      }
    }
  }
}
