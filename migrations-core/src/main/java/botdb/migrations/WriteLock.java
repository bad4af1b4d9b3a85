package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection that writes in transactions, of which one goes on at a time, whoever begins it. A
 * crash lets go of it.
 */
abstract class WriteLock implements AutoCloseable {

  abstract Connection connection();

  /** Begins a transaction; others that have begun one are waited for. */
  abstract void begin() throws SQLException;

  abstract void commit() throws SQLException;

  abstract void rollback() throws SQLException;

  /**
   * Leaves behind whatever was left on the connection: open cursors, settings, temporary tables.
   */
  abstract void reconnect() throws SQLException;

  /** Rolls back on the way out of a failure, which stays the one that is reported. */
  final void rollback(Throwable failure) {
    try {
      rollback();
    } catch (SQLException e) {
      // After some errors the database has rolled back by itself, and no transaction is left.
      failure.addSuppressed(e);
    }
  }

  /** Closes the connection; a transaction that was not committed is rolled back by that. */
  @Override
  public abstract void close() throws SQLException;
}
