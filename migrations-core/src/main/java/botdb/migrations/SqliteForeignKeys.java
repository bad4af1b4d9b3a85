package botdb.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds rows whose foreign key points nowhere, which SQLite allows while keys are off. */
final class SqliteForeignKeys {
  private SqliteForeignKeys() {}

  private record Broken(String child, String parent, int id) {}

  static ForeignKeyViolations violations(Connection connection) throws SQLException {
    Map<ForeignKeyViolations.Key, Long> counts = new LinkedHashMap<>();
    if (!isAnyBroken(connection)) {
      return new ForeignKeyViolations(counts);
    }
    for (String child :
        Sql.texts(
            connection,
            "SELECT name FROM sqlite_schema AS s WHERE type = 'table'"
                + " AND EXISTS (SELECT 1 FROM pragma_foreign_key_list(s.name))")) {
      for (Broken broken : brokenKeys(connection, child, counts)) {
        count(connection, broken, counts);
      }
    }
    return new ForeignKeyViolations(counts);
  }

  /** Returns how many rows of a table point to no row of another, a line each. */
  static List<String> faults(Connection connection) throws SQLException {
    return Sql.texts(
        connection,
        """
        SELECT format('%s: %d rows point to no row of %s', "table", count(*), parent)
        FROM pragma_foreign_key_check
        GROUP BY "table", parent
        """);
  }

  /** One pass over all tables, in which those without keys cost nothing; most have none broken. */
  private static boolean isAnyBroken(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA foreign_key_check")) {
      return rows.next();
    } catch (SQLException e) {
      refuseUnlessMismatch(e);
      return true;
    }
  }

  /**
   * "foreign key mismatch": a key refers to columns that are not unique. SQLite then checks no key
   * of that table, and with keys off nobody ever noticed.
   */
  private static void refuseUnlessMismatch(SQLException e) throws SQLException {
    if (SqliteErrors.primaryCode(e) != SqliteErrors.ERROR) {
      throw e;
    }
  }

  private static List<Broken> brokenKeys(
      Connection connection, String child, Map<ForeignKeyViolations.Key, Long> counts)
      throws SQLException {
    List<Broken> broken = new ArrayList<>();
    try (PreparedStatement check =
        connection.prepareStatement(
            "SELECT DISTINCT parent, fkid FROM pragma_foreign_key_check(?)")) {
      check.setString(1, child);
      try (ResultSet rows = check.executeQuery()) {
        while (rows.next()) {
          broken.add(new Broken(child, rows.getString(1), rows.getInt(2)));
        }
      }
    } catch (SQLException e) {
      refuseUnlessMismatch(e);
      counts.put(new ForeignKeyViolations.Key(child, "", "", "mismatch"), 1L);
    }
    return broken;
  }

  private static void count(
      Connection connection, Broken broken, Map<ForeignKeyViolations.Key, Long> counts)
      throws SQLException {
    List<String> columns =
        Sql.texts(
            connection,
            "SELECT \"from\" FROM pragma_foreign_key_list(?) WHERE id = "
                + broken.id
                + " ORDER BY seq",
            broken.child);
    try (PreparedStatement statement =
        connection.prepareStatement(countQuery(connection, broken, columns))) {
      statement.setString(1, broken.child);
      statement.setInt(2, broken.id);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String names = String.join(", ", columns);
          ForeignKeyViolations.Key key =
              new ForeignKeyViolations.Key(broken.child, broken.parent, names, rows.getString(1));
          counts.merge(key, rows.getLong(2), Long::sum);
        }
      }
    }
  }

  private static String countQuery(Connection connection, Broken broken, List<String> columns)
      throws SQLException {
    if (!hasRowid(connection, broken.child)) {
      // There is no rowid to select by: the count alone has to do.
      return "SELECT '', count(*) FROM pragma_foreign_key_check(?) WHERE fkid = ?";
    }
    String values =
        String.join(
            " || ', ' || ", columns.stream().map(c -> "quote(" + Sql.quote(c) + ")").toList());
    return """
        SELECT %s, count(*)
        FROM %s
        WHERE rowid IN (SELECT rowid FROM pragma_foreign_key_check(?) WHERE fkid = ?)
        GROUP BY 1
        """
        .formatted(values, Sql.quote(broken.child));
  }

  private static boolean hasRowid(Connection connection, String table) throws SQLException {
    return Sql.texts(connection, "SELECT wr FROM pragma_table_list WHERE name = ?", table)
        .contains("0");
  }
}
