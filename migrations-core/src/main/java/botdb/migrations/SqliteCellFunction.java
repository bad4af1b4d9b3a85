package botdb.migrations;

import botdb.migrations.cells.Cells.Cell;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
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
abstract class SqliteCellFunction extends Function {
  private static final int ANY_ARGUMENTS = -1;

  private final Charset encoding;

  SqliteCellFunction(Charset encoding) {
    this.encoding = encoding;
  }

  /** Makes the function known under a name while something runs. */
  final void during(DSLContext dsl, String name, Runnable work) {
    during(dsl, Map.of(name, this), work);
  }

  /** Makes functions known under their names while something runs. */
  static void during(DSLContext dsl, Map<String, Function> functions, Runnable work) {
    MigrationTransaction.trusted(
        dsl,
        connection -> {
          for (Map.Entry<String, Function> function : functions.entrySet()) {
            Function.create(connection, function.getKey(), function.getValue(), ANY_ARGUMENTS, 0);
          }
          try {
            work.run();
          } finally {
            for (String name : functions.keySet()) {
              Function.destroy(connection, name, ANY_ARGUMENTS);
            }
          }
          return true;
        });
  }

  @Override
  protected final void xFunc() throws SQLException {
    call(cell(value_text(0), value_blob(1), encoding));
  }

  abstract void call(Cell cell) throws SQLException;

  /** A blob holds UTF-8 everywhere, as RFC 8259, section 8.1, demands. */
  static Cell cell(String type, byte @Nullable [] bytes, Charset encoding) {
    Charset charset =
        switch (type) {
          case "text" -> encoding;
          case "blob" -> StandardCharsets.UTF_8;
          default -> null;
        };
    return new Cell(bytes == null ? new byte[0] : bytes, charset);
  }
}
