package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Statements that depend on each other in an order that only the server knows. */
final class PostgresStatements {
  /** Something that it needs is not there yet, or something that needs it is there still. */
  private static final Set<String> TOO_EARLY = Set.of("2BP01", "42P01", "42703", "42704", "42883");

  private PostgresStatements() {}

  /**
   * Runs each once, and those that come too early again after the others.
   *
   * @throws SQLException of one that cannot be run after any of the others
   */
  static void run(Connection connection, List<String> statements) throws SQLException {
    List<String> left = statements;
    while (!left.isEmpty()) {
      SQLException failure = null;
      List<String> later = new ArrayList<>();
      for (String statement : left) {
        SQLException early = tryOne(connection, statement);
        if (early != null) {
          failure = early;
          later.add(statement);
        }
      }
      if (failure != null && later.size() == left.size()) {
        throw failure;
      }
      left = later;
    }
  }

  private static @Nullable SQLException tryOne(Connection connection, String statement)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      Sql.run(connection, statement);
      connection.releaseSavepoint(before);
      return null;
    } catch (SQLException e) {
      if (!TOO_EARLY.contains(String.valueOf(e.getSQLState()))) {
        throw e;
      }
      connection.rollback(before);
      return e;
    }
  }
}
