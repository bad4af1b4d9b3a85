package botdb.catalog.json;

import botdb.migrations.cells.Cells;
import botdb.migrations.cells.Cells.Cell;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What is done with the JSON in a cell, for a database to call back. */
public final class CellJson {
  private CellJson() {}

  /** Says why a cell is no JSON, and where; one of no bytes is taken for NULL. */
  public static Cells.Check fault() {
    return cell -> fault(cell, (text, encoding) -> checkValue(text));
  }

  private static void checkValue(byte[] text) {
    JsonCursor cursor = new JsonCursor(text);
    cursor.value();
    cursor.end();
  }

  static Cells.Change change(JsonChange change) {
    return cell -> {
      try {
        return change.apply(cell.bytes(), encoding(cell));
      } catch (JsonFault e) {
        return null;
      }
    };
  }

  /** Says why a change cannot be made to a cell, and where. */
  static Cells.Check fault(JsonChange change) {
    return cell -> fault(cell, (text, encoding) -> change.apply(cell.bytes(), encoding));
  }

  /** Says why a cell is no JSON array of objects, and where. */
  static Cells.Check fault(JsonDialect dialect) {
    return cell -> fault(cell, (text, encoding) -> scan(text, dialect));
  }

  private static @Nullable String fault(Cell cell, BiConsumer<byte[], CellEncoding> reading) {
    byte[] text = cell.bytes();
    try {
      CellEncoding encoding = encoding(cell);
      text = encoding.scannable(text);
      reading.accept(text, encoding);
      return null;
    } catch (JsonFault e) {
      return e.describe(text);
    }
  }

  private static void scan(byte[] text, JsonDialect dialect) {
    JsonArrayScanner scanner = new JsonArrayScanner(text, "", dialect);
    boolean more = true;
    while (more) {
      more = scanner.next();
    }
  }

  /**
   * Returns how the bytes of a cell are to be read.
   *
   * @throws JsonFault if it is a number
   */
  private static CellEncoding encoding(Cell cell) {
    if (cell.charset() == null) {
      throw new JsonFault("not a JSON array", 0);
    }
    return CellEncoding.of(cell.charset());
  }
}
