package botdb.catalog.json;

import botdb.migrations.Migration;
import botdb.migrations.MigrationException.UnsuitableData;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.TableField;

/**
 * A column whose cells are JSON arrays of objects.
 *
 * <p>A rewrite keeps every byte that it does not own. A cell may be text or a blob, in a database
 * of any encoding, in a table of any key; NULL and empty cells stay as they are. Memory is needed
 * for one cell at a time. Triggers of the table do not fire: nobody edited these rows.
 *
 * <pre>{@code
 * JsonColumn.between(v000.USERS.HISTORY, v001.USERS.HISTORY)
 *     .rowsNamed("user", v000.USERS.USER_ID)
 *     .addMember("timestamp", "null", context);
 * }</pre>
 */
public final class JsonColumn {
  private final String table;
  private final String column;
  private final String rowLabel;
  private final String rowKey;

  private JsonColumn(String table, String column, String rowLabel, String rowKey) {
    this.table = table;
    this.column = column;
    this.rowLabel = rowLabel;
    this.rowKey = rowKey;
  }

  /** Returns a column as it is. */
  public static JsonColumn of(TableField<?, ? extends List<?>> field) {
    String table = String.valueOf(field.getTable() == null ? "" : field.getTable().getName());
    return new JsonColumn(table, field.getName(), "row", "");
  }

  /**
   * Returns the column that is the first before a migration and the second after it.
   *
   * @throws IllegalArgumentException if they are not the same column
   */
  public static JsonColumn between(
      TableField<?, ? extends List<?>> before, TableField<?, ? extends List<?>> after) {
    JsonColumn column = of(before);
    JsonColumn result = of(after);
    if (!column.table.equals(result.table) || !column.column.equals(result.column)) {
      throw new IllegalArgumentException(before + " and " + after + " are two columns");
    }
    return column;
  }

  /** Names rows in messages by this column where the table has it, and by their key where not. */
  public JsonColumn rowsNamed(String label, TableField<?, ?> key) {
    return new JsonColumn(table, column, label, key.getName());
  }

  /**
   * Gives every object in every cell a member as its last, unless it has one of that name.
   *
   * @param name the name of the member, in ASCII
   * @param json its value, as JSON in ASCII
   * @throws UnsuitableData if a cell is no JSON array of objects; it names the first twenty rows
   *     and how many there are
   */
  public void addMember(String name, String json, Migration.Context context) {
    MemberAddition addition = new MemberAddition(name, json);
    CellEncoding encoding = CellEncoding.of(context.dsl());
    boolean[] complete = {false};
    SuspendedTriggers.of(context.dsl(), table)
        .during(
            () -> complete[0] = new CellRewrite(context, table, column).run(addition, encoding));
    if (!complete[0]) {
      List<String> faults = faults(context.dsl(), JsonDialect.RFC_8259);
      String which = faults.size() == 1 ? "this " + column : "each such " + column;
      throw new UnsuitableData(faults, "repair or empty " + which + ", then start again");
    }
  }

  /**
   * Looks for cells that are no JSON arrays of objects; writes nothing.
   *
   * @return where and why, for the first twenty, then how many there are in all; empty if all is
   *     well
   */
  public List<String> faults(DSLContext dsl, JsonDialect dialect) {
    CellFaults faults = new CellFaults(CellEncoding.of(dsl), dialect);
    return faults.find(dsl, table, column, rowLabel, rowKey);
  }
}
