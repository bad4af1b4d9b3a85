package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A connection that writes in transactions, of which one goes on at a time, whoever begins it. A
 * crash lets go of it.
 */
abstract class WriteLock implements AutoCloseable {

  abstract Connection connection();

  /** Makes the connection one for migrations; before the first transaction. */
  abstract void prepare() throws SQLException;

  /** Begins a transaction; others that have begun one are waited for. */
  abstract void begin() throws SQLException;

  /**
   * Begins a transaction that is going to change most of the database, in the way that is the
   * fastest for that: one that can be undone as a whole, and no part of it before.
   *
   * @return false, with a transaction of the ordinary kind begun, where there is no such way
   */
  boolean beginRewrite() throws SQLException {
    begin();
    return false;
  }

  /** Begins to keep what is needed to undo a rewrite, while something else is looked at. */
  void keepWhole() {}

  /** Waits until the transaction can be undone; before its first change. */
  void awaitWhole() throws SQLException {}

  /** Whether no part of the transaction can be undone, so that what fails, fails it all. */
  boolean isUndoneAsAWhole() {
    return false;
  }

  abstract void commit() throws SQLException;

  abstract void rollback() throws SQLException;

  /**
   * Leaves behind whatever a migration left on the connection: open cursors, settings, temporary
   * tables.
   */
  abstract void reconnect() throws SQLException;

  /** Returns words; a statement without any of them leaves nothing on its connection. */
  abstract List<String> lastingWords();

  // --- Inside a transaction ---

  /**
   * Returns what differs as soon as another connection has committed, and not by commits of this
   * one.
   */
  abstract Object stamp() throws SQLException;

  /**
   * Puts into the cells what is kept beside them, before a migration begins, so that they are the
   * whole truth until the transaction ends.
   */
  abstract void settle() throws SQLException;

  /** Returns the rows changed so far, in this transaction or on this connection. */
  abstract long changes() throws SQLException;

  /** Returns the rows that point nowhere; none where the database lets none do so. */
  abstract ForeignKeyViolations violations() throws SQLException;

  /** Watches for a commit that is not the runner's. */
  abstract CommitWatch watchCommits() throws SQLException;

  /** Tells whether the transaction was committed that it was begun in. */
  interface CommitWatch extends AutoCloseable {
    boolean seen();

    @Override
    void close() throws SQLException;
  }

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
