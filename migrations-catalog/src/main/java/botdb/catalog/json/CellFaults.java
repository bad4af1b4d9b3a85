package botdb.catalog.json;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.impl.DSL;

/** Finds the cells that are no JSON arrays of objects, and names the first of them. */
final class CellFaults extends CellFunction {
  private static final int NAMED = 20;

  private final JsonDialect dialect;
  private final List<String> places = new ArrayList<>();
  private String where = "";

  CellFaults(CellEncoding encoding, JsonDialect dialect) {
    super(encoding);
    this.dialect = dialect;
  }

  List<String> find(DSLContext dsl, String table, String column, String rowLabel, String rowKey) {
    Name key = RowKey.of(dsl, table, rowKey);
    String label = key.last().equalsIgnoreCase(rowKey) ? rowLabel : "row";
    where = "%s.%s of %s ".formatted(table, column, label);
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
                        DSL.name(column), key, DSL.name(table))
                    .get(0, Long.class));
    if (found[0] > 1) {
      places.add(found[0] + " in all");
    }
    return places;
  }

  /** Answers 1 for a faulty cell and NULL for the others, so that SQL can count. */
  @Override
  void call(String type, byte[] cell) throws SQLException {
    String fault = fault(type, cell, dialect);
    if (fault == null) {
      result();
      return;
    }
    if (places.size() < NAMED) {
      places.add(where + value_text(2) + ": " + fault);
    }
    result(1);
  }
}
