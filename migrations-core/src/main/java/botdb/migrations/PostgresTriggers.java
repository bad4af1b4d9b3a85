package botdb.migrations;

import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.impl.DSL;

/**
 * The triggers of a table that are enabled, switched off one by one while it is rewritten, and
 * switched on again as they were.
 *
 * <p>They belong to the owner and tell him what his users did. All happens inside one transaction,
 * so that nobody else meets a table without them.
 */
final class PostgresTriggers {
  /** How each kind of being enabled is asked for: pg_trigger.tgenabled. */
  private static final Map<String, String> ENABLE =
      Map.of("O", "ENABLE TRIGGER", "R", "ENABLE REPLICA TRIGGER", "A", "ENABLE ALWAYS TRIGGER");

  private record Trigger(Name name, String enable) {}

  private final DSLContext dsl;
  private final Name table;
  private final List<Trigger> triggers;

  private PostgresTriggers(DSLContext dsl, Name table, List<Trigger> triggers) {
    this.dsl = dsl;
    this.table = table;
    this.triggers = triggers;
  }

  /** Finds the triggers of a table. */
  static PostgresTriggers of(DSLContext dsl, String table) {
    List<Trigger> triggers =
        dsl.resultQuery(
                "SELECT tgname::text, tgenabled::text FROM pg_trigger"
                    + " WHERE tgrelid = to_regclass(quote_ident({0}))"
                    + " AND NOT tgisinternal AND tgenabled <> 'D' ORDER BY tgname",
                DSL.val(table))
            .fetch(
                row ->
                    new Trigger(
                        DSL.name(row.get(0, String.class)), ENABLE.get(row.get(1, String.class))));
    return new PostgresTriggers(dsl, DSL.name(table), triggers);
  }

  /** Switches them off, does the work, switches them on. */
  void during(Runnable work) {
    for (Trigger trigger : triggers) {
      dsl.execute("ALTER TABLE {0} DISABLE TRIGGER {1}", table, trigger.name);
    }
    work.run();
    for (Trigger trigger : triggers) {
      dsl.execute("ALTER TABLE {0} " + trigger.enable + " {1}", table, trigger.name);
    }
  }
}
