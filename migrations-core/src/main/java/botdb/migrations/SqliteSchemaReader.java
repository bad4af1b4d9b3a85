package botdb.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.sqlite.SQLiteConfig;

/**
 * Reads a schema as facts: from the pragmas where they know it, from the statements where only
 * those do (what a trigger or a view says, and what {@link SqliteTableStatement} knows).
 */
final class SqliteSchemaReader {
  /** What the pragma says of a generated column that lies in the file. */
  private static final int STORED = 3;

  private final Connection connection;
  private final Set<String> ignored;
  private final SortedSet<String> facts = new TreeSet<>();

  private SqliteSchemaReader(Connection connection, Set<String> ignored) {
    this.connection = connection;
    this.ignored = ignored;
  }

  /** Reads the schema of an open database. */
  static Schema schema(Connection connection) throws SQLException {
    return new Schema(new SqliteSchemaReader(connection, Schema.OWN).read());
  }

  /** Returns the schema that a script creates in an empty database. */
  static Schema schemaOf(String script) throws SQLException {
    try (Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite::memory:")) {
      Sql.run(connection, script);
      return schema(connection);
    }
  }

  private SortedSet<String> read() throws SQLException {
    query(
        "SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        List.of(),
        row -> {
          String table = lower(row.getString(3));
          if (!ignored.contains(table)) {
            object(row.getString(1), row.getString(2), row.getString(4));
          }
        });
    return facts;
  }

  private void object(String type, String name, String sql) throws SQLException {
    if (type.equals("table")) {
      table(name, sql);
    } else {
      facts.add(type + " " + lower(name) + ": " + String.join(" ", SqlTokens.of(sql)));
    }
  }

  private void table(String name, String sql) throws SQLException {
    String table = lower(name);
    facts.add("table " + table);
    query(
        "SELECT wr, strict, type FROM pragma_table_list WHERE schema = 'main' AND name = ?",
        List.of(name),
        row -> {
          if (row.getInt(1) == 1) {
            facts.add("table " + table + " is without rowid");
          }
          if (row.getInt(2) == 1) {
            facts.add("table " + table + " is strict");
          }
          if (row.getString(3).equals("virtual")) {
            facts.add("table " + table + " is virtual: " + String.join(" ", SqlTokens.of(sql)));
          }
        });
    columns(name);
    foreignKeys(name);
    uniqueConstraints(name);
    facts.addAll(new SqliteTableStatement(table, SqlTokens.of(sql)).facts());
  }

  private void columns(String name) throws SQLException {
    query(
        "SELECT name, type, \"notnull\", dflt_value, pk, hidden, cid FROM pragma_table_xinfo(?)",
        List.of(name),
        row -> {
          String column = "column " + lower(name) + "." + lower(row.getString(1));
          facts.add(column + " " + row.getString(2).toUpperCase(Locale.ROOT));
          facts.add(column + " is number " + row.getInt(7));
          if (row.getInt(3) == 1) {
            facts.add(column + " is not null");
          }
          if (row.getString(4) != null) {
            facts.add(column + " defaults to " + String.join(" ", SqlTokens.of(row.getString(4))));
          }
          if (row.getInt(6) == STORED) {
            facts.add(column + " is stored");
          }
          if (row.getInt(5) > 0) {
            facts.add(column + " is part " + row.getInt(5) + " of the primary key");
          }
        });
  }

  private void foreignKeys(String name) throws SQLException {
    query(
        """
        SELECT group_concat("from", ', ' ORDER BY seq), "table",
               coalesce(group_concat("to", ', ' ORDER BY seq), 'its key'), on_update, on_delete
        FROM pragma_foreign_key_list(?)
        GROUP BY id
        """,
        List.of(name),
        row ->
            facts.add(
                lower(
                    "foreign key %s (%s) to %s (%s) on update %s on delete %s"
                        .formatted(
                            name,
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5)))));
  }

  /** Indexes without a statement of their own: those that UNIQUE and PRIMARY KEY make. */
  private void uniqueConstraints(String name) throws SQLException {
    query(
        """
        SELECT (SELECT group_concat(coalesce(name, 'expression') || ' ' || coll
                                    || iif("desc", ' desc', ''), ', ' ORDER BY seqno)
                FROM pragma_index_xinfo(list.name) WHERE "key" = 1)
        FROM pragma_index_list(?) AS list
        WHERE origin <> 'c'
        """,
        List.of(name),
        row -> facts.add(lower("unique " + name + " (" + row.getString(1) + ")")));
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void query(String sql, List<String> parameters, RowReader reader) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setString(i + 1, parameters.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reader.read(rows);
        }
      }
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
