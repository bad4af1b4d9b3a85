package botdb.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows whose foreign key points nowhere, counted by the key that they hold.
 *
 * <p>Databases in the field have such rows, because keys are off unless a program switches them on:
 * only those that a migration makes are its fault. They are told apart by the values of the key and
 * not by rowid or number of the key, which a rebuilt table gives anew; and those of a table or
 * column that is gone are looked for under the name that it may have now.
 *
 * @param counts how many rows of a table hold which dangling key
 */
record ForeignKeyViolations(Map<Key, Long> counts) {

  /** A dangling key: the table that holds it, the table it should point to, and its columns. */
  record Key(String child, String parent, String columns, String values) {

    String place() {
      String holder = columns.isEmpty() ? child : "%s (%s)".formatted(child, columns);
      return holder + " points to " + (parent.isEmpty() ? "what is no key" : "no row of " + parent);
    }
  }

  private record Broken(String child, String parent, int id) {}

  static ForeignKeyViolations find(Connection connection) throws SQLException {
    Map<Key, Long> counts = new LinkedHashMap<>();
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
    if (SqlErrors.primaryCode(e) != SqlErrors.ERROR) {
      throw e;
    }
  }

  private static List<Broken> brokenKeys(Connection connection, String child, Map<Key, Long> counts)
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
      counts.put(new Key(child, "", "", "mismatch"), 1L);
    }
    return broken;
  }

  private static void count(Connection connection, Broken broken, Map<Key, Long> counts)
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
          Key key = new Key(broken.child, broken.parent, names, rows.getString(1));
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

  /** Returns which keys point nowhere, and how many rows hold them, without their values. */
  List<String> places() {
    Map<String, Long> rows = new LinkedHashMap<>();
    counts.forEach((key, count) -> rows.merge(key.place(), count, Long::sum));
    List<String> places = new ArrayList<>();
    rows.forEach((place, count) -> places.add(place + ": " + count));
    return places;
  }

  /**
   * Refuses what was not there before.
   *
   * @throws MigrationException.UnsuitableData naming tables and counts, not the values
   */
  void refuseNew(ForeignKeyViolations after) {
    Map<String, Long> vanished = vanished(after);
    Map<String, Long> fresh = new LinkedHashMap<>();
    after.counts.forEach(
        (key, count) -> {
          long more = count - counts.getOrDefault(key, 0L);
          if (more > 0) {
            long renamed = Math.min(more, vanished.getOrDefault(key.values, 0L));
            vanished.merge(key.values, -renamed, Long::sum);
            fresh.merge(key.place(), more - renamed, Long::sum);
          }
        });
    fresh.values().removeIf(count -> count == 0);
    if (!fresh.isEmpty()) {
      List<String> places = new ArrayList<>();
      fresh.forEach((place, count) -> places.add(place + ": " + count + " new"));
      throw new MigrationException.UnsuitableData(
          places, "report this as a bug: the migration breaks foreign keys that held before it");
    }
  }

  /** What is no longer found under its old name, counted by the values alone. */
  private Map<String, Long> vanished(ForeignKeyViolations after) {
    Map<String, Long> vanished = new HashMap<>();
    counts.forEach(
        (key, count) -> {
          if (!after.counts.containsKey(key)) {
            vanished.merge(key.values, count, Long::sum);
          }
        });
    return vanished;
  }
}
