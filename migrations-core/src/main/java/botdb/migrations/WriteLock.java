package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection that writes in transactions, each under SQLite's write lock.
 *
 * <p>Begins and ends in SQL and not through {@link Connection#setAutoCommit}: the driver's {@code
 * commit()} begins the next transaction at once and reports that one's failure as if it were the
 * commit's.
 */
final class WriteLock implements AutoCloseable {
  /**
   * What does not fit into the cache is written before the commit, and each time the journal has to
   * be on the disk first: with SQLite's own two megabytes 1,200 times for a database of a gigabyte.
   */
  private static final String CACHE = "PRAGMA cache_size = -16384";

  private final SqliteFile file;
  private final Patience patience;
  private Connection connection;

  private WriteLock(SqliteFile file, Patience patience) {
    this.file = file;
    this.patience = patience;
    this.connection = connect();
  }

  private Connection connect() {
    Connection opened = file.open();
    try {
      Sql.run(opened, CACHE);
      return opened;
    } catch (SQLException e) {
      throw SqlErrors.translate(e, file);
    }
  }

  /** Opens the database for writing; {@link #begin} takes the lock. */
  static WriteLock open(SqliteFile file, Migrator.Listener listener) {
    return new WriteLock(file, new Patience(file.patience(), listener));
  }

  /**
   * Leaves behind whatever was left on the connection: open cursors, settings, temporary tables.
   */
  void reconnect() throws SQLException {
    connection.close();
    connection = connect();
  }

  Connection connection() {
    return connection;
  }

  void begin() throws SQLException {
    patience.waitFor(connection, () -> run("BEGIN IMMEDIATE"));
  }

  /** Commits; a reader that still holds the old state is waited for as well. */
  void commit() throws SQLException {
    patience.waitFor(connection, () -> run("COMMIT"));
  }

  void rollback() throws SQLException {
    run("ROLLBACK");
  }

  /** Rolls back on the way out of a failure, which stays the one that is reported. */
  void rollback(Throwable failure) {
    try {
      rollback();
    } catch (SQLException e) {
      // After some errors SQLite has rolled back by itself, and there is no transaction left.
      failure.addSuppressed(e);
    }
  }

  private Boolean run(String sql) throws SQLException {
    Sql.run(connection, sql);
    return true;
  }

  /** Closes the connection; a transaction that was not committed is rolled back by that. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
