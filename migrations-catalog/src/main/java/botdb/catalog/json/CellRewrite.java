package botdb.catalog.json;

import botdb.migrations.Migration;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/** Rewrites the cells of a column in one statement, which calls back for each of them. */
final class CellRewrite {
  /** The forms of an empty cell are not touched; octet_length tells without reading the cell. */
  private static final String NOT_EMPTY =
      "(octet_length({1}) > 4 OR (octet_length({1}) > 0 AND {1} <> '[]'))";

  private final Migration.Context context;
  private final Name table;
  private final Name column;

  CellRewrite(Migration.Context context, String table, String column) {
    this.context = context;
    this.table = DSL.name(table);
    this.column = DSL.name(column);
  }

  /** Returns whether it went through; if a cell is faulty, no row is changed. */
  boolean run(JsonChange change, CellEncoding encoding) {
    DSLContext dsl = context.dsl();
    Object counted = dsl.fetchValue("SELECT count(*) FROM {0} WHERE " + NOT_EMPTY, table, column);
    long total = counted instanceof Number number ? number.longValue() : 0;
    Rewriting rewriting = new Rewriting(change, encoding, total);
    try {
      rewriting.during(
          dsl,
          "botdb_rewrite",
          () ->
              dsl.execute(
                  """
                  UPDATE {0}
                  SET {1} = CASE typeof({1})
                    WHEN 'text' THEN CAST(botdb_rewrite('text', CAST({1} AS BLOB)) AS TEXT)
                    ELSE botdb_rewrite(typeof({1}), CAST({1} AS BLOB))
                  END
                  WHERE\s"""
                      + NOT_EMPTY,
                  table,
                  column));
    } catch (DataAccessException e) {
      if (rewriting.faulty) {
        return false;
      }
      throw e;
    }
    return true;
  }

  private final class Rewriting extends CellFunction {
    private final JsonChange change;
    private final long total;
    private long done;
    private boolean faulty;

    Rewriting(JsonChange change, CellEncoding encoding, long total) {
      super(encoding);
      this.change = change;
      this.total = total;
    }

    @Override
    void call(String type, byte[] cell) throws SQLException {
      try {
        result(change.apply(cell, encoding(type)));
      } catch (JsonFault e) {
        // Ends the statement, which undoes itself; which cells are faulty is asked for afterwards.
        faulty = true;
        error("faulty cell");
        return;
      }
      context.progress(++done, total);
    }
  }
}
