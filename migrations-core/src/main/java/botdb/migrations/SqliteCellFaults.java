package botdb.migrations;

import botdb.migrations.cells.Cells;
import java.nio.charset.Charset;
import java.sql.SQLException;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.impl.DSL;

/** Finds the cells that are not as they should be. */
final class SqliteCellFaults extends SqliteCellFunction {
  private final Cells.Check check;
  private final Cells.Finding finding;

  SqliteCellFaults(Charset encoding, Cells.Check check, Cells.Finding finding) {
    super(encoding);
    this.check = check;
    this.finding = finding;
  }

  long find(DSLContext dsl, Cells.Column column, Name key) {
    long[] found = {0};
    during(
        dsl,
        "botdb_fault",
        () ->
            found[0] =
                dsl.fetchSingle(
                        """
                        SELECT count(botdb_fault(typeof({0}), CAST({0} AS BLOB), {1}))
                        FROM {2}
                        WHERE octet_length({0}) > 0
                        """,
                        DSL.name(column.name()), key, DSL.name(column.table()))
                    .get(0, Long.class));
    return found[0];
  }

  /** Answers 1 for a faulty cell and NULL for the others, so that SQL can count. */
  @Override
  void call(Cells.Cell cell) throws SQLException {
    String fault = check.fault(cell);
    if (fault == null) {
      result();
      return;
    }
    finding.found(value_text(2), fault);
    result(1);
  }
}
