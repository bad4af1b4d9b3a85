package botdb.catalog.setaside;

import botdb.migrations.Database;
import botdb.migrations.MigrationException;
import botdb.migrations.cells.Cells;
import java.util.List;

/**
 * The table {@code set_aside}.
 *
 * <p>The columns without a type keep what is put into them: text stays text, a blob a blob, a
 * number a number. The cell comes last, so that reading the others does not mean reading past it.
 * An id is never given twice.
 */
public final class SetAsideTable {
  private static final String NAME = "set_aside";

  private static final List<String> COLUMNS =
      List.of(
          "id",
          "table_name",
          "column_name",
          "key_name",
          "key",
          "reason",
          "migration",
          "set_aside_at",
          "cell");

  private SetAsideTable() {}

  /**
   * Creates the table where there is none.
   *
   * @throws MigrationException.UnsuitableData if the name belongs to something else
   */
  public static void createIfAbsent(Cells cells) {
    List<String> columns = cells.columns(NAME);
    if (columns.isEmpty()) {
      cells.createSetAside();
    } else if (!columns.equals(COLUMNS)) {
      throw new MigrationException.UnsuitableData(
          List.of("set_aside is in use already, with other columns than this program gives it"),
          "rename what is named set_aside, then start again");
    }
  }

  /** Returns whether there is such a table, as this program makes it. */
  public static boolean exists(Cells cells) {
    return cells.columns(NAME).equals(COLUMNS);
  }

  /**
   * Counts what lies there; 0 where there is no such table. Writes nothing.
   *
   * @throws MigrationException if the database is not there or cannot be read
   */
  public static long count(Database database) {
    // Names a column, so that a table of somebody else's does not count.
    return database.count(NAME, "set_aside_at");
  }
}
