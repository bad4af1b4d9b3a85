package botdb.migrations;

import botdb.migrations.cells.Cells;
import java.time.Duration;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The two tables that hold what was appended to the arrays of a column, one row an element.
 *
 * <p>The server writes a long value anew, all of it, whenever a byte of it changes. So an element
 * is put beside its cell, and only a migration brings the two together again.
 *
 * <p>{@code botdb_ends} has a row for each array to which something was appended: how many elements
 * are in the cell, and how many the whole array has. Who appends counts there, and waits there for
 * others. {@code botdb_appended} has the elements by their positions in the whole array. Rows go
 * with the row that they belong to. Which column it is says the comment of the first table.
 *
 * <p>Whoever writes takes the first table, then the row of the owner's table, then its row of the
 * first one: in this order, so that nobody waits in a circle.
 *
 * @param key the column that tells the rows of the table apart
 */
record PostgresAppended(String table, String column, String key) {
  static final Name ENDS = DSL.name("botdb_ends");
  static final Name APPENDED = DSL.name("botdb_appended");

  /** Two that create the tables at once: the second is told so in one of these ways. */
  private static final Set<String> CREATED_BY_ANOTHER =
      Set.of("23505", "42P07", "42710", "XX000", "40P01", "40001");

  private static final int ATTEMPTS = 5;

  /** As long as the statement may take that finds them missing. */
  private static final Duration CREATION_PATIENCE = Duration.ofSeconds(10);

  private static final String SPACE = "E' \\t\\n\\r'";

  private static final String FIND =
      """
      SELECT r.relname::text, obj_description(c.conrelid, 'pg_class'), a.attname::text
      FROM pg_constraint AS c
      JOIN pg_class AS r ON r.oid = c.confrelid
      JOIN pg_attribute AS a ON a.attrelid = c.confrelid AND a.attnum = c.confkey[1]
      WHERE c.conrelid = to_regclass('botdb_ends') AND c.contype = 'f'
      """;

  private static final String FOLD =
      """
      UPDATE {0} AS t SET {1} = {2} || e.texts || ']'
      FROM (
        SELECT key, string_agg(element, ', ' ORDER BY position) AS texts
        FROM botdb_folding
        GROUP BY key
      ) AS e
      WHERE t.{3} = e.key
      """;

  /** Finds them; null where nothing was appended yet. */
  static @Nullable PostgresAppended in(DSLContext dsl) {
    Record found = dsl.fetchOne(FIND);
    return found == null
        ? null
        : new PostgresAppended(
            found.get(0, String.class), found.get(1, String.class), found.get(2, String.class));
  }

  boolean isOf(Cells.Column of) {
    return table.equals(of.table()) && column.equals(of.name());
  }

  /** Creates the tables where they are not there; several may do so at once. */
  void createIfAbsent(DSLContext dsl) {
    for (int attempt = 1; ; attempt++) {
      try {
        PostgresReadCommitted.transaction(
            dsl,
            () -> {
              // One after the other: two that write the same comment at once fail, too.
              dsl.connection(c -> PostgresWriteLock.lockUntilCommit(c, CREATION_PATIENCE));
              return create(dsl);
            });
        return;
      } catch (DataAccessException e) {
        if (attempt == ATTEMPTS || !CREATED_BY_ANOTHER.contains(e.sqlState())) {
          throw e;
        }
      }
    }
  }

  private PostgresAppended create(DSLContext dsl) {
    dsl.execute(
        """
        CREATE TABLE IF NOT EXISTS {0} (
          key bigint PRIMARY KEY REFERENCES {1} ({2}) ON DELETE CASCADE,
          in_cell bigint NOT NULL,
          elements bigint NOT NULL
        )
        """,
        ENDS, DSL.name(table), DSL.name(key));
    dsl.execute("COMMENT ON TABLE {0} IS {1}", ENDS, DSL.inline(column));
    dsl.execute(
        """
        CREATE TABLE IF NOT EXISTS {0} (
          key bigint NOT NULL REFERENCES {1} ON DELETE CASCADE,
          position bigint NOT NULL,
          element text NOT NULL,
          PRIMARY KEY (key, position)
        )
        """,
        APPENDED, ENDS);
    return this;
  }

  /** Returns the cell with what was appended, of the row of a table that has this name there. */
  Field<String> whole(String alias) {
    Field<?> cell = DSL.field(DSL.name(alias, column));
    return DSL.field(
        """
        coalesce(
          (SELECT {0} || string_agg(a.element, ', ' ORDER BY a.position) || ']'
           FROM {1} AS a WHERE a.key = {2} HAVING count(*) > 0),
          {3})
        """,
        String.class, beginning(cell), APPENDED, DSL.name(alias, key), cell);
  }

  /** Returns how many bytes that has, about. */
  Field<Long> length(String alias) {
    return DSL.field(
        """
        coalesce(octet_length({0}), 0) + coalesce(
          (SELECT sum(octet_length(a.element) + 2) FROM {1} AS a WHERE a.key = {2}), 0)
        """,
        Long.class, DSL.name(alias, column), APPENDED, DSL.name(alias, key));
  }

  /** The array up to its last element, with what must stand before the next one. */
  private static Field<String> beginning(Field<?> cell) {
    return DSL.field(
        """
        CASE WHEN coalesce({0}, '') = '' THEN '['
          ELSE (SELECT h || CASE WHEN right(h, 1) = '[' THEN '' ELSE ', ' END
                FROM (SELECT rtrim(left(rtrim({0}, %1$s), -1), %1$s) AS h) AS head)
        END
        """
            .formatted(SPACE),
        String.class,
        cell);
  }

  /**
   * Puts into the cells what was appended, and drops the tables; inside a transaction.
   *
   * <p>Who wants to append waits from here on until the end of the transaction, and then finds that
   * the tables are not there.
   *
   * @param patience how long to wait for those who are appending
   */
  static void fold(DSLContext dsl, Duration patience) {
    PostgresAppended appended = in(dsl);
    if (appended == null) {
      return;
    }
    dsl.execute("SET LOCAL lock_timeout = " + Math.max(1, patience.toMillis()));
    dsl.execute("ALTER TABLE {0} RENAME TO botdb_folding_ends", ENDS);
    dsl.execute("ALTER TABLE {0} RENAME TO botdb_folding", APPENDED);
    dsl.execute("SET LOCAL lock_timeout TO DEFAULT");
    Field<?> cell = DSL.field(DSL.name("t", appended.column));
    PostgresTriggers.of(dsl, appended.table)
        .during(
            () ->
                dsl.execute(
                    FOLD,
                    DSL.name(appended.table),
                    DSL.name(appended.column),
                    beginning(cell),
                    DSL.name(appended.key)));
    dsl.execute("DROP TABLE botdb_folding, botdb_folding_ends");
  }
}
