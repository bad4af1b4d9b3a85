package botdb.catalog.operations;

import botdb.catalog.json.CellJson;
import botdb.migrations.Migration;
import botdb.migrations.MigrationException.UnsuitableData;
import botdb.migrations.cells.Cells;
import botdb.migrations.cells.Cells.Column;
import botdb.migrations.cells.Cells.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;

/**
 * What a migration needs of the rows of a table, looked at before it changes any.
 *
 * <p>SQLite keeps any value in any column, and databases in the field have rows that break every
 * rule. Those that do are named by their keys, the first twenty of each rule and how many there
 * are, never by what is in them.
 *
 * <pre>{@code
 * Preconditions.of(context, V001.NOTES)
 *     .typed(V001.NOTES.TEXT)
 *     .notNull(V001.NOTES.CREATED_AT)
 *     .refersTo(V001.NOTES.USER_ID, V001.USERS.USER_ID)
 *     .check();
 * }</pre>
 */
public final class Preconditions {
  private static final int NAMED = 20;
  private static final String NO_JSON = "not JSON";

  private final DSLContext dsl;
  private final Cells cells;
  private final String table;
  private final Name key;
  private final List<String> places = new ArrayList<>();

  private Preconditions(DSLContext dsl, Cells cells, String table) {
    this.dsl = dsl;
    this.cells = cells;
    this.table = table;
    this.key = cells.primaryKey(table);
  }

  /** Begins to look at a table as it is. */
  public static Preconditions of(Migration.Context context, Table<?> table) {
    return of(context, table.getName());
  }

  static Preconditions of(Migration.Context context, String table) {
    return new Preconditions(context.dsl(), context.database().cells(context.dsl()), table);
  }

  /** Needs every cell to be of the type that the column has in Java, or NULL. */
  public Preconditions typed(TableField<?, ?> column) {
    Name name = DSL.name(column.getName());
    String type =
        switch (column.getType().getSimpleName()) {
          case "Long" -> "integer";
          case "Double" -> "real or integer";
          case "byte[]" -> "blob";
          default -> "text";
        };
    return rule(
        column.getName(),
        "{0}",
        "of another type than " + type,
        cells.isNoneOf(name, column.getType()));
  }

  /** Needs every cell to be there. */
  public Preconditions notNull(TableField<?, ?> column) {
    return notNull(column.getName(), DSL.name(column.getName()));
  }

  Preconditions notNull(String column, QueryPart value) {
    return rule(column, "({0}) IS NULL", "NULL", value);
  }

  /** Needs every cell to be JSON, or NULL. */
  public Preconditions json(TableField<?, ?> column) {
    Condition isNoJson = cells.isNoJson(DSL.name(column.getName()));
    return isNoJson == null
        ? lookForJson(column.getName())
        : rule(column.getName(), "{0}", NO_JSON, isNoJson);
  }

  private Preconditions lookForJson(String column) {
    String where = "%s.%s of row %s ".formatted(table, column, key.last());
    List<String> rows = new ArrayList<>();
    long found =
        cells.find(
            new Column(table, column),
            key,
            CellJson.fault(),
            (row, fault) -> {
              if (rows.size() < NAMED) {
                rows.add(where + row + ": " + NO_JSON);
              }
            });
    places.addAll(rows);
    if (found > NAMED) {
      places.add("%s.%s: %s, %d in all".formatted(table, column, NO_JSON, found));
    }
    return this;
  }

  /** Needs every cell to be the key of a row elsewhere, or NULL. */
  public Preconditions refersTo(TableField<?, ?> column, TableField<?, ?> key) {
    Table<?> parent = Objects.requireNonNull(key.getTable());
    return rule(
        column.getName(),
        "{0} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {1} AS parent WHERE parent.{2} = {3})",
        "points to no row of " + parent.getName(),
        DSL.name(column.getName()),
        DSL.name(parent.getName()),
        DSL.name(key.getName()),
        DSL.name(table, column.getName()));
  }

  /** Needs what a STRICT table would take: https://sqlite.org/stricttables.html. */
  Preconditions storable(String column, QueryPart value, String type) {
    String condition =
        switch (type.toUpperCase(Locale.ROOT)) {
          case "INT", "INTEGER" ->
              "typeof({0}) NOT IN ('null', 'integer')"
                  + " AND NOT (typeof({0}) <> 'blob' AND typeof(CAST({0} AS NUMERIC)) = 'integer'"
                  + " AND CAST(CAST({0} AS NUMERIC) AS TEXT) = trim(CAST({0} AS TEXT)))";
          case "REAL" ->
              "typeof({0}) NOT IN ('null', 'integer', 'real')"
                  + " AND NOT (typeof({0}) = 'text' AND {0} <> '' AND trim({0}, '0123456789.+-') = '')";
          case "TEXT" -> "typeof({0}) = 'blob'";
          case "BLOB" -> "typeof({0}) NOT IN ('null', 'blob')";
          default -> "0";
        };
    return rule(column, condition, "not " + type.toUpperCase(Locale.ROOT), value);
  }

  /** Needs every row to keep a rule. */
  Preconditions keeps(Rule rule) {
    return rule(rule.column(), "{0}", rule.fault(), rule.broken());
  }

  private Preconditions rule(String column, String condition, String fault, QueryPart... parts) {
    QueryPart[] all = new QueryPart[parts.length + 3];
    System.arraycopy(parts, 0, all, 0, parts.length);
    all[parts.length] = key;
    all[parts.length + 1] = DSL.name(table);
    all[parts.length + 2] = cells.literal(key);
    String from = " FROM {" + (parts.length + 1) + "} WHERE " + condition;
    List<? extends Record> offenders =
        dsl.resultQuery("SELECT {" + (parts.length + 2) + "}" + from + " LIMIT " + (NAMED + 1), all)
            .fetch();
    String where = "%s.%s of row %s ".formatted(table, column, key.last());
    offenders.stream()
        .limit(NAMED)
        .forEach(row -> places.add(where + row.get(0, String.class) + ": " + fault));
    if (offenders.size() > NAMED) {
      Object count = dsl.resultQuery("SELECT count(*)" + from, all).fetchSingle().get(0);
      places.add("%s.%s: %s, %s in all".formatted(table, column, fault, count));
    }
    return this;
  }

  /**
   * Goes on if every row is as it must be.
   *
   * @throws UnsuitableData naming those that are not
   */
  public void check() {
    if (!places.isEmpty()) {
      throw new UnsuitableData(
          places, "repair these rows of %s, then start again".formatted(table));
    }
  }
}
