package botdb.catalog.json;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Finds the cells that are not the JSON that they should be, and names the first of them. */
final class CellFaults extends CellFunction {
  private static final int NAMED = 20;

  private final BiFunction<String, byte[], @Nullable String> check;
  private final List<String> places = new ArrayList<>();
  private String where = "";

  CellFaults(CellEncoding encoding, JsonDialect dialect) {
    super(encoding);
    this.check = (type, cell) -> fault(type, cell, dialect);
  }

  CellFaults(CellEncoding encoding, JsonChange change) {
    super(encoding);
    this.check = (type, cell) -> fault(type, cell, change);
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
    String fault = check.apply(type, cell);
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
