package botdb.it.benchmark.contender;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Migration 001 as one statement of SQL. */
public final class SqlRewrite {
  private static final String REWRITE =
      """
      UPDATE users
      SET history = (
        SELECT json_group_array(json_insert(value, '$.timestamp', NULL))
        FROM json_each(users.history)
      )""";

  private SqlRewrite() {}

  /** Rewrites the histories of the database of the first argument. */
  public static void main(String[] arguments) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous = FULL");
      statement.executeUpdate(REWRITE);
    }
  }
}
