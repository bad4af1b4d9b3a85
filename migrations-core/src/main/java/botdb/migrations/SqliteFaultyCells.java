package botdb.migrations;

import botdb.migrations.cells.Cells;
import java.nio.charset.Charset;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;

/**
 * Moves faulty cells into {@code set_aside}, byte for byte, and leaves an empty array in the place
 * of each.
 *
 * <p>SQLite moves them; the function only says what is wrong with each. So a cell keeps its type
 * and its bytes, also those that no Java string could hold, and memory is needed for one at a time.
 */
final class SqliteFaultyCells extends SqliteCellFunction {
  private static final String FAULT = "botdb_fault(typeof({0}), CAST({0} AS BLOB))";

  private static final String FAULTY = "octet_length({0}) > 0 AND " + FAULT + " IS NOT NULL";

  private final Cells.Check check;

  SqliteFaultyCells(Charset encoding, Cells.Check check) {
    super(encoding);
    this.check = check;
  }

  /** Returns how many there were. */
  long setAside(DSLContext dsl, Cells.Column column, Name key, String migration) {
    QueryPart[] parts = {
      DSL.name(column.name()),
      DSL.name(column.table()),
      key,
      DSL.val(column.table()),
      DSL.val(column.name()),
      DSL.val(key.last()),
      DSL.val(migration)
    };
    long[] moved = {0};
    during(dsl, "botdb_fault", () -> moved[0] = move(dsl, parts));
    return moved[0];
  }

  private static int move(DSLContext dsl, QueryPart[] parts) {
    int moved =
        dsl.execute(
            """
            INSERT INTO set_aside
              (table_name, column_name, key_name, key, reason, migration, cell)
            SELECT {3}, {4}, {5}, {2}, %s, {6}, {0}
            FROM {1}
            WHERE %s
            """
                .formatted(FAULT, FAULTY),
            parts);
    dsl.execute(
        """
        UPDATE {1}
        SET {0} = CASE typeof({0}) WHEN 'blob' THEN x'5b5d' ELSE '[]' END
        WHERE %s
        """
            .formatted(FAULTY),
        parts);
    return moved;
  }

  /** Answers what is wrong with a faulty cell, and NULL for the others. */
  @Override
  void call(Cells.Cell cell) throws SQLException {
    String fault = check.fault(cell);
    if (fault == null) {
      result();
    } else {
      result(fault);
    }
  }
}
