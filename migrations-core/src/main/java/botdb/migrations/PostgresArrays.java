package botdb.migrations;

import static botdb.migrations.PostgresAppended.APPENDED;
import static botdb.migrations.PostgresAppended.ENDS;

import botdb.migrations.cells.CellArrays;
import botdb.migrations.cells.Cells;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * Arrays whose newest elements are beside their cells, as {@link PostgresAppended} says: to append
 * costs the same, whatever there is.
 */
final class PostgresArrays implements CellArrays {
  private static final String NO_TABLE = "42P01";

  /** Nothing was committed, and trying again is all that is wanted. */
  private static final Set<String> AGAIN = Set.of("40001", "40P01");

  private static final int ATTEMPTS = 20;

  /** What is replaced is mostly new; so many are looked at first. */
  private static final int RECENT = 256;

  private static final String APPEND =
      """
      WITH e AS (
        UPDATE {0} SET elements = elements + 1 WHERE key = {1} RETURNING key, elements
      )
      INSERT INTO {2} (key, position, element) SELECT key, elements - 1, {3} FROM e
      """;

  private static final String STRETCH =
      """
      SELECT e.in_cell, e.elements,
        (SELECT '[' || string_agg(a.element, ', ' ORDER BY a.position) || ']'
         FROM {3} AS a WHERE a.key = e.key AND a.position >= e.first AND a.position < e.after),
        CASE WHEN e.in_cell IS NULL OR e.first < e.in_cell THEN t.{1} END,
        greatest(e.first, e.in_cell)
      FROM {0} AS t
      LEFT JOIN (
        SELECT *, least({5}, elements) AS after,
          greatest(0, least({5}, elements) - {6}) AS first
        FROM {4}
      ) AS e ON e.key = t.{2}
      WHERE t.{2} = {7}
      """;

  /** A range with two ends, which the server takes for a short one, and looks up. */
  private static final String REPLACE_RECENT =
      """
      UPDATE {0} SET element = {4}
      WHERE key = {2} AND element = {3}
        AND position >= (SELECT elements FROM {1} WHERE key = {2}) - {5}
        AND position < (SELECT elements FROM {1} WHERE key = {2})
      """;

  private static final String REPLACE =
      """
      WITH a AS (
        UPDATE {0} SET element = {4} WHERE key = {2} AND element = {3} RETURNING 1
      ), c AS (
        UPDATE {5} SET {6} = replace({6}, {3}, {4})
        WHERE {7} = {2} AND position({3} IN {6}) > 0 RETURNING 1
      )
      SELECT (SELECT count(*) FROM a) + (SELECT count(*) FROM c)
      """;

  private final DSLContext dsl;
  private final PostgresAppended appended;
  private final Name table;
  private final Name column;
  private final Name key;
  private final Text text;

  PostgresArrays(DSLContext dsl, Cells.Column column, String key, Text text) {
    this.dsl = dsl;
    this.appended = new PostgresAppended(column.table(), column.name(), key);
    this.table = DSL.name(column.table());
    this.column = DSL.name(column.name());
    this.key = DSL.name(key);
    this.text = text;
  }

  @Override
  public boolean has(long row) {
    return isTable(table)
        && dsl.fetchExists(DSL.table(table), DSL.condition("{0} = {1}", key, DSL.val(row)));
  }

  private boolean isTable(Name name) {
    return dsl.fetchValue("SELECT to_regclass(quote_ident({0}))::text", DSL.val(name.last()))
        != null;
  }

  // --- Reading ---

  @Override
  public Stretch stretch(long row, int before, int limit) {
    // In a transaction an error would be its end; elsewhere asking first would be a second query.
    boolean asksFirst = !dsl.connectionResult(Connection::getAutoCommit);
    if (asksFirst && !isTable(ENDS)) {
      return cell(row);
    }
    try {
      return stretchOfBoth(row, before, limit);
    } catch (DataAccessException e) {
      if (!NO_TABLE.equals(e.sqlState())) {
        throw e;
      }
      return cell(row); // nothing was appended yet, or not since a migration
    }
  }

