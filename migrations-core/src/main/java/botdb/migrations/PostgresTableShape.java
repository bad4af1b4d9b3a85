package botdb.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * By what the rows of a table are told apart, and what they hold.
 *
 * @param table its name in quotes, the schema before it
 * @param key the columns of the primary key; empty without one
 * @param columns all columns in their order, with their types
 */
record PostgresTableShape(String table, List<String> key, Map<String, Type> columns) {
  private static final int READ = 4000;

  /** The categories of types whose values are not text: booleans, times, numbers, spans. */
  private static final Set<String> PLAIN = Set.of("B", "D", "N", "T");

  /** A type by its name, and of which category it is. */
  record Type(String name, String category) {
    boolean isBytes() {
      return name.equals("bytea");
    }
  }

  /** Returns null if there is no such table. */
  static @Nullable PostgresTableShape of(Connection connection, String schema, String name)
      throws SQLException {
    Map<String, Type> columns = columns(connection, schema, name);
    if (columns.isEmpty()) {
      return null;
    }
    List<String> key =
        Sql.texts(
            connection,
            "SELECT attname FROM pg_index JOIN pg_class AS c ON c.oid = indrelid"
                + " JOIN pg_attribute ON attrelid = c.oid AND attnum = ANY (indkey)"
                + " WHERE indisprimary AND relnamespace = ?::regnamespace AND relname = ?"
                + " ORDER BY array_position(indkey::smallint[], attnum)",
            Sql.quote(schema),
            name);
    return new PostgresTableShape(Sql.quote(schema) + "." + Sql.quote(name), key, columns);
  }

  private static Map<String, Type> columns(Connection connection, String schema, String table)
      throws SQLException {
    Map<String, Type> columns = new LinkedHashMap<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT attname, format_type(atttypid, atttypmod), typcategory FROM pg_attribute"
                + " JOIN pg_class AS c ON c.oid = attrelid JOIN pg_type AS t ON t.oid = atttypid"
                + " WHERE relnamespace = ?::regnamespace AND relname = ? AND attnum > 0"
                + " AND NOT attisdropped ORDER BY attnum")) {
      query.setString(1, Sql.quote(schema));
      query.setString(2, table);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          columns.put(rows.getString(1), new Type(rows.getString(2), rows.getString(3)));
        }
      }
    }
    return columns;
  }

  /** The query of one row by its key: of each column the beginning of its text, and its size. */
  String rowQuery() {
    return "SELECT %s FROM %s WHERE %s"
        .formatted(
            columns.entrySet().stream()
                .map(column -> cell(Sql.quote(column.getKey()), column.getValue()))
                .collect(Collectors.joining(", ")),
            table,
            key.stream()
                .map(k -> Sql.quote(k) + " = CAST(? AS " + type(k).name() + ")")
                .collect(Collectors.joining(" AND ")));
  }

  private static String cell(String column, Type type) {
    return type.isBytes()
        ? "encode(substr(%s, 1, %d), 'hex'), octet_length(%s)".formatted(column, READ, column)
        : "left(%s::text, %d), octet_length(%s::text)".formatted(column, READ, column);
  }

  private Type type(String column) {
    return java.util.Objects.requireNonNull(columns.get(column));
  }

  /** Returns a cell that was read by that query. */
  ShownCell cell(String column, @Nullable String beginning, long bytes) {
    if (beginning == null) {
      return ShownCell.of(null, 0);
    }
    Type type = type(column);
    if (type.isBytes()) {
      return ShownCell.bytes(beginning, bytes);
    }
    return PLAIN.contains(type.category())
        ? ShownCell.plain(beginning)
        : ShownCell.of(beginning, bytes);
  }
}
