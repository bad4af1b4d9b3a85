package botdb.catalog.json;

import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.impl.DSL;

/** What tells the rows of a table apart, as far as messages need it. */
public final class RowKey {
  private RowKey() {}

  /** Returns the column asked for, else the rowid, else what is the key instead of it. */
  public static Name of(DSLContext dsl, String table, String wanted) {
    List<String> columns =
        dsl.resultQuery("SELECT name FROM pragma_table_xinfo(?) ORDER BY pk = 1 DESC", table)
            .fetch(0, String.class);
    if (columns.stream().anyMatch(wanted::equalsIgnoreCase)) {
      return DSL.name(wanted);
    }
    boolean hasRowid =
        dsl.resultQuery("SELECT wr FROM pragma_table_list WHERE name = ? COLLATE NOCASE", table)
            .fetch(0, Integer.class)
            .contains(0);
    return DSL.name(hasRowid ? "rowid" : columns.get(0));
  }
}
