package botdb.catalog.json;

import botdb.migrations.cells.Cells;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Name;

/** Finds the cells that are not the JSON that they should be, and names the first of them. */
final class CellFaults {
  private static final int NAMED = 20;

  private final Cells.Column column;
  private final List<String> places = new ArrayList<>();

  CellFaults(Cells.Column column) {
    this.column = column;
  }

  List<String> find(Cells cells, Cells.Check check, String rowLabel, String rowKey) {
    Name key = cells.key(column.table(), rowKey);
    String label = key.last().equalsIgnoreCase(rowKey) ? rowLabel : "row";
    String where = "%s.%s of %s ".formatted(column.table(), column.name(), label);
    long found = cells.find(column, key, check, (row, fault) -> note(where + row, fault));
    if (found > 1) {
      places.add(found + " in all");
    }
    return places;
  }

  private void note(String where, String fault) {
    if (places.size() < NAMED) {
      places.add(where + ": " + fault);
    }
  }
}
