package botdb.migrations;

import java.util.List;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** The number by which SQLite finds a row: https://sqlite.org/lang_createtable.html#rowid. */
final class SqliteRowid {
  private SqliteRowid() {}

  /** Returns by which name a table lets it be read; null if it has none, or hides it. */
  static @Nullable Name of(DSLContext dsl, String table) {
    boolean hasRowid =
        dsl.resultQuery("SELECT wr FROM pragma_table_list WHERE name = ? COLLATE NOCASE", table)
            .fetch(0, Integer.class)
            .contains(0);
    List<String> columns =
        dsl.resultQuery("SELECT lower(name) FROM pragma_table_xinfo(?)", table)
            .fetch(0, String.class);
    for (String name : List.of("rowid", "_rowid_", "oid")) {
      if (hasRowid && !columns.contains(name)) {
        return DSL.name(name);
      }
    }
    return null;
  }
}
