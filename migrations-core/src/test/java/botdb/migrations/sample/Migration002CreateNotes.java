package botdb.migrations.sample;

import botdb.migrations.Migration;
import org.jooq.DSLContext;

/** Creates a table whose rows go with those of another, and whose numbers are never used again. */
final class Migration002CreateNotes implements Migration {

  @Override
  public void migrate(Migration.Context context) {
    DSLContext dsl = context.dsl();
    dsl.execute(
        """
        CREATE TABLE notes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            user_id INTEGER NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
            text TEXT NOT NULL,
            done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1))
        )
        """);
  }
}