  private Stretch cell(long row) {
    Record found =
        dsl.fetchOne("SELECT {0} FROM {1} WHERE {2} = {3}", column, table, key, DSL.val(row));
    return Stretch.of(found == null ? new byte[0] : bytes(found, 0));
  }

  private Stretch stretchOfBoth(long row, int before, int limit) {
    Param<Long> end = DSL.val((long) before);
    Param<Long> most = DSL.val((long) Math.max(0, limit));
    Record found =
        dsl.fetchOne(STRETCH, table, column, key, APPENDED, ENDS, end, most, DSL.val(row));
    if (found == null || found.get(0) == null) {
      return Stretch.of(found == null ? new byte[0] : bytes(found, 3));
    }
    return new Stretch(
        found.get(3) == null ? null : bytes(found, 3),
        found.get(0, Integer.class),
        bytes(found, 2),
        found.get(4, Integer.class),
        found.get(1, Integer.class));
  }

  private static byte[] bytes(Record row, int index) {
    String value = row.get(index, String.class);
    return value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
  }

  // --- Writing ---

  @Override
  public void append(long row, String element) {
    writing(() -> appendToKnown(row, element), () -> appendToAny(row, element));
  }

  /** Appends where somebody has appended before, counting and all as one statement. */
  private boolean appendToKnown(long row, String element) {
    return dsl.execute(APPEND, ENDS, DSL.val(row), APPENDED, DSL.val(element)) > 0;
  }

  private boolean appendToAny(long row, String element) {
    return appendToKnown(row, element) || appendToNew(row, element);
  }

  private boolean appendToNew(long row, String element) {
    takeTables();
    dsl.execute(
        "INSERT INTO {0} ({1}, {2}) VALUES ({3}, '[]') ON CONFLICT DO NOTHING",
        table, key, column, DSL.val(row));
    Record cell =
        dsl.fetchSingle(
            "SELECT {0} FROM {1} WHERE {2} = {3} FOR UPDATE", column, table, key, DSL.val(row));
    long count = text.count(bytes(cell, 0));
    dsl.execute(
        "INSERT INTO {0} (key, in_cell, elements) VALUES ({1}, {2}, {2}) ON CONFLICT DO NOTHING",
        ENDS, DSL.val(row), DSL.val(count));
    return appendToKnown(row, element);
  }

  /** Before any row is: a migration takes the tables first, too. */
  private void takeTables() {
    dsl.execute("SELECT key FROM {0} LIMIT 0", ENDS);
  }

  @Override
  public boolean replace(long row, String old, String replacement) {
    Param<Long> its = DSL.val(row);
    Param<String> from = DSL.val(old);
    Param<String> to = DSL.val(replacement);
    BooleanSupplier recent =
        () -> dsl.execute(REPLACE_RECENT, APPENDED, ENDS, its, from, to, DSL.val(RECENT)) > 0;
    return writing(
        recent,
        () ->
            recent.getAsBoolean()
                || dsl.fetchSingle(REPLACE, APPENDED, ENDS, its, from, to, table, column, key)
                        .get(0, Long.class)
                    > 0);
  }

  @Override
  public boolean clear(long row) {
    return writing(() -> false, () -> clearAlone(row));
  }

  private boolean clearAlone(long row) {
    takeTables();
    int there =
        dsl.execute("UPDATE {0} SET {1} = '[]' WHERE {2} = {3}", table, column, key, DSL.val(row));
    dsl.execute("DELETE FROM {0} WHERE key = {1}", ENDS, DSL.val(row));
    return there > 0;
  }

  /**
   * Writes; creates the tables where they are missing, and tries again what others came in the way
   * of.
   *
   * @param statement what does mostly, at the least cost; false if it was not enough
   * @param transaction does it all, and waits for others without failing of what they did
   */
  private boolean writing(BooleanSupplier statement, BooleanSupplier transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt == 1 && statement.getAsBoolean()
            || PostgresReadCommitted.transaction(dsl, transaction::getAsBoolean);
      } catch (DataAccessException e) {
        boolean isMissing = NO_TABLE.equals(e.sqlState());
        if (attempt == ATTEMPTS || !isMissing && !AGAIN.contains(e.sqlState())) {
          throw e;
        }
        if (isMissing) {
          appended.createIfAbsent(dsl);
        }
      }
    }
  }
}
