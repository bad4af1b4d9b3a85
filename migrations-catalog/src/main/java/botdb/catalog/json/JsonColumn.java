package botdb.catalog.json;

import botdb.catalog.setaside.SetAsideTable;
import botdb.migrations.Migration;
import botdb.migrations.MigrationException.UnsuitableData;
import botdb.migrations.cells.Cells;
import botdb.migrations.cells.Cells.Column;
import java.util.List;
import org.jooq.Name;
import org.jooq.TableField;

/**
 * A column whose cells are JSON, such as the arrays of objects that histories are.
 *
 * <p>A rewrite keeps every byte that it does not own. A cell may be text or a blob, in a database
 * of any encoding, in a table of any key; NULL and empty cells stay as they are. Memory is needed
 * for some cells at a time, one in a file. Triggers of the table do not fire: nobody edited these
 * rows.
 *
 * <pre>{@code
 * JsonColumn.between(v000.USERS.HISTORY, v001.USERS.HISTORY)
 *     .rowsNamed("user", v000.USERS.USER_ID)
 *     .add(new MemberAddition("timestamp", "null"), context);
 * }</pre>
 */
public final class JsonColumn {
  private final Column column;
  private final String rowLabel;
  private final String rowKey;

  private JsonColumn(Column column, String rowLabel, String rowKey) {
    this.column = column;
    this.rowLabel = rowLabel;
    this.rowKey = rowKey;
  }

  /** Returns a column as it is. */
  public static JsonColumn of(TableField<?, ?> field) {
    String table = String.valueOf(field.getTable() == null ? "" : field.getTable().getName());
    return new JsonColumn(new Column(table, field.getName()), "row", "");
  }

  /**
   * Returns the column that is the first before a migration and the second after it.
   *
   * @throws IllegalArgumentException if they are not the same column
   */
  public static JsonColumn between(TableField<?, ?> before, TableField<?, ?> after) {
    JsonColumn column = of(before);
    JsonColumn result = of(after);
    if (!column.column.equals(result.column)) {
      throw new IllegalArgumentException(before + " and " + after + " are two columns");
    }
    return column;
  }

  /** Names rows in messages by this column where the table has it, and by their key where not. */
  public JsonColumn rowsNamed(String label, TableField<?, ?> key) {
    return new JsonColumn(column, label, key.getName());
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
    Cells cells = context.database().cells(context.dsl());
    boolean[] complete = {false};
    cells.withoutTriggers(
        column.table(),
        () -> {
          complete[0] = cells.rewrite(column, CellJson.change(change), context::progress);
          if (!complete[0] && context.dirtyData() == Migration.DirtyData.SET_ASIDE) {
            context.reportSetAside(setAside(cells, context.name()));
            complete[0] = cells.rewrite(column, CellJson.change(change), context::progress);
          }
        });
    if (!complete[0]) {
      throw unsuitable(
          new CellFaults(column).find(cells, CellJson.fault(change), rowLabel, rowKey));
    }
  }

  private long setAside(Cells cells, String migration) {
    SetAsideTable.createIfAbsent(cells);
    Name key = cells.key(column.table(), rowKey);
    return cells.setAside(column, key, migration, CellJson.fault(JsonDialect.RFC_8259));
  }

  private UnsuitableData unsuitable(List<String> faults) {
    boolean one = faults.size() == 1;
    return new UnsuitableData(
        faults,
        "repair or empty %s, then start again, or run migrate --set-aside, which keeps %s"
            .formatted(
                (one ? "this " : "each such ") + column.name(),
                one ? "it in a table of its own" : "them in a table of their own"));
  }

  /**
   * Looks for cells that are no JSON arrays of objects; writes nothing.
   *
   * @return where and why, for the first twenty, then how many there are in all; empty if all is
   *     well
   */
  public List<String> faults(Cells cells, JsonDialect dialect) {
    return new CellFaults(column).find(cells, CellJson.fault(dialect), rowLabel, rowKey);
  }
}
