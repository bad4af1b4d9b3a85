package botdb.migrations;

import botdb.migrations.cells.Cells;
import java.nio.charset.Charset;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** Rewrites the cells of a column in one statement, which calls back for each of them. */
final class SqliteCellRewrite extends SqliteCellFunction {
  /** The forms of an empty cell are not touched; octet_length tells without reading the cell. */
  private static final String NOT_EMPTY =
      "(octet_length({1}) > 4 OR (octet_length({1}) > 0 AND {1} <> '[]'))";

  private static final String UPDATE =
      """
      UPDATE {0}
      SET {1} = CASE typeof({1})
        WHEN 'text' THEN CAST(botdb_rewrite('text', CAST({1} AS BLOB)) AS TEXT)
        ELSE botdb_rewrite(typeof({1}), CAST({1} AS BLOB))
      END
      WHERE\s"""
          + NOT_EMPTY;

  private final Cells.Change change;
  private final Cells.Progress progress;
  private long total;
  private long done;
  private boolean faulty;

  SqliteCellRewrite(Charset encoding, Cells.Change change, Cells.Progress progress) {
    super(encoding);
    this.change = change;
    this.progress = progress;
  }

  /** Returns whether it went through; if a cell is faulty, no row is changed. */
  boolean run(DSLContext dsl, Cells.Column column) {
    Name table = DSL.name(column.table());
    Name name = DSL.name(column.name());
    Object counted = dsl.fetchValue("SELECT count(*) FROM {0} WHERE " + NOT_EMPTY, table, name);
    total = counted instanceof Number number ? number.longValue() : 0;
    try {
      during(dsl, "botdb_rewrite", () -> dsl.execute(UPDATE, table, name));
    } catch (DataAccessException e) {
      if (faulty) {
        return false;
      }
      throw e;
    }
    return true;
  }

  @Override
  void call(Cells.Cell cell) throws SQLException {
    byte[] changed = change.apply(cell);
    if (changed == null) {
      // Ends the statement, which undoes itself; which cells are faulty is asked for afterwards.
      faulty = true;
      error("faulty cell");
      return;
    }
    result(changed);
    progress.made(++done, total);
  }
}
