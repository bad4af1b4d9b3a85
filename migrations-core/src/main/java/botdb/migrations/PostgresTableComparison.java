package botdb.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One table in two schemas.
 *
 * @param old its shape before; null if it was not there, or its rows cannot be told apart
 * @param now its shape after; null if it is gone, or its rows cannot be told apart
 */
record PostgresTableComparison(
    Connection connection,
    String name,
    @Nullable PostgresTableShape old,
    @Nullable PostgresTableShape now,
    UnaryOperator<String> mask) {
  private static final int ROWS = 3;

  static PostgresTableComparison of(
      Connection connection, String before, String after, String name, UnaryOperator<String> mask)
      throws SQLException {
    return new PostgresTableComparison(
        connection,
        name,
        PostgresTableShape.of(connection, before, name),
        PostgresTableShape.of(connection, after, name),
        mask);
  }

  /** Returns the first rows that are not as they were, then the first that were not there. */
  List<Rehearsal.Sample> samples() throws SQLException {
    List<Rehearsal.Sample> samples = new ArrayList<>();
    if (old != null && now != null && !old.key().equals(now.key())) {
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
      PostgresTableShape rows,
      @Nullable PostgresTableShape others,
      String same)
      throws SQLException {
    if (rows.key().isEmpty()) {
      return;
    }
    String filter =
        others == null
            ? ""
            : "WHERE NOT EXISTS (SELECT 1 FROM %s AS that WHERE %s = %s%s)"
                .formatted(
                    others.table(), texts("that", rows.key()), texts("this", rows.key()), same);
    String query =
        "SELECT %s FROM %s AS this %s ORDER BY %s LIMIT %d"
            .formatted(
                rows.key().stream().map(k -> Sql.quote(k) + "::text").collect(joined()),
                rows.table(),
                filter,
                rows.key().stream().map(Sql::quote).collect(joined()),
                ROWS - samples.size());
    for (List<String> key : keys(query, rows.key().size())) {
      samples.add(sample(rows, key));
    }
  }

  private static java.util.stream.Collector<CharSequence, ?, String> joined() {
    return Collectors.joining(", ");
  }

  /** Compares as text, whatever the types take for equal, and also where they have changed. */
  private static String sameCells(PostgresTableShape old, PostgresTableShape now) {
    List<String> columns = List.copyOf(old.columns().keySet());
    if (!old.columns().keySet().equals(now.columns().keySet())) {
      return "false";
    }
    return texts("this", columns) + " IS NOT DISTINCT FROM " + texts("that", columns);
  }

  private static String texts(String alias, List<String> names) {
    return names.stream()
        .map(name -> alias + "." + Sql.quote(name) + "::text COLLATE \"C\"")
        .collect(Collectors.joining(", ", "ROW(", ")"));
  }

  private List<List<String>> keys(String query, int width) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      List<List<String>> keys = new ArrayList<>();
      while (rows.next()) {
        List<String> key = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          key.add(rows.getString(i));
        }
        keys.add(key);
      }
      return keys;
    }
  }

  private Rehearsal.Sample sample(PostgresTableShape rows, List<String> key) throws SQLException {
    List<Rehearsal.Cell> cells = ShownCell.differences(row(old, key), row(now, key), mask);
    return new Rehearsal.Sample(name, label(rows, key), cells);
  }

  private String label(PostgresTableShape rows, List<String> key) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      String column = rows.key().get(i);
      parts.add(column + " " + rows.cell(column, key.get(i), 0).shown(mask));
    }
    return String.join(", ", parts);
  }

  private Map<String, ShownCell> row(@Nullable PostgresTableShape shape, List<String> key)
      throws SQLException {
    Map<String, ShownCell> cells = new LinkedHashMap<>();
    if (shape == null) {
      return cells;
    }
    List<String> columns = List.copyOf(shape.columns().keySet());
    try (PreparedStatement statement = connection.prepareStatement(shape.rowQuery())) {
      for (int i = 0; i < key.size(); i++) {
        statement.setString(i + 1, key.get(i));
      }
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          for (int i = 0; i < columns.size(); i++) {
            String column = columns.get(i);
            cells.put(column, shape.cell(column, row.getString(2 * i + 1), row.getLong(2 * i + 2)));
          }
        }
      }
    }
    return cells;
  }
}
