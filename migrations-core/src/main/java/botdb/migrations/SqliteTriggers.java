package botdb.migrations;

import java.util.List;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/**
 * The triggers of a table, taken away while a migration rewrites it and put back word for word.
 *
 * <p>They belong to the owner and tell him what his users did. SQLite can switch triggers off only
 * through its C interface, which the driver does not pass on. All happens inside the transaction of
 * the migration.
 */
final class SqliteTriggers {
  private record Trigger(String name, String sql) {}

  private final DSLContext dsl;
  private final List<Trigger> triggers;

  private SqliteTriggers(DSLContext dsl, List<Trigger> triggers) {
    this.dsl = dsl;
    this.triggers = triggers;
  }

  /** Finds the triggers of a table. */
  static SqliteTriggers of(DSLContext dsl, String table) {
    List<Trigger> triggers =
        dsl.resultQuery(
                "SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger'"
                    + " AND lower(tbl_name) = lower(?) ORDER BY rowid",
                table)
            .fetch(row -> new Trigger(row.get(0, String.class), row.get(1, String.class)));
    return new SqliteTriggers(dsl, triggers);
  }

  /** Takes them away, does the work, puts them back. */
  void during(Runnable work) {
    for (Trigger trigger : triggers) {
      dsl.execute("DROP TRIGGER {0}", DSL.name(trigger.name));
    }
    work.run();
    for (Trigger trigger : triggers) {
      // Not through jOOQ, which would look for parameters in somebody else's text.
      dsl.connection(
          connection -> {
            try (var statement = connection.createStatement()) {
              statement.execute(trigger.sql);
            }
          });
    }
  }
}
