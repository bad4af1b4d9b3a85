package botdb.catalog.operations;

import botdb.catalog.operations.TableText.Part;
import botdb.migrations.MigrationException.UnsuitableData;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a table is to become: the change between two snapshots, made to the table that is there.
 *
 * <p>What the snapshots do not change stays as its owner has it, whether he added, changed or
 * removed it.
 */
final class TableMerge {
  private final TableText before;
  private final TableText actual;
  private final TableText after;

  TableMerge(TableText before, TableText actual, TableText after) {
    this.before = before;
    this.actual = actual;
    this.after = after;
  }

  TableText merged(String table) {
    if (actual.says(before)) {
      return after;
    }
    boolean sameOptions = before.options().says(after.options());
    TableText merged =
        TableText.of(
            columns(table), constraints(), sameOptions ? actual.options() : after.options());
    return merged.says(actual) ? actual : merged;
  }

  private List<Part> columns(String table) {
    List<Part> columns = new ArrayList<>();
    for (Part column : after.columns()) {
      Part was = before.column(column.name());
      Part is = actual.column(column.name());
      if (was == null) {
        refuseOther(table, column, is);
        columns.add(column);
      } else if (is != null) {
        // One that the owner removed stays removed.
        columns.add(was.says(column) ? is : column);
      }
    }
    addThoseOfTheOwner(columns);
    return columns;
  }

  /** A column that the migration adds may be there already, as it was after forget. */
  private static void refuseOther(String table, Part column, @Nullable Part is) {
    if (is != null && !is.says(column)) {
      throw taken(table, column.name());
    }
  }

  static UnsuitableData taken(String table, String column) {
    return new UnsuitableData(
        List.of("%s.%s is there already and is another column".formatted(table, column)),
        "rename this column, then start again");
  }

  /** Each behind the column that it stands behind now. */
  private void addThoseOfTheOwner(List<Part> columns) {
    int at = 0;
    for (Part column : actual.columns()) {
      int known = indexOf(columns, column.name());
      if (known >= 0) {
        at = known + 1;
      } else if (before.column(column.name()) == null) {
        columns.add(at++, column);
      }
    }
  }

  private static int indexOf(List<Part> columns, String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    return -1;
  }

  private List<Part> constraints() {
    List<Part> constraints = new ArrayList<>();
    for (Part constraint : after.constraints()) {
      if (!contains(before, constraint) || contains(actual, constraint)) {
        constraints.add(constraint);
      }
    }
    for (Part constraint : actual.constraints()) {
      if (!contains(before, constraint) && !contains(after, constraint)) {
        constraints.add(constraint);
      }
    }
    return constraints;
  }

  private static boolean contains(TableText table, Part constraint) {
    return table.constraints().stream().anyMatch(constraint::says);
  }
}
