package botdb.migrations.sample;

import botdb.migrations.Migration;
import org.jooq.DSLContext;

/** Creates a trigger and the table that it fills. */
final class Migration004RecordEditsOfNotes implements Migration {

  @Override
  public void migrate(Migration.Context context) {
    DSLContext dsl = context.dsl();
    dsl.execute("CREATE TABLE edits (note_id INTEGER NOT NULL, before TEXT)");
    dsl.execute(
        """
        CREATE TRIGGER record_edit AFTER UPDATE OF text ON notes
        BEGIN
            INSERT INTO edits VALUES (old.id, old.text);
        END
        """);
  }
}
