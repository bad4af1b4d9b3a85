package botdb.migrations;

import static botdb.migrations.SqliteTableShape.quote;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One table of the database {@code main} and of the attached database {@code before}.
 *
 * @param old its shape before; null if it was not there
 * @param now its shape after; null if it is gone
 */
record SqliteTableComparison(
    Connection connection,
    String name,
    @Nullable SqliteTableShape old,
    @Nullable SqliteTableShape now,
    UnaryOperator<String> mask) {
  private static final int ROWS = 3;

  /** SQLite returns no more than 2000 columns, and each takes two. */
  private static final int COLUMNS = 900;

  static SqliteTableComparison of(Connection connection, String name, UnaryOperator<String> mask)
      throws SQLException {
    return new SqliteTableComparison(
        connection,
        name,
        SqliteTableShape.of(connection, "before", name),
        SqliteTableShape.of(connection, "main", name),
        mask);
  }

  /** Returns the first rows that are not as they were, then the first that were not there. */
  List<Rehearsal.Sample> samples() throws SQLException {
    List<Rehearsal.Sample> samples = new ArrayList<>();
    if (old != null && now != null && !old.hasSameKeyAs(now)) {
      return samples; // nobody can say which row is which
    }
    if (old != null) {
      add(samples, old, now, now == null ? "" : " AND " + sameCells(old, now));
    }
    if (now != null) {
      add(samples, now, old, "");
    }
    return samples;
  }

  private void add(
      List<Rehearsal.Sample> samples,
      SqliteTableShape rows,
      @Nullable SqliteTableShape others,
      String same)
      throws SQLException {
    String key = columns("this", rows.key()).collect(Collectors.joining(", "));
    String filter =
        others == null
            ? ""
            : "WHERE NOT EXISTS (SELECT 1 FROM %s AS that WHERE %s%s)"
                .formatted(others.table(), sameKey(rows, others), same);
    String query =
        "SELECT %s FROM %s AS this %s ORDER BY %s LIMIT %d"
            .formatted(key, rows.table(), filter, key, ROWS - samples.size());
    for (List<Object> found : keys(query, rows.key().size())) {
      samples.add(sample(rows, found));
    }
  }

  private static String sameKey(SqliteTableShape rows, SqliteTableShape others) {
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < rows.key().size(); i++) {
      conditions.add(
          "that.%s = this.%s".formatted(quote(others.key().get(i)), quote(rows.key().get(i))));
    }
    return String.join(" AND ", conditions);
  }

  /** Compares bytes, whatever a column takes for equal. */
  private static String sameCells(SqliteTableShape old, SqliteTableShape now) {
    if (!new HashSet<>(old.columns()).equals(new HashSet<>(now.columns()))) {
      return "0";
    }
    return binary("this", old.columns()) + " IS " + binary("that", old.columns());
  }

  private static String binary(String alias, List<String> names) {
    return columns(alias, names)
        .map(column -> column + " COLLATE BINARY")
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static Stream<String> columns(String alias, List<String> names) {
    return names.stream().map(name -> alias + "." + quote(name));
  }

  private List<List<Object>> keys(String query, int width) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      List<List<Object>> keys = new ArrayList<>();
      while (rows.next()) {
        List<Object> key = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          key.add(rows.getObject(i));
        }
        keys.add(key);
      }
      return keys;
    }
  }

  private Rehearsal.Sample sample(SqliteTableShape rows, List<Object> key) throws SQLException {
    List<Rehearsal.Cell> cells = ShownCell.differences(row(old, key), row(now, key), mask);
    return new Rehearsal.Sample(name, label(rows, key), cells);
  }

  private String label(SqliteTableShape rows, List<Object> key) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      parts.add(rows.keyLabels().get(i) + " " + ShownCell.of(key.get(i), 0).shown(mask));
    }
    return String.join(", ", parts);
  }

  private Map<String, ShownCell> row(@Nullable SqliteTableShape shape, List<Object> key)
      throws SQLException {
    Map<String, ShownCell> cells = new LinkedHashMap<>();
    if (shape == null) {
      return cells;
    }
    List<String> columns = shape.columns().subList(0, Math.min(COLUMNS, shape.columns().size()));
    try (PreparedStatement statement = connection.prepareStatement(rowQuery(shape, columns))) {
      for (int i = 0; i < key.size(); i++) {
        statement.setObject(i + 1, key.get(i));
      }
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          for (int i = 0; i < columns.size(); i++) {
            cells.put(
                columns.get(i), ShownCell.of(row.getObject(2 * i + 1), row.getLong(2 * i + 2)));
          }
        }
      }
    }
    return cells;
  }

  private static String rowQuery(SqliteTableShape shape, List<String> columns) {
    return "SELECT %s FROM %s WHERE %s"
        .formatted(
            columns.stream()
                .map(c -> ShownCell.expressions(quote(c)))
                .collect(Collectors.joining(", ")),
            shape.table(),
            shape.key().stream().map(k -> quote(k) + " = ?").collect(Collectors.joining(" AND ")));
  }
}
