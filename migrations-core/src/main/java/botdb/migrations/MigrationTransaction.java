package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.ConnectionProvider;
import org.jooq.DSLContext;
import org.jooq.TransactionContext;
import org.jooq.TransactionProvider;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.jspecify.annotations.Nullable;

/**
 * The part of the runner's transaction that a migration sees, through jOOQ.
 *
 * <p>A savepoint stands around it: if it is gone afterwards, the migration ended the transaction
 * that is not its own. Whether it committed anything by that, the database tells.
 */
final class MigrationTransaction implements AutoCloseable {
  private static final String SAVEPOINT = "botdb_migration";

  static {
    // jOOQ writes advertising into the log of whoever loads it first.
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
  }

  private final Database database;
  private final Connection connection;
  private final WriteLock.CommitWatch commits;
  private final Leftovers leftovers;
  private final StatementRules rules;
  private final boolean undoneAsAWhole;
  private final Thread thread = Thread.currentThread();
  private boolean ended;

  private MigrationTransaction(Database database, WriteLock lock, WriteLock.CommitWatch commits) {
    this.database = database;
    this.connection = lock.connection();
    this.commits = commits;
    this.leftovers = new Leftovers(connection, lock.lastingWords());
    this.rules = new StatementRules(database, connection);
    this.undoneAsAWhole = lock.isUndoneAsAWhole();
  }

  /**
   * Loads what takes longest to load of jOOQ, while something else is waited for: half a second.
   *
   * <p>Its end is to be waited for before jOOQ is used: two threads that initialise classes which
   * need each other may wait for ever.
   */
  static Background<String> load(Database database) {
    return Background.run(
        "jOOQ", () -> DSL.using(database.dialect()).query("SELECT {0}", DSL.val(1)).getSQL());
  }

  static MigrationTransaction begin(Database database, WriteLock lock) throws SQLException {
    Sql.run(lock.connection(), "SAVEPOINT " + SAVEPOINT);
    return new MigrationTransaction(database, lock, lock.watchCommits());
  }

  /** Runs a migration, and fails if it ended the transaction, whatever else it did. */
  void run(Migration migration, Migration.Context context) throws SQLException {
    try {
      migration.migrate(context);
      refuseFailed();
      end();
    } catch (RuntimeException | Error e) {
      if (commits.seen() && !(e instanceof TransactionEnded)) {
        throw new TransactionEnded(true, e);
      }
      throw e;
    }
  }

  /** Refuses rows that are gone and that the migration did not say it would lose. */
  void refuseLoss(Migration migration) {
    RowCounts before = rules.before();
    if (before != null) {
      RowCounts after = RowCounts.of(database, connection, RowCounts.tables(database, connection));
      before.refuseLoss(after, migration.losesRowsOf());
    }
  }

  DSLContext dsl() {
    return DSL.using(
        new DefaultConfiguration()
            .set(new OwnConnection())
            .set(
                new DefaultExecuteListenerProvider(leftovers),
                new DefaultExecuteListenerProvider(rules))
            .set(database.dialect())
            .set(new Settings().withExecuteLogging(false))
            .set(new Savepoints()));
  }

  /** What is done with a connection. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Hands the connection of a migration to work of this module, which is known to leave nothing on
   * it and to lose no rows, so that neither has to be looked for.
   *
   * @throws DataAccessException if the database fails
   */
  static <T> T trusted(DSLContext dsl, Work<T> work) {
    ConnectionProvider provider = dsl.configuration().connectionProvider();
    if (!(provider instanceof OwnConnection own)) {
      return dsl.connectionResult(work::on);
    }
    try {
      return work.on(own.checked());
    } catch (SQLException e) {
      throw new DataAccessException("the database failed", e);
    }
  }

  /** Whether the next migration might meet something that this one left on the connection. */
  boolean mayHaveLeftSomething() {
    return leftovers.arePossible();
  }

  /** A statement that fails leaves behind what it did up to then, where no part can be undone. */
  private void refuseFailed() {
    if (undoneAsAWhole && rules.hasFailed()) {
      throw new StatementRules.Refused("a statement failed that could not be undone by itself");
    }
  }

  private void end() {
    try {
      Sql.run(connection, "RELEASE " + SAVEPOINT);
    } catch (SQLException e) {
      throw new TransactionEnded(commits.seen(), e);
    }
    if (commits.seen()) {
      throw new TransactionEnded(true, null);
    }
  }

  @Override
  public void close() throws SQLException {
    ended = true;
    commits.close();
  }

  /** Another thread's statements would fall into this transaction, or after its end. */
  private final class OwnConnection implements ConnectionProvider {
    @Override
    public Connection acquire() {
      checked();
      if (leftovers.isMigrationAsking()) {
        rules.countRows();
      }
      return leftovers.acquire();
    }

    Connection checked() {
      if (Thread.currentThread() != thread) {
        throw new StatementRules.Refused("it uses its database on a thread of its own");
      }
      if (ended) {
        throw new StatementRules.Refused("it uses its database after it has returned");
      }
      refuseFailed();
      return connection;
    }

    @Override
    public void release(Connection released) {
      // It stays the runner's.
    }
  }

  /** The migration committed or rolled back by itself. */
  static final class TransactionEnded extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean committed;

    TransactionEnded(boolean committed, @Nullable Throwable cause) {
      super(
          "it ended the transaction of the runner; COMMIT and ROLLBACK are not for migrations",
          cause);
      this.committed = committed;
    }

    boolean committed() {
      return committed;
    }
  }

  /**
   * Nested transactions as savepoints: jOOQ's own provider would commit the runner's transaction.
   */
  private final class Savepoints implements TransactionProvider {
    private final AtomicInteger depth = new AtomicInteger();

    @Override
    public void begin(TransactionContext context) {
      if (undoneAsAWhole) {
        throw new StatementRules.Refused("a nested transaction could not be undone by itself");
      }
      context.dsl().execute("SAVEPOINT botdb_nested_" + depth.incrementAndGet());
    }

    @Override
    public void commit(TransactionContext context) {
      context.dsl().execute("RELEASE botdb_nested_" + depth.getAndDecrement());
    }

    @Override
    public void rollback(TransactionContext context) {
      String savepoint = "botdb_nested_" + depth.getAndDecrement();
      context.dsl().execute("ROLLBACK TO " + savepoint);
      context.dsl().execute("RELEASE " + savepoint);
    }
  }
}
