package botdb.bot.database;

import botdb.catalog.history.Histories;
import botdb.migrations.Database;
import botdb.migrations.MigrationException;
import java.sql.SQLException;
import java.util.function.Function;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * The open database of a running bot.
 *
 * <pre>{@code
 * try (BotDatabase database = BotDatabase.open(address)) {
 *   database.write(histories -> { histories.append(42, message); return true; });
 *   Histories.Page page = database.read(histories -> histories.page(42, Histories.END, 20));
 * }
 * }</pre>
 */
public final class BotDatabase implements AutoCloseable {
  static {
    // jOOQ writes advertising into the log of whoever loads it first.
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private final Database address;
  private final Database.Sessions<Histories> sessions;
  private final Watch watch;

  private BotDatabase(Database address, Database.Sessions<Histories> sessions, Watch watch) {
    this.address = address;
    this.sessions = sessions;
    this.watch = watch;
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
   * Opens a database that is migrated.
   *
   * @throws botdb.migrations.MigrationException if it cannot be opened
   */
  public static BotDatabase open(Database address) {
    return open(address, (work, nanos) -> {});
  }

  /** Opens a database, and has it watched. */
  public static BotDatabase open(Database address, Watch watch) {
    return new BotDatabase(
        address, address.sessions(dsl -> Histories.in(address.cells(dsl))), watch);
  }

  /** Returns whether reading and writing go on side by side; some file systems cannot do that. */
  public boolean readsWhileWriting() {
    return sessions.readsWhileWriting();
  }

  /** Does something that writes, once; others may have to wait for their turn. */
  public <T> T write(Function<Histories, T> work) {
    long start = System.nanoTime();
    try {
      return sessions.write(work);
    } finally {
      watch.took(Work.WRITE, System.nanoTime() - start);
    }
  }

  /** Does something that changes nothing, a second time where the connection was lost. */
  public <T> T read(Function<Histories, T> work) {
    long start = System.nanoTime();
    try {
      return sessions.read(work);
    } finally {
      watch.took(Work.READ, System.nanoTime() - start);
    }
  }

  /**
   * Returns what a failure means for the owner, with nothing in it of what people wrote; null if
   * the database is not to blame.
   */
  public @Nullable MigrationException explain(DataAccessException failure) {
    SQLException cause = failure.getCause(SQLException.class);
    return cause == null ? null : address.explain(cause);
  }

  /** Waits a moment for what is under way, then closes. */
  @Override
  public void close() {
    sessions.close();
  }
}
