package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/**
 * A connection whose transactions begin by locking the one row of a table.
 *
 * <p>The lock belongs to the transaction: a crash lets go of it, and it holds behind a pooler that
 * gives each transaction another connection, which a lock of the session would not.
 */
final class PostgresWriteLock extends PostgresLock {
  static final String TABLE = "migration_lock";

  /** The one that is locked; others mark transactions that hold it. */
  static final long ROW = 1;

  private static final String CREATE =
      "CREATE TABLE IF NOT EXISTS " + TABLE + " (id BIGINT PRIMARY KEY)";

  /**
   * Takes the lock also where the row is not there, as two who put it there wait for each other.
   */
  private static final String LOCK =
      "INSERT INTO %s VALUES (%d) ON CONFLICT (id) DO UPDATE SET id = excluded.id"
          .formatted(TABLE, ROW);

  private static final Duration UNNOTICED = Duration.ofSeconds(1);

  /** Two that create the table at once: the second is told so in one of these ways. */
  private static final Set<String> CREATED_BY_ANOTHER = Set.of("23505", "42P07", "42710", "XX000");

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final int ATTEMPTS = 5;

  private final Migrator.Listener listener;
  private Connection connection;
  private boolean said;

  PostgresWriteLock(PostgresDatabase database, Migrator.Listener listener) {
    super(database);
    this.listener = listener;
    this.connection = connect();
  }

  private Connection connect() {
    Connection opened = database.open();
    try {
      opened.setAutoCommit(false);
      return opened;
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }

  @Override
  Connection connection() {
    return connection;
  }

  @Override
  void begin() throws SQLException {
    boolean isThere = database.tables().kind(connection, TABLE) != null;
    connection.rollback();
    if (!isThere) {
      create();
    }
    Duration limit = database.patience();
    Duration first = said || limit.compareTo(UNNOTICED) < 0 ? limit : UNNOTICED;
    try {
      lock(first);
      return;
    } catch (SQLException e) {
      connection.rollback();
      if (!LOCK_NOT_AVAILABLE.equals(e.getSQLState()) || first.equals(limit)) {
        throw e;
      }
    }
    said = true;
    listener.waiting(limit);
    lock(limit.minus(first));
  }

  private void lock(Duration limit) throws SQLException {
    // What others did while this one waited for them is to be seen, whatever the server's default.
    Sql.run(connection, "SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
    limitWaiting(connection, limit);
    lock(connection);
  }

  private static void limitWaiting(Connection connection, Duration limit) throws SQLException {
    Sql.run(connection, "SET LOCAL lock_timeout = " + Math.max(1, limit.toMillis()));
  }

  private static void lock(Connection connection) throws SQLException {
    // A backup is made while it is held, or a file is read.
    PostgresSession.stayIdle(connection);
    Sql.run(connection, LOCK);
    Sql.run(connection, "SET LOCAL lock_timeout TO DEFAULT");
  }

  /**
   * Takes the lock for a transaction that has begun. Where its table is not there yet, the
   * transaction creates it: others who want to do that wait, and a rollback leaves nothing.
   */
  static void lockUntilCommit(Connection connection, Duration patience) throws SQLException {
    limitWaiting(connection, patience);
    Sql.run(connection, CREATE);
    lock(connection);
  }

  private void create() throws SQLException {
    for (int attempt = 1; ; attempt++) {
      try {
        Sql.run(connection, CREATE);
        connection.commit();
        return;
      } catch (SQLException e) {
        connection.rollback();
        if (attempt == ATTEMPTS || !CREATED_BY_ANOTHER.contains(e.getSQLState())) {
          throw e;
        }
      }
    }
  }

  @Override
  void commit() throws SQLException {
    connection.commit();
  }

  @Override
  void rollback() throws SQLException {
    connection.rollback();
  }

  /** As the server counts for its statistics; its own table aside. */
  @Override
  long changes() throws SQLException {
    return Sql.count(
        connection,
        "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables"
            + " WHERE schemaname = current_schema() AND relname <> '"
            + TABLE
            + "'");
  }

  @Override
  CommitWatch watchCommits() throws SQLException {
    return PostgresCommitWatch.byRow(connection);
  }

  @Override
  void reconnect() throws SQLException {
    connection.close();
    connection = connect();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
