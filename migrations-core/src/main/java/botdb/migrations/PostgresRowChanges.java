package botdb.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** How many rows of each table a transaction has written, as the server counts them. */
final class PostgresRowChanges {
  private PostgresRowChanges() {}

  /** Returns the numbers so far by table, its name behind the number that it keeps. */
  static Map<String, Long> count(Connection connection) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT relid || ' ' || relname, n_tup_ins + n_tup_upd + n_tup_del"
                    + " FROM pg_stat_xact_user_tables WHERE schemaname = current_schema()");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getLong(2));
      }
    }
    return counts;
  }

  /** Returns what has been added since, by the names that the tables have now. */
  static Map<String, Long> since(Map<String, Long> before, Connection connection)
      throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    Map<String, Long> known = new TreeMap<>();
    before.forEach((table, count) -> known.put(number(table), count));
    count(connection)
        .forEach(
            (table, count) -> {
              long added = count - known.getOrDefault(number(table), 0L);
              if (added > 0) {
                counts.put(table.substring(table.indexOf(' ') + 1), added);
              }
            });
    return counts;
  }

  private static String number(String table) {
    return table.substring(0, table.indexOf(' '));
  }
}
