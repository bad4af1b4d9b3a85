package botdb.catalog.json;

import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;

/**
 * A function over the cells of a column, for SQL to call: {@code f(typeof(cell), CAST(cell AS
 * BLOB))}.
 *
 * <p>The cast hands over the bytes of a text as they lie in the database. Through a Java string
 * they would be decoded and encoded again, which costs four times as much and does not keep every
 * byte.
 */
abstract class CellFunction extends Function {
  private static final int ANY_ARGUMENTS = -1;

  private final CellEncoding encoding;

  CellFunction(CellEncoding encoding) {
    this.encoding = encoding;
  }

  /** Makes the function known under a name while something runs. */
  final void during(DSLContext dsl, String name, Runnable work) {
    dsl.connection(connection -> Function.create(connection, name, this, ANY_ARGUMENTS, 0));
    try {
      work.run();
    } finally {
      dsl.connection(connection -> Function.destroy(connection, name, ANY_ARGUMENTS));
    }
  }

  @Override
  protected final void xFunc() throws SQLException {
    String type = value_text(0);
    byte[] cell = value_blob(1);
    call(type, cell == null ? new byte[0] : cell);
  }

  abstract void call(String type, byte[] cell) throws SQLException;

  /** Says why a change cannot be made to a cell, and where; null if it can. */
  final @Nullable String fault(String type, byte[] cell, JsonChange change) {
    byte[] text = cell;
    try {
      text = encoding(type).scannable(cell);
      change.apply(cell, encoding(type));
      return null;
    } catch (JsonFault e) {
      return e.describe(text);
    }
  }

  /** Says why a cell is no JSON array of objects, and where; null if it is one. */
  final @Nullable String fault(String type, byte[] cell, JsonDialect dialect) {
    byte[] text = cell;
    try {
      text = encoding(type).scannable(cell);
      JsonArrayScanner scanner = new JsonArrayScanner(text, "", dialect);
      boolean more = true;
      while (more) {
        more = scanner.next();
      }
      return null;
    } catch (JsonFault e) {
      return e.describe(text);
    }
  }

  /**
   * Returns how the bytes of a cell of this type are to be read.
   *
   * @throws JsonFault if it is a number
   */
  final CellEncoding encoding(String type) {
    return switch (type) {
      case "text" -> encoding;
      case "blob" -> CellEncoding.UTF_8;
      default -> throw new JsonFault("not a JSON array", 0);
    };
  }
}
