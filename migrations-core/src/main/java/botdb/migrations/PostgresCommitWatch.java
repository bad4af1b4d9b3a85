package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Knows a transaction by a setting that ends with it, and its commit by a mark that only a commit
 * lets stay.
 *
 * <p>A server that numbers its transactions could be asked what became of one; not all do.
 */
final class PostgresCommitWatch implements WriteLock.CommitWatch {
  private static final String SETTING = "botdb.transaction";

  private final Connection connection;
  private final String transaction = UUID.randomUUID().toString();
  private final String search;
  private final @Nullable String removal;
  private boolean committed;

  private PostgresCommitWatch(Connection connection, String search, @Nullable String removal)
      throws SQLException {
    this.connection = connection;
    this.search = search;
    this.removal = removal;
    Sql.texts(connection, "SELECT set_config('" + SETTING + "', ?, true)", transaction);
  }

  /** Watches a transaction that holds the lock; the mark is a row beside that of the lock. */
  static PostgresCommitWatch byRow(Connection connection) throws SQLException {
    // The migration may change where names are looked for.
    String table =
        Sql.quote(PostgresSession.schema(connection)) + "." + Sql.quote(PostgresWriteLock.TABLE);
    long id = ThreadLocalRandom.current().nextLong(PostgresWriteLock.ROW + 1, Long.MAX_VALUE);
    Sql.run(connection, "INSERT INTO %s VALUES (%d)".formatted(table, id));
    String row = " FROM %s WHERE id = %d".formatted(table, id);
    return new PostgresCommitWatch(connection, "SELECT id" + row, "DELETE" + row);
  }

  /** Watches a transaction that has created a schema, which is the mark. */
  static PostgresCommitWatch bySchema(Connection connection) throws SQLException {
    return new PostgresCommitWatch(
        connection,
        "SELECT nspname FROM pg_namespace WHERE nspname = '%s'"
            .formatted(PostgresSession.schema(connection).replace("'", "''")),
        null);
  }

  @Override
  public boolean seen() {
    try {
      committed = committed || (hasEnded() && isMarked());
    } catch (SQLException e) {
      committed = isMarkedAfterRollback();
    }
    return committed;
  }

  private boolean hasEnded() throws SQLException {
    return !Sql.texts(connection, "SELECT current_setting('" + SETTING + "', true)")
        .contains(transaction);
  }

  private boolean isMarked() throws SQLException {
    return !Sql.texts(connection, search).isEmpty();
  }

  /** After a statement that failed a transaction answers nothing, and is good for nothing else. */
  private boolean isMarkedAfterRollback() {
    try {
      connection.rollback();
      return isMarked();
    } catch (SQLException e) {
      return false; // the connection is gone, and with it what was not committed
    }
  }

  /** Takes away a mark that stayed, whatever else was not committed since. */
  @Override
  public void close() throws SQLException {
    if (committed) {
      connection.rollback();
    }
    if (removal != null) {
      remove(removal);
    }
  }

  private void remove(String mark) throws SQLException {
    try {
      Sql.run(connection, mark);
    } catch (SQLException e) {
      return; // a transaction that failed takes its mark along
    }
    if (committed) {
      connection.commit();
    }
  }
}
