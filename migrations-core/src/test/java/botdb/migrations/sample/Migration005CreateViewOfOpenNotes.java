package botdb.migrations.sample;

import botdb.migrations.Migration;
import org.jooq.DSLContext;

/** Creates a view of two tables. */
final class Migration005CreateViewOfOpenNotes implements Migration {

  @Override
  public void migrate(Migration.Context context) {
    DSLContext dsl = context.dsl();
    dsl.execute(
        """
        CREATE VIEW open_notes_by_name AS
        SELECT users.username AS name, notes.text
        FROM notes JOIN users ON users.user_id = notes.user_id
        WHERE notes.done = 0
        """);
  }
}
