package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.TreeSet;

/** Reads the schema of a database on a server as the facts that SQLite would give of it. */
final class PostgresSchema {
  private PostgresSchema() {}

  static Schema of(String sqlite) throws SQLException {
    return Schema.ofScript(sqlite);
  }

  static Schema read(Connection connection) throws SQLException {
    return new Schema(
        new TreeSet<>(
            Sql.texts(
                connection,
                "SELECT 'table ' || relname FROM pg_class"
                    + " WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'")));
  }
}
