package botdb.migrations.sample;

import botdb.migrations.Migration;
import org.jooq.DSLContext;

/** Moves data from one table to another, which has no rowid. */
final class Migration009MoveLanguageToSettings implements Migration {

  @Override
  public void migrate(Migration.Context context) {
    DSLContext dsl = context.dsl();
    dsl.execute(
        """
        CREATE TABLE settings (
            user_id INTEGER NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
            name TEXT NOT NULL COLLATE NOCASE,
            value TEXT NOT NULL,
            PRIMARY KEY (user_id, name)
        ) STRICT, WITHOUT ROWID
        """);
    dsl.execute("INSERT INTO settings SELECT user_id, 'language', language FROM users");
  }
}
