package botdb.migrations;

import botdb.migrations.cells.Cells;
import java.nio.charset.StandardCharsets;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.impl.DSL;

/**
 * Puts an element before the last bracket of an array that is not empty, as most are: by a
 * statement that works at the ends of the bytes and does not look at what is between. Through its
 * functions for text SQLite would count every character of it, and through those for JSON read
 * every value.
 *
 * <p>Behind the bracket of a long array it leaves spaces, which are nothing in JSON. While the next
 * elements fit into them the cell keeps its size, and of a cell that keeps its size SQLite writes
 * only the pages that change: one or two, in place of all that the array takes.
 */
final class SqliteSplice {
  /** What is shorter is written as a whole about as fast. */
  private static final int LONG = 32_768;

  /**
   * Room for some fifty messages of a chat; each of those to come would have to be copied with
   * more.
   */
  private static final int MOST_SPARE = 8192;

  /** A long array grows by one such part of it at most. */
  private static final int PART = 8;

  /**
   * Of a short one only the ends are looked at: what is done beside that takes longer than it
   * saves.
   */
  private static final String SHORT_SQL =
      """
      UPDATE {0}
      SET {1} = substr(CAST({1} AS BLOB), 1, octet_length({1}) - 1) || {2}
      WHERE {3} = {4}
        AND typeof({1}) = 'text'
        AND octet_length({1}) < %d
        AND substr(CAST({1} AS BLOB), 1, 1) = x'5B'
        AND substr(CAST({1} AS BLOB), -2) = x'7D5D'
      """
          .formatted(LONG);

  private static final String LONG_SQL =
      """
      UPDATE {0}
      SET {1} = substr(CAST({1} AS BLOB), 1, octet_length({1}) - 1 - {2})
        || ({3} || printf('%*s', iif({2} < {4}, {5}, {2} - {4}), ''))
      WHERE {6} = {7}
        AND typeof({1}) = 'text'
        AND substr(CAST({1} AS BLOB), 1, 1) = x'5B'
        AND substr(CAST(rtrim({8}) AS BLOB), -2) = x'7D5D'
      """;

  // The numbers stand in the text: jOOQ counts values that are inlined when others are bound by
  // position.

  private final Query toShort;
  private final Query toLong;

  private SqliteSplice(Query toShort, Query toLong) {
    this.toShort = toShort;
    this.toLong = toLong;
  }

  /** Rendered and prepared once: that took longer than to append to a short array. */
  static SqliteSplice in(DSLContext dsl, Cells.Column column, Name key) {
    Name table = DSL.name(column.table());
    Name name = DSL.name(column.name());
    Field<String> tail = tail(name);
    Param<Integer> growth = DSL.val(0);
    return new SqliteSplice(
        dsl.query(SHORT_SQL, table, name, DSL.val(""), key, DSL.val(0L)).keepStatement(true),
        dsl.query(
                LONG_SQL,
                table,
                name,
                spare(tail),
                DSL.val(""),
                growth,
                newSpare(name),
                key,
                DSL.val(0L),
                tail)
            .keepStatement(true));
  }

  // The numbers stand in the text: jOOQ counts values that are inlined when others are bound by
  // position.

  /** All spaces that this class has left, and the two brackets before them. */
  private static Field<String> tail(Name column) {
    return DSL.field(
        "CAST(substr(CAST({0} AS BLOB), -%d) AS TEXT)".formatted(MOST_SPARE + 2),
        String.class,
        column);
  }

  private static Field<Integer> spare(Field<String> tail) {
    return DSL.field("(octet_length({0}) - octet_length(rtrim({0})))", Integer.class, tail);
  }

  private static Field<Integer> newSpare(Name column) {
    return DSL.field(
        "iif(octet_length({0}) < %d, 0, min(octet_length({0}) / %d, %d))"
            .formatted(LONG, PART, MOST_SPARE),
        Integer.class,
        column);
  }

  /**
   * Appends an element to an array in UTF-8 that ends as most do.
   *
   * @return whether it did; otherwise nothing is changed
   */
  boolean append(long key, String element) {
    String added = ", " + element + "]";
    if (toShort.bind(1, added).bind(2, key).execute() > 0) {
      return true;
    }
    // The old bracket is overwritten, so that one byte less is taken of what is spare.
    int growth = added.getBytes(StandardCharsets.UTF_8).length - 1;
    return toLong.bind(1, added).bind(2, growth).bind(3, growth).bind(4, key).execute() > 0;
  }
}
