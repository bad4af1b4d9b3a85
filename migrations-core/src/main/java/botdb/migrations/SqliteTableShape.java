package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * By what the rows of a table are told apart, and what they hold.
 *
 * @param table its name in quotes, the database before it
 * @param identity whether the rowid tells rows apart, or the primary key
 * @param key the columns to ask for the key by
 * @param keyLabels what people call the key
 * @param columns all columns, in their order
 */
record SqliteTableShape(
    String table,
    Identity identity,
    List<String> key,
    List<String> keyLabels,
    List<String> columns) {
  private static final List<String> ROWID = List.of("rowid", "_rowid_", "oid");

  /** What makes a row the same row in two databases. */
  enum Identity {
    ROWID,
    PRIMARY_KEY
  }

  /** Returns null if there is no such table, or one whose rows cannot be told apart. */
  static @Nullable SqliteTableShape of(Connection connection, String database, String name)
      throws SQLException {
    List<String> columns = columns(connection, database, name, "hidden <> 1 ORDER BY cid");
    if (columns.isEmpty()) {
      return null;
    }
    String table = quote(database) + "." + quote(name);
    List<String> primaryKey = columns(connection, database, name, "pk > 0 ORDER BY pk");
    if (isWithoutRowid(connection, database, name)) {
      return new SqliteTableShape(table, Identity.PRIMARY_KEY, primaryKey, primaryKey, columns);
    }
    String rowid = rowid(columns);
    if (rowid == null) {
      return null;
    }
    boolean isNamed =
        primaryKey.size() == 1
            && !columns(connection, database, name, "pk = 1 AND upper(type) = 'INTEGER'").isEmpty();
    List<String> labels = isNamed ? primaryKey : List.of("row");
    return new SqliteTableShape(table, Identity.ROWID, List.of(rowid), labels, columns);
  }

  private static List<String> columns(
      Connection connection, String database, String table, String which) throws SQLException {
    return Sql.texts(
        connection, "SELECT name FROM pragma_table_xinfo(?, ?) WHERE " + which, table, database);
  }

  private static boolean isWithoutRowid(Connection connection, String database, String table)
      throws SQLException {
    String query = "SELECT wr FROM pragma_table_list WHERE schema = ? AND name = ? COLLATE NOCASE";
    return Sql.texts(connection, query, database, table).contains("1");
  }

  /** Columns may have taken the names, https://sqlite.org/rowidtable.html. */
  private static @Nullable String rowid(List<String> columns) {
    List<String> taken = columns.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    return ROWID.stream().filter(name -> !taken.contains(name)).findFirst().orElse(null);
  }

  boolean hasSameKeyAs(SqliteTableShape other) {
    return identity == other.identity && (identity == Identity.ROWID || key.equals(other.key));
  }

  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
