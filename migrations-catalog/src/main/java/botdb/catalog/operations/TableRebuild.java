package botdb.catalog.operations;

import botdb.catalog.operations.SchemaObjects.SchemaObject;
import botdb.migrations.Migration;
import botdb.migrations.cells.Cells.Rule;
import botdb.migrations.cells.Cells.TableChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Table;
import org.jooq.TableField;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Makes a table that of the next version where ALTER TABLE cannot.
 *
 * <p>In a file, follows <a href="https://sqlite.org/lang_altertable.html#otheralter">Making Other
 * Kinds Of Table Schema Changes</a>; on a server the table is altered where it stands. Rows,
 * rowids, the highest number that AUTOINCREMENT gave, indexes, triggers, views, and the keys of
 * other tables stay; so does whatever the owner added, changed or removed and the migration does
 * not mean. Columns are copied from those of the same name unless mapped, all at once; what is in
 * neither snapshot is kept. Data that a new rule forbids is named before anything is changed. Where
 * the table is that of the next version already, nothing is done.
 *
 * <pre>{@code
 * TableRebuild.of(V001.USERS, V002.USERS)
 *     .map(V002.USERS.CREATED_AT, DSL.coalesce(V001.USERS.CREATED_AT, "2025-01-01 00:00:00"))
 *     .run(context);
 * }</pre>
 */
public final class TableRebuild {
  private static final String NEW = "botdb_new_";

  private final String table;
  private final SchemaObjects before;
  private final SchemaObjects after;
  private final Map<String, Field<?>> mapped;

  private TableRebuild(
      String table, SchemaObjects before, SchemaObjects after, Map<String, Field<?>> mapped) {
    this.table = table;
    this.before = before;
    this.after = after;
    this.mapped = mapped;
  }

  /**
   * Reads both snapshots.
   *
   * @throws IllegalArgumentException if they are not versions of one table
   */
  public static TableRebuild of(Table<?> before, Table<?> after) {
    if (!before.getName().equalsIgnoreCase(after.getName())) {
      throw new IllegalArgumentException(before + " and " + after + " are two tables");
    }
    return of(after.getName(), SchemaObjects.ofSnapshot(before), SchemaObjects.ofSnapshot(after));
  }

  static TableRebuild of(String table, SchemaObjects before, SchemaObjects after) {
    return new TableRebuild(table, before, after, Map.of());
  }

  /** Returns the same rebuild with what is to stand in a column. */
  public <T> TableRebuild map(TableField<?, T> column, Field<T> value) {
    return map(column.getName(), value);
  }

  TableRebuild map(String column, Field<?> value) {
    Map<String, Field<?>> more = new LinkedHashMap<>(mapped);
    more.put(column.toLowerCase(Locale.ROOT), value);
    return new TableRebuild(table, before, after, more);
  }

  /**
   * Rebuilds the table.
   *
   * @throws botdb.migrations.MigrationException.UnsuitableData if rows have NULL or a value of
   *     another type where the new table allows none, or break a new rule, or if a view or trigger
   *     of the owner needs what is gone
   */
  public void run(Migration.Context context) {
    DSLContext dsl = context.dsl();
    TableChange change =
        new TableChange(table, before.statements(table), after.statements(table), mapped);
    if (context.database().cells(dsl).alter(change, rules -> look(context, rules))) {
      return;
    }
    SchemaObjects found = SchemaObjects.of(dsl);
    TableText actual = found.table(table);
    TableText target =
        new TableMerge(before.table(table), actual, after.table(table)).merged(table);
    boolean sameSchema = before.table(table).says(after.table(table));
    if (target.says(actual) && !(sameSchema && !mapped.isEmpty())) {
      return;
    }
    SchemaProbe probe = SchemaProbe.of(dsl);
    rebuild(dsl, target, RowCopy.of(context, table, actual, mapped), found.of(table));
    probe.refuseNew(dsl, table);
  }

  private void look(Migration.Context context, List<Rule> rules) {
    Preconditions fit = Preconditions.of(context, table);
    rules.forEach(fit::keeps);
    fit.check();
  }

  /** The numbers are those of SQLite's manual. */
  private void rebuild(
      DSLContext dsl, TableText target, RowCopy copy, List<SchemaObject> attached) {
    // 1. Foreign keys are off: the runner switched them before it began the transaction.
    // 2. The transaction is the runner's.
    // 3. The indexes and triggers of the table were remembered.
    // 4. The new table, under a name that nothing refers to.
    Name fresh = DSL.name(NEW + table);
    RawSql.run(dsl, target.createdAs(RawSql.quote(NEW + table)));
    // 5. The rows, once it is known that they fit.
    copy.run(NEW + table);
    // 6. The old table goes; with the keys off, no row of another table goes with it.
    dsl.execute("DROP TABLE {0}", DSL.name(table));
    // 7. The new one gets its name. Views and triggers of others name it, and the way in which
    // SQLite renames today would stop at the first of them.
    dsl.execute("PRAGMA legacy_alter_table = ON");
    dsl.execute("ALTER TABLE {0} RENAME TO {1}", fresh, DSL.name(table));
    dsl.execute("PRAGMA legacy_alter_table = OFF");
    // 8. Indexes and triggers.
    wanted(attached).forEach(object -> RawSql.run(dsl, object.sql()));
    // 9. Views name the table and were not touched.
    // 10., 11. and 12. The runner looks for new violations of keys, commits, and closes the
    // connection on which keys were off.
  }

  /** Those of the owner and those that the snapshot of the next version has. */
  private List<SchemaObject> wanted(List<SchemaObject> attached) {
    List<SchemaObject> wanted = new ArrayList<>();
    for (SchemaObject object : attached) {
      SchemaObject was = find(before.of(table), object);
      SchemaObject becomes = find(after.of(table), object);
      if (was == null && becomes == null) {
        wanted.add(object);
      } else if (becomes != null) {
        wanted.add(was != null && was.says(becomes) ? object : becomes);
      }
    }
    for (SchemaObject object : after.of(table)) {
      if (find(attached, object) == null && find(before.of(table), object) == null) {
        wanted.add(object);
      }
    }
    return wanted;
  }

  private static @Nullable SchemaObject find(List<SchemaObject> objects, SchemaObject wanted) {
    return objects.stream()
        .filter(object -> object.name().equalsIgnoreCase(wanted.name()))
        .findFirst()
        .orElse(null);
  }
}
