package botdb.catalog.migrations;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The schema of a database as the text of a snapshot. */
final class SnapshotText {
  private SnapshotText() {}

  /** Returns the statements as SQLite keeps them, without those of the runner's own tables. */
  static String of(Connection connection) throws SQLException {
    StringBuilder text = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT sql
                FROM sqlite_schema
                WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
                  AND tbl_name NOT IN
                      ('migrations', 'migration_log', 'migration_progress', 'set_aside')
                ORDER BY type <> 'table', rowid
                """)) {
      while (rows.next()) {
        text.append(text.isEmpty() ? "" : "\n").append(rows.getString(1)).append(";\n");
      }
    }
    return text.toString();
  }

  /**
   * Puts columns that ALTER TABLE added on lines of their own, and takes the quotes away that it
   * put around names. Whether the text still means the same, the caller has to see.
   */
  static String indented(String text) {
    return text.replaceAll("\\n, ", ",\n    ")
        .replaceAll("(?m)^(    \\S.*[^\\s;(])\\)((?: STRICT|, |WITHOUT ROWID)*);$", "$1\n)$2;")
        .replaceAll("(?m)^CREATE TABLE \"([a-z_][a-z0-9_]*)\"", "CREATE TABLE $1");
  }
}
