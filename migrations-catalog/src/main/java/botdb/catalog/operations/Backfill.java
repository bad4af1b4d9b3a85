package botdb.catalog.operations;

import botdb.migrations.Migration;
import botdb.migrations.cells.Cells;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.QueryPart;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Gives columns a value, range by range of the key, and tells how far it has come.
 *
 * <p>In a {@link Migration.InSteps} each range is a transaction, and a killed one goes on where it
 * stood; the log stays as small as a range. Rows that others write meanwhile are found, too: it
 * ends when no row is left that it means. Triggers of the table do not fire.
 *
 * <pre>{@code
 * Backfill.of(V002.USERS)
 *     .set(V002.USERS.LANGUAGE, DSL.inline("en"))
 *     .where(V002.USERS.LANGUAGE.isNull())
 *     .run(context);
 * }</pre>
 */
public final class Backfill {
  private static final Pattern POSITION = Pattern.compile("(\\d+) of (\\d+) after (.*)");
  private static final int ROWS = 10_000;

  private final Table<?> table;
  private final List<QueryPart> values;
  private final Condition condition;
  private final int range;

  private Backfill(Table<?> table, List<QueryPart> values, Condition condition, int range) {
    this.table = table;
    this.values = values;
    this.condition = condition;
    this.range = range;
  }

  /** Begins with no values, for all rows, ten thousand at a time. */
  public static Backfill of(Table<?> table) {
    return new Backfill(table, List.of(), DSL.noCondition(), ROWS);
  }

  /** Returns the same backfill with what is to stand in a column. */
  public <T> Backfill set(TableField<?, T> column, Field<T> value) {
    List<QueryPart> more = new ArrayList<>(values);
    more.add(DSL.sql("{0} = {1}", DSL.name(column.getName()), value));
    return new Backfill(table, more, condition, range);
  }

  /**
   * Returns the same backfill of some rows only: those that still lack what it gives them.
   *
   * @param lacking must not hold any more for a row that was filled
   */
  public Backfill where(Condition lacking) {
    return new Backfill(table, values, condition.and(lacking), range);
  }

  /** Returns the same backfill with another number of rows at a time. */
  public Backfill inRangesOf(int rows) {
    return new Backfill(table, values, condition, rows);
  }

  /**
   * Fills all rows or, in a migration in steps, those of the next range.
   *
   * @throws botdb.migrations.MigrationException.UnsuitableData if filled rows still match the
   *     condition: it would never end
   */
  public void run(Migration.Context context) {
    Cells cells = context.database().cells(context.dsl());
    Name key = cells.key(table.getName(), "rowid");
    Position position = Position.of(context.position());
    Position start =
        position == null ? new Position(0, count(context.dsl(), DSL.noCondition()), "") : position;
    cells.withoutTriggers(
        table.getName(),
        () -> {
          Position next = fillNext(context, cells, key, start);
          while (next != null && !context.isInSteps()) {
            next = fillNext(context, cells, key, next);
          }
          if (next != null) {
            context.continueFrom(next.toString());
          }
        });
  }

  /** Fills one range, and returns where the next begins; null if there is none. */
  private @Nullable Position fillNext(
      Migration.Context context, Cells cells, Name key, Position from) {
    DSLContext dsl = context.dsl();
    String last = last(dsl, cells, key, from);
    if (last == null) {
      // Others may have added rows in front of where we are.
      boolean again = !isEverything() && count(dsl, DSL.noCondition()) > 0;
      return again ? from.anew() : null;
    }
    Condition within = from.after(key).and("{0} <= {1}", key, DSL.sql(last));
    int filled =
        dsl.execute(
            "UPDATE {0} SET {1} WHERE {2} AND {3}",
            DSL.name(table.getName()), DSL.list(values), within, condition);
    if (!isEverything() && count(dsl, within) > 0) {
      throw Mistake.of(
          "rows of %s that were filled still match: where() must not hold for them any more"
              .formatted(table.getName()));
    }
    Position next = from.moved(filled, last);
    context.progress(next.done, next.total);
    return next;
  }

  private boolean isEverything() {
    return condition.equals(DSL.noCondition());
  }

  /** The key of the last row of the range, as SQL; null if there is no row left. */
  private @Nullable String last(DSLContext dsl, Cells cells, Name key, Position from) {
    return dsl
        .resultQuery(
            """
            SELECT {5}
            FROM (SELECT {0} AS k FROM {1} WHERE {2} AND {3} ORDER BY {0} LIMIT {4}) AS keys
            ORDER BY k DESC LIMIT 1
            """,
            key,
            DSL.name(table.getName()),
            from.after(key),
            condition,
            DSL.inline(range),
            cells.literal(DSL.name("k")))
        .fetch(0, String.class)
        .stream()
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private long count(DSLContext dsl, Condition within) {
    Object count =
        dsl.fetchValue(
            "SELECT count(*) FROM {0} WHERE {1} AND {2}",
            DSL.name(table.getName()), within, condition);
    return count instanceof Number number ? number.longValue() : 0;
  }

  /** How far it has come; kept as text between two transactions. */
  private record Position(long done, long total, String key) {

    static @Nullable Position of(@Nullable String text) {
      Matcher kept = POSITION.matcher(String.valueOf(text));
      return kept.matches()
          ? new Position(
              Long.parseLong(kept.group(1)), Long.parseLong(kept.group(2)), kept.group(3))
          : null;
    }

    Condition after(Name column) {
      return key.isEmpty() ? DSL.trueCondition() : DSL.condition("{0} > {1}", column, DSL.sql(key));
    }

    Position moved(long filled, String last) {
      return new Position(done + filled, Math.max(total, done + filled), last);
    }

    Position anew() {
      return new Position(done, total, "");
    }

    @Override
    public String toString() {
      return "%d of %d after %s".formatted(done, total, key);
    }
  }
}
