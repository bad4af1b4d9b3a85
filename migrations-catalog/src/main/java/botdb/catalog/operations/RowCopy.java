package botdb.catalog.operations;

import botdb.catalog.operations.TableText.Part;
import botdb.migrations.Migration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.QueryPart;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The rows of a table, copied into another with the same rowids. */
final class RowCopy {
  private static final List<String> ROWIDS = List.of("rowid", "_rowid_", "oid");

  private final DSLContext dsl;
  private final Preconditions fit;
  private final String table;
  private final TableText actual;
  private final Map<String, Field<?>> mapped;

  private RowCopy(
      DSLContext dsl,
      Preconditions fit,
      String table,
      TableText actual,
      Map<String, Field<?>> mapped) {
    this.dsl = dsl;
    this.fit = fit;
    this.table = table;
    this.actual = actual;
    this.mapped = mapped;
  }

  /**
   * Reads rows of a table.
   *
   * @param mapped what is to stand in columns that are not copied as they are
   */
  static RowCopy of(
      Migration.Context context, String table, TableText actual, Map<String, Field<?>> mapped) {
    return new RowCopy(context.dsl(), Preconditions.of(context, table), table, actual, mapped);
  }

  /**
   * Copies all rows into an empty table.
   *
   * @throws botdb.migrations.MigrationException.UnsuitableData if some do not fit, or if a column
   *     needs a value and nobody says which
   */
  void run(String target) {
    Map<Name, QueryPart> values = new LinkedHashMap<>();
    boolean isStrict = is(target, "strict");
    for (Record column : columns(target)) {
      String name = column.get("name", String.class);
      QueryPart value = value(name);
      if (value == null) {
        refuseIfRequired(column, name);
      } else {
        values.put(DSL.name(name), value);
        if (column.get("notnull", Integer.class) == 1) {
          fit.notNull(name, value);
        }
        if (isStrict) {
          fit.storable(name, value, column.get("type", String.class));
        }
      }
    }
    fit.check();
    addRowid(target, values);
    insert(target, values);
    keepHighestNumber(target);
  }

  private void insert(String target, Map<Name, QueryPart> values) {
    int copied =
        dsl.execute(
            "INSERT INTO {0} ({1}) SELECT {2} FROM {3}",
            DSL.name(target),
            DSL.list(values.keySet().toArray(QueryPart[]::new)),
            DSL.list(values.values().toArray(QueryPart[]::new)),
            DSL.name(table));
    if (copied != dsl.fetchCount(DSL.table(DSL.name(table)))) {
      throw new IllegalStateException("not every row of " + table + " was copied");
    }
  }

  private List<Record> columns(String target) {
    return new ArrayList<>(
        dsl.resultQuery(
                "SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_xinfo(?)"
                    + " WHERE hidden = 0 ORDER BY cid",
                target)
            .fetch());
  }

  private @Nullable QueryPart value(String column) {
    Field<?> value = mapped.get(column.toLowerCase(Locale.ROOT));
    if (value != null) {
      return value;
    }
    Part same = actual.column(column);
    return same == null ? null : DSL.field(DSL.name(table, column));
  }

  private void refuseIfRequired(Record column, String name) {
    if (column.get("notnull", Integer.class) == 1 && column.get("dflt_value") == null) {
      throw Mistake.of("%s.%s is NOT NULL and has no default: map it".formatted(table, name));
    }
  }

  /** A rowid that is no column is a number by which somebody may know the row. */
  private void addRowid(String target, Map<Name, QueryPart> values) {
    if (is(target, "wr") || is(table, "wr") || hasNumberAsKey(target)) {
      return;
    }
    for (String rowid : ROWIDS) {
      if (actual.column(rowid) == null
          && values.keySet().stream().noneMatch(n -> rowid.equalsIgnoreCase(n.last()))) {
        values.put(DSL.name(rowid), DSL.field(DSL.name(table, rowid)));
        return;
      }
    }
  }

  private boolean hasNumberAsKey(String target) {
    List<Record> key =
        columns(target).stream().filter(c -> c.get("pk", Integer.class) > 0).toList();
    return key.size() == 1 && "INTEGER".equalsIgnoreCase(key.get(0).get("type", String.class));
  }

  private boolean is(String name, String property) {
    return dsl.resultQuery(
            "SELECT {0} FROM pragma_table_list WHERE schema = 'main' AND name = {1} COLLATE NOCASE",
            DSL.name(property), DSL.val(name))
        .fetch(0, Integer.class)
        .contains(1);
  }

  /** Else AUTOINCREMENT would give numbers again that rows had which are deleted. */
  private void keepHighestNumber(String target) {
    boolean counts =
        dsl.fetchExists(DSL.table("main.sqlite_schema"), DSL.condition("name = 'sqlite_sequence'"));
    if (counts) {
      dsl.execute("DELETE FROM sqlite_sequence WHERE name = ?", target);
      dsl.execute(
          """
          INSERT INTO sqlite_sequence (name, seq)
          SELECT {0}, max(seq, coalesce((SELECT max(rowid) FROM {1}), 0))
          FROM sqlite_sequence
          WHERE name = {2} COLLATE NOCASE
          """,
          DSL.val(target), DSL.name(target), DSL.val(table));
    }
  }
}
