package botdb.migrations.sample;

import botdb.migrations.Migration;
import org.jooq.DSLContext;

/** Creates an index, and one of some rows only. */
final class Migration003IndexNotes implements Migration {

  @Override
  public void migrate(Migration.Context context) {
    DSLContext dsl = context.dsl();
    dsl.createUniqueIndex("notes_by_text").on("notes", "user_id", "text").execute();
    dsl.execute("CREATE INDEX open_notes ON notes (user_id) WHERE done = 0");
  }
}
