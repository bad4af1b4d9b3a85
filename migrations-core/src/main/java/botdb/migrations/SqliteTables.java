package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables and views of a file. */
final class SqliteTables implements Tables {
  @Override
  public void readPairs(
      Connection connection,
      String first,
      String second,
      String table,
      String where,
      PairReader reader)
      throws SQLException {
    // By the rows and not by an index, whose order is another.
    SqliteTextPairs.read(connection, first, second, table + " NOT INDEXED " + where, reader);
  }

  @Override
  public @Nullable String kind(Connection connection, String name) throws SQLException {
    List<String> kinds =
        Sql.texts(
            connection,
            "SELECT type FROM sqlite_schema WHERE type IN ('table', 'view') AND lower(name) = lower(?)",
            name);
    return kinds.isEmpty() ? null : kinds.get(0);
  }

  @Override
  public List<String> columns(Connection connection, String table) throws SQLException {
    return Sql.texts(connection, "SELECT lower(name) FROM pragma_table_xinfo(?)", table);
  }

  /** What is created gets a rowid above all others, and keeps it when it is renamed. */
  @Override
  public List<String> names(Connection connection, long newest) throws SQLException {
    return Sql.texts(
        connection,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
            + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'botdb\\_%' ESCAPE '\\'"
            + " AND name IN (SELECT name FROM main.sqlite_schema WHERE rowid <= "
            + newest
            + ")");
  }

  @Override
  public long newest(Connection connection) throws SQLException {
    return Sql.count(connection, "SELECT coalesce(max(rowid), 0) FROM main.sqlite_schema");
  }

  @Override
  public boolean isEmpty(Connection connection) throws SQLException {
    return Sql.count(connection, "PRAGMA page_count") <= 1;
  }
}
