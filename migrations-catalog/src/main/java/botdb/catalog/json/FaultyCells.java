package botdb.catalog.json;

import botdb.catalog.setaside.SetAsideTable;
import botdb.migrations.Migration;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;

/**
 * Moves the cells that are no JSON arrays of objects into {@code set_aside}, byte for byte, and
 * leaves an empty array in the place of each.
 *
 * <p>SQLite moves them; the function only says what is wrong with each. So a cell keeps its type
 * and its bytes, also those that no Java string could hold, and memory is needed for one at a time.
 */
final class FaultyCells extends CellFunction {
  private static final String FAULT = "botdb_fault(typeof({0}), CAST({0} AS BLOB))";

  private static final String FAULTY = "octet_length({0}) > 0 AND " + FAULT + " IS NOT NULL";

  FaultyCells(CellEncoding encoding) {
    super(encoding);
  }

  /** Returns how many there were. */
  long setAside(Migration.Context context, String table, String column, String rowKey) {
    DSLContext dsl = context.dsl();
    dsl.connection(SetAsideTable::createIfAbsent);
    Name key = RowKey.of(dsl, table, rowKey);
    QueryPart[] parts = {
      DSL.name(column),
      DSL.name(table),
      key,
      DSL.val(table),
      DSL.val(column),
      DSL.val(key.last()),
      DSL.val(context.name())
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
  void call(String type, byte[] cell) throws SQLException {
    String fault = fault(type, cell, JsonDialect.RFC_8259);
    if (fault == null) {
      result();
    } else {
      result(fault);
    }
  }
}
