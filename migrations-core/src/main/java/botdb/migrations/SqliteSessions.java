package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jooq.DSLContext;

/**
 * One connection that writes and one that reads.
 *
 * <p>SQLite has one writer at a time, and whoever finds it taken asks again now and then: under
 * load some wait for ever. So each connection is behind a fair lock. In WAL mode neither waits for
 * the other.
 */
final class SqliteSessions<T> implements Database.Sessions<T> {
  private static final String WAL = "wal";

  private final Access<T> writer;
  private final Access<T> reader;
  private final String journalMode;

  private SqliteSessions(Access<T> writer, Access<T> reader, String journalMode) {
    this.writer = writer;
    this.reader = reader;
    this.journalMode = journalMode;
  }

  static <T> SqliteSessions<T> open(SqliteFile file, Function<DSLContext, T> tool) {
    Connection writing = file.open();
    try {
      String journalMode = Sql.texts(writing, "PRAGMA journal_mode = " + WAL).get(0);
      Access<T> writer = Access.to(writing, file, tool);
      Access<T> reader = Access.to(file.openReadOnly(), file, tool);
      return new SqliteSessions<>(writer, reader, journalMode);
    } catch (SQLException e) {
      closeAfter(e, writing);
      throw file.explain(e);
    } catch (RuntimeException e) {
      closeAfter(e, writing);
      throw e;
    }
  }

  private static void closeAfter(Exception failure, Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public <R> R read(Function<T, R> work) {
    return reader.use(work);
  }

  @Override
  public <R> R write(Function<T, R> work) {
    return writer.use(work);
  }

  @Override
  public boolean readsWhileWriting() {
    return WAL.equals(journalMode);
  }

  /** The last one out empties the log file. */
  @Override
  public void close() {
    try {
      reader.close();
    } finally {
      writer.close();
    }
  }

  private record Access<T>(Connection connection, T tool, ReentrantLock lock) {
    private static final long PATIENCE_SECONDS = 2;

    static <T> Access<T> to(Connection connection, SqliteFile file, Function<DSLContext, T> tool) {
      return new Access<>(connection, tool.apply(file.jooq(connection)), new ReentrantLock(true));
    }

    <R> R use(Function<T, R> work) {
      lock.lock();
      try {
        return work.apply(tool);
      } finally {
        lock.unlock();
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
