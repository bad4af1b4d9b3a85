package botdb.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables and views of the schema that the search path names first. */
final class PostgresTables implements Tables {
  /** Of a table or a view, which takes its name. */
  static final String COLUMNS =
      "SELECT lower(attname) FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = a.attrelid"
          + " WHERE relnamespace = current_schema()::regnamespace AND lower(relname) = lower(?)"
          + " AND relkind IN ('r', 'p', 'v', 'm', 'f') AND attnum > 0 AND NOT attisdropped"
          + " ORDER BY attnum";

  @Override
  public void readPairs(
      Connection connection,
      String first,
      String second,
      String table,
      String where,
      PairReader reader)
      throws SQLException {
    if (kind(connection, table) == null) {
      return; // naming what is not there would end the transaction
    }
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT %s, %s FROM %s %s ORDER BY id".formatted(first, second, table, where));
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        reader.read(rows.getString(1), rows.getString(2));
      }
    }
  }

  @Override
  public @Nullable String kind(Connection connection, String name) throws SQLException {
    List<String> kinds =
        Sql.texts(
            connection,
            "SELECT CASE WHEN relkind IN ('r', 'p') THEN 'table' ELSE 'view' END FROM pg_class"
                + " WHERE relnamespace = current_schema()::regnamespace AND lower(relname) = lower(?)"
                + " AND relkind IN ('r', 'p', 'v', 'm', 'f')",
            name);
    return kinds.isEmpty() ? null : kinds.get(0);
  }

  @Override
  public List<String> columns(Connection connection, String table) throws SQLException {
    return Sql.texts(connection, COLUMNS, table);
  }

  @Override
  public List<String> names(Connection connection, long newest) throws SQLException {
    return Sql.texts(
        connection,
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            + " AND relkind IN ('r', 'p') AND relname NOT LIKE 'botdb\\_%'"
            + " AND relname <> '"
            + PostgresWriteLock.TABLE
            + "' AND oid::bigint <= "
            + newest
            + " ORDER BY relname");
  }

  /** What is created gets a number above all others, but for once in four thousand million. */
  @Override
  public long newest(Connection connection) throws SQLException {
    return Sql.count(
        connection,
        "SELECT coalesce(max(oid::bigint), 0) FROM pg_class"
            + " WHERE relnamespace = current_schema()::regnamespace");
  }

  @Override
  public boolean isEmpty(Connection connection) throws SQLException {
    return Sql.count(
            connection,
            "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
                + " AND relkind IN ('r', 'p', 'v', 'm', 'f') AND relname <> '"
                + PostgresWriteLock.TABLE
                + "'")
        == 0;
  }
}
