package botdb.catalog.json;

import botdb.migrations.Migration;
import botdb.migrations.MigrationException.UnsuitableData;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.TableField;

/**
 * A column whose cells are JSON, such as the arrays of objects that histories are.
 *
 * <p>A rewrite keeps every byte that it does not own. A cell may be text or a blob, in a database
 * of any encoding, in a table of any key; NULL and empty cells stay as they are. Memory is needed
 * for one cell at a time. Triggers of the table do not fire: nobody edited these rows.
 *
 * <pre>{@code
 * JsonColumn.between(v000.USERS.HISTORY, v001.USERS.HISTORY)
 *     .rowsNamed("user", v000.USERS.USER_ID)
 *     .add(new MemberAddition("timestamp", "null"), context);
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
  public static JsonColumn of(TableField<?, ?> field) {
    String table = String.valueOf(field.getTable() == null ? "" : field.getTable().getName());
    return new JsonColumn(table, field.getName(), "row", "");
  }

  /**
   * Returns the column that is the first before a migration and the second after it.
   *
   * @throws IllegalArgumentException if they are not the same column
   */
  public static JsonColumn between(TableField<?, ?> before, TableField<?, ?> after) {
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
   * @throws UnsuitableData as {@link #change} does
   */
  public void add(MemberAddition member, Migration.Context context) {
    change(member, context);
  }

  /**
   * Makes a change to every cell.
   *
   * <p>Where the owner wants dirty data set aside, cells that are no JSON arrays of objects are
   * moved into the table {@code set_aside} first, byte for byte, and an empty array takes the place
   * of each.
   *
   * @throws UnsuitableData if the change cannot be made to a cell, and it is not to be set aside;
   *     it names the first twenty rows and how many there are
   */
  public void change(JsonChange change, Migration.Context context) {
    CellEncoding encoding = CellEncoding.of(context.dsl());
    CellRewrite rewrite = new CellRewrite(context, table, column);
    boolean[] complete = {false};
    SuspendedTriggers.of(context.dsl(), table)
        .during(
            () -> {
              complete[0] = rewrite.run(change, encoding);
              if (!complete[0] && context.dirtyData() == Migration.DirtyData.SET_ASIDE) {
                FaultyCells faulty = new FaultyCells(encoding);
                context.reportSetAside(faulty.setAside(context, table, column, rowKey));
                complete[0] = rewrite.run(change, encoding);
              }
            });
    if (!complete[0]) {
      CellFaults faults = new CellFaults(encoding, change);
      throw unsuitable(faults.find(context.dsl(), table, column, rowLabel, rowKey));
    }
  }

  private UnsuitableData unsuitable(List<String> faults) {
    boolean one = faults.size() == 1;
    return new UnsuitableData(
        faults,
        "repair or empty %s, then start again, or run migrate --set-aside, which keeps %s"
            .formatted(
                (one ? "this " : "each such ") + column,
                one ? "it in a table of its own" : "them in a table of their own"));
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
