package botdb.catalog.operations;

import botdb.catalog.operations.TableText.Part;
import botdb.migrations.Migration;
import botdb.migrations.cells.Cells;
import botdb.migrations.cells.Cells.TableChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jooq.TableField;

/**
 * Adds a column as the snapshot of its version says it.
 *
 * <p>Where it is there already, as after {@code forget}, nothing is done.
 *
 * <pre>{@code
 * ColumnAddition.of(V002.USERS.LANGUAGE).run(context);
 * }</pre>
 */
public final class ColumnAddition {
  private final String table;
  private final List<Part> before;
  private final Part column;

  private ColumnAddition(String table, List<Part> before, Part column) {
    this.table = table;
    this.before = before;
    this.column = column;
  }

  /**
   * Reads the column in the snapshot.
   *
   * @throws botdb.migrations.MigrationException.UnsuitableData if it is NOT NULL and has no
   *     default, also where there are no rows yet that would have nothing to put there
   */
  public static ColumnAddition of(TableField<?, ?> field) {
    var table = java.util.Objects.requireNonNull(field.getTable());
    TableText snapshot = SchemaObjects.ofSnapshot(table).table(table.getName());
    Part column = snapshot.column(field.getName());
    if (column == null) {
      throw new IllegalArgumentException("the snapshot has no column " + field);
    }
    boolean isRequired = String.join(" ", column.words()).contains("not null");
    if (isRequired && !column.words().contains("default") && !column.words().contains("as")) {
      throw Mistake.of(
          "%s.%s is NOT NULL and has no default: give it one, or rebuild the table and map it"
              .formatted(table.getName(), field.getName()));
    }
    List<Part> columns = snapshot.columns();
    return new ColumnAddition(table.getName(), columns.subList(0, columns.indexOf(column)), column);
  }

  /**
   * Adds the column.
   *
   * @throws botdb.migrations.MigrationException.UnsuitableData if the owner has another column of
   *     that name
   */
  public void run(Migration.Context context) {
    Cells cells = context.database().cells(context.dsl());
    if (!cells.columns(table).contains(column.name().toLowerCase(Locale.ROOT))) {
      cells.addColumn(table, column.core());
      return;
    }
    if (!cells.alter(addition(), rules -> refuse())) {
      Part there = SchemaObjects.of(context.dsl()).table(table).column(column.name());
      if (there == null || !there.says(column)) {
        refuse();
      }
    }
  }

  /** For a server to compare; if there is anything left to do, the column is another one. */
  private TableChange addition() {
    List<Part> after = new ArrayList<>(before);
    after.add(column);
    return new TableChange(table, created(before), created(after), Map.of());
  }

  private List<String> created(List<Part> columns) {
    Part noOptions = new Part(List.of(), "", "", "");
    return List.of(TableText.of(columns, List.of(), noOptions).createdAs(RawSql.quote(table)));
  }

  private void refuse() {
    throw TableMerge.taken(table, column.name());
  }
}
