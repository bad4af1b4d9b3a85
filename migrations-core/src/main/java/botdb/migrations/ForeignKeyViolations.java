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

/**
 * Rows whose foreign key points nowhere, counted by the key that they hold.
 *
 * <p>Databases in the field have such rows, because keys are off unless a program switches them on:
 * only those that a migration makes are its fault. They are told apart by the values of the key and
 * not by rowid or number of the key, which a rebuilt table gives anew.
 *
 * @param counts how many rows of a table hold which dangling key
 */
record ForeignKeyViolations(Map<Key, Long> counts) {

  /** A dangling key: the table that holds it, the table it should point to, and its columns. */
  record Key(String child, String parent, String columns, String values) {}

  private record Broken(String child, String parent, int id) {}

  static ForeignKeyViolations find(Connection connection) throws SQLException {
    Map<Key, Long> counts = new LinkedHashMap<>();
    for (Broken broken : brokenKeys(connection)) {
      count(connection, broken, counts);
    }
    return new ForeignKeyViolations(counts);
  }

  private static List<Broken> brokenKeys(Connection connection) throws SQLException {
    List<Broken> broken = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT DISTINCT \"table\", parent, fkid FROM pragma_foreign_key_check")) {
      while (rows.next()) {
        broken.add(new Broken(rows.getString(1), rows.getString(2), rows.getInt(3)));
      }
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
    String names = String.join(", ", columns.stream().map(ForeignKeyViolations::quote).toList());
    String values =
        String.join(" || ', ' || ", columns.stream().map(c -> "quote(" + quote(c) + ")").toList());
    // WITHOUT ROWID tables have no rowid to select by: there the count alone has to do.
    String query =
        hasRowid(connection, broken.child)
            ? "SELECT %s, count(*) FROM %s WHERE rowid IN (SELECT rowid FROM"
                    .formatted(values, quote(broken.child))
                + " pragma_foreign_key_check(?) WHERE fkid = ?) GROUP BY 1"
            : "SELECT '', count(*) FROM pragma_foreign_key_check(?) WHERE fkid = ?";
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, broken.child);
      statement.setInt(2, broken.id);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          Key key = new Key(broken.child, broken.parent, names, rows.getString(1));
          counts.merge(key, rows.getLong(2), Long::sum);
        }
      }
    }
  }

  private static boolean hasRowid(Connection connection, String table) throws SQLException {
    return Sql.texts(connection, "SELECT wr FROM pragma_table_list WHERE name = ?", table)
        .contains("0");
  }

  private static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /**
   * Refuses what was not there before.
   *
   * @throws MigrationException.UnsuitableData naming tables and counts, not the values
   */
  void refuseNew(ForeignKeyViolations after) {
    Map<String, Long> fresh = new LinkedHashMap<>();
    after.counts.forEach(
        (key, count) -> {
          long more = count - counts.getOrDefault(key, 0L);
          if (more > 0) {
            String place = "%s (%s)".formatted(key.child, key.columns.replace("\"", ""));
            fresh.merge(place + " points to no row of " + key.parent, more, Long::sum);
          }
        });
    if (!fresh.isEmpty()) {
      List<String> places = new ArrayList<>();
      fresh.forEach((place, count) -> places.add(place + ": " + count + " new violations"));
      throw new MigrationException.UnsuitableData(
          places, "report this as a bug: the migration breaks foreign keys that held before it");
    }
  }
}
