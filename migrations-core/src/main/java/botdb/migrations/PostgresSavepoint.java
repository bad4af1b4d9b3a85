package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/** Parts of a transaction that can be undone, also after a statement that failed. */
final class PostgresSavepoint {
  private PostgresSavepoint() {}

  /** Something that is done, and may be undone. */
  interface Work<T> {
    T run() throws SQLException;
  }

  /** Does something, and undoes it if it fails. */
  static <T> T attempt(Connection connection, Work<T> work) throws SQLException {
    Savepoint before = connection.setSavepoint();
    T result = run(connection, before, work);
    connection.releaseSavepoint(before);
    return result;
  }

  /** Runs a statement, and undoes it if it fails. */
  static void attempt(Connection connection, String statement) throws SQLException {
    attempt(
        connection,
        () -> {
          Sql.run(connection, statement);
          return statement;
        });
  }

  /** Does something only to learn what comes of it. */
  static <T> T undone(Connection connection, Work<T> work) throws SQLException {
    Savepoint before = connection.setSavepoint();
    T result = run(connection, before, work);
    connection.rollback(before);
    connection.releaseSavepoint(before);
    return result;
  }

  private static <T> T run(Connection connection, Savepoint before, Work<T> work)
      throws SQLException {
    try {
      return work.run();
    } catch (SQLException | RuntimeException e) {
      try {
        connection.rollback(before);
        connection.releaseSavepoint(before);
      } catch (SQLException another) {
        e.addSuppressed(another);
      }
      throw e;
    }
  }
}
