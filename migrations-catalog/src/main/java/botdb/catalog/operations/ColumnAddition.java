package botdb.catalog.operations;

import botdb.catalog.operations.TableText.Part;
import botdb.migrations.Migration;
import botdb.migrations.cells.Cells;
import java.util.Locale;
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
  private final Part column;

  private ColumnAddition(String table, Part column) {
    this.table = table;
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
    Part column = SchemaObjects.ofSnapshot(table).table(table.getName()).column(field.getName());
    if (column == null) {
      throw new IllegalArgumentException("the snapshot has no column " + field);
    }
    boolean isRequired = String.join(" ", column.words()).contains("not null");
    if (isRequired && !column.words().contains("default") && !column.words().contains("as")) {
      throw Mistake.of(
          "%s.%s is NOT NULL and has no default: give it one, or rebuild the table and map it"
              .formatted(table.getName(), field.getName()));
    }
    return new ColumnAddition(table.getName(), column);
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
    String definition = cells.definition(table);
    Part there = definition == null ? null : TableText.parse(definition).column(column.name());
    if (there != null && !there.says(column)) {
      throw TableMerge.taken(table, column.name());
    }
  }
}
