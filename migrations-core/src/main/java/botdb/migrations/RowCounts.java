package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How many rows each table has, so that none goes missing unsaid.
 *
 * @param rows by the name of the table
 */
record RowCounts(Map<String, Long> rows) {

  /** Rows went missing that the migration did not say it would lose. */
  static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<String> places;

    Lost(List<String> places) {
      super(String.join(", ", places));
      this.places = places;
    }

    List<String> places() {
      return places;
    }
  }

  /** Returns the names of all tables that can be counted, those of operations left out. */
  static List<String> tables(Database database, Connection connection) {
    return tables(database, connection, Long.MAX_VALUE);
  }

  /** Returns the names of those that were there when something was the newest in the schema. */
  static List<String> tables(Database database, Connection connection, long newest) {
    try {
      return database.tables().names(connection, newest);
    } catch (SQLException e) {
      throw new org.jooq.exception.DataAccessException("the tables cannot be listed", e);
    }
  }

  /** Returns what is the newest in the schema; one look, however many tables there are. */
  static long newest(Database database, Connection connection) {
    try {
      return database.tables().newest(connection);
    } catch (SQLException e) {
      throw new org.jooq.exception.DataAccessException("the schema cannot be read", e);
    }
  }

  /** Counts the rows of those of these tables that are there. */
  static RowCounts of(Database database, Connection connection, Collection<String> tables) {
    try {
      Set<String> there = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      there.addAll(tables(database, connection));
      Map<String, Long> rows = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String table : tables) {
        if (there.contains(table)) {
          rows.put(table, Sql.count(connection, "SELECT count(*) FROM " + Sql.quote(table)));
        }
      }
      return new RowCounts(rows);
    } catch (SQLException e) {
      throw new org.jooq.exception.DataAccessException("rows cannot be counted", e);
    }
  }

  /**
   * Refuses tables that have fewer rows than before; one that was renamed has as many as it had.
   *
   * @param declared tables that may lose some
   * @throws Lost naming the tables
   */
  void refuseLoss(RowCounts after, Collection<String> declared) {
    Set<String> allowed =
        declared.stream().map(t -> t.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    Map<Long, Long> fresh = new HashMap<>();
    after.rows.forEach(
        (table, count) -> {
          if (!rows.containsKey(table)) {
            fresh.merge(count, 1L, Long::sum);
          }
        });
    List<String> lost = new ArrayList<>();
    rows.forEach(
        (table, count) -> {
          Long now = after.rows.get(table);
          boolean renamed = now == null && fresh.merge(count, -1L, Long::sum) >= 0;
          long missing = count - (now == null ? 0 : now);
          if (missing > 0 && !renamed && !allowed.contains(table.toLowerCase(Locale.ROOT))) {
            lost.add(
                "%s had %d rows and %s"
                    .formatted(table, count, now == null ? "is gone" : "has " + now));
          }
        });
    if (!lost.isEmpty()) {
      throw new Lost(lost);
    }
  }
}
