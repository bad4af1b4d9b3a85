package botdb.migrations;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Asks what became of the transaction that a migration began in.
 *
 * <p>Where the migration ended it, jOOQ's next statement has begun another one, or the one that
 * asks does.
 */
final class PostgresCommitWatch implements Database.CommitWatch {
  private final Connection connection;
  private final String transaction;

  private PostgresCommitWatch(Connection connection, String transaction) {
    this.connection = connection;
    this.transaction = transaction;
  }

  static PostgresCommitWatch on(Connection connection) throws SQLException {
    return new PostgresCommitWatch(
        connection, Sql.texts(connection, "SELECT txid_current()::text").get(0));
  }

  @Override
  public boolean seen() {
    try {
      return isCommitted();
    } catch (SQLException e) {
      return isCommittedAfterRollback();
    }
  }

  /** After a statement that failed a transaction answers nothing, and is good for nothing else. */
  private boolean isCommittedAfterRollback() {
    try {
      connection.rollback();
      return isCommitted();
    } catch (SQLException e) {
      return false; // the connection is gone, and with it what was not committed
    }
  }

  private boolean isCommitted() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT txid_status(" + transaction + ")")) {
      return row.next() && "committed".equals(row.getString(1));
    }
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
