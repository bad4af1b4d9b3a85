package botdb.it;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A whole database as text: every object of its schema, every cell of every table. */
final class Dump {
  private static final String TIME_OF_DAY = "'\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d'$";

  private Dump() {}

  /**
   * Dumps a database; the times in {@code migrations}, which are those of the test, as NOW; {@code
   * migration_log} left out.
   */
  static String of(Path database) throws SQLException {
    StringBuilder dump = new StringBuilder();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      for (String object :
          column(
              connection,
              "SELECT type || ' ' || name || ' of ' || tbl_name || ': ' || coalesce(sql, '')"
                  + " FROM sqlite_schema WHERE tbl_name <> 'migration_log' ORDER BY type, name")) {
        dump.append(object).append('\n');
      }
      for (String table :
          column(
              connection,
              "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'migration_log' ORDER BY name")) {
        for (String row : rows(connection, table)) {
          dump.append(table).append(": ").append(row).append('\n');
        }
      }
    }
    return dump.toString();
  }

  private static List<String> rows(Connection connection, String table) throws SQLException {
    List<String> cells =
        column(
            connection,
            "SELECT 'quote(\"' || name || '\")' FROM pragma_table_xinfo('" + table + "')");
    List<String> rows =
        column(
            connection,
            "SELECT " + String.join(" || '|' || ", cells) + " FROM \"" + table + "\" ORDER BY 1");
    rows.removeIf(row -> row.startsWith("'migration_log'|"));
    return table.equals("migrations")
        ? rows.stream().map(row -> row.replaceFirst(TIME_OF_DAY, "'NOW'")).toList()
        : rows;
  }

  static List<String> column(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    }
  }
}
