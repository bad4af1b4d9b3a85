package botdb.migrations.sample;

import botdb.migrations.Migration;
import org.jooq.DSLContext;

/**
 * Rebuilds a table that others refer to, to give a column a rule: the order is that of SQLite's
 * manual.
 */
final class Migration007RebuildUsers implements Migration {

  @Override
  public void migrate(Migration.Context context) {
    DSLContext dsl = context.dsl();
    // A view that names the table stops the renaming, and has to be made again.
    dsl.execute("DROP VIEW open_notes_by_name");
    dsl.execute(
        """
        CREATE TABLE users_new (
            user_id INTEGER PRIMARY KEY,
            nickname TEXT CHECK (nickname <> ''),
            history TEXT NOT NULL DEFAULT '[]',
            created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
            language TEXT NOT NULL DEFAULT 'en'
        )
        """);
    dsl.execute(
        """
        INSERT INTO users_new
        SELECT user_id, nullif(nickname, ''), history, coalesce(created_at, CURRENT_TIMESTAMP), language
        FROM users
        """);
    dsl.execute("DROP TABLE users");
    dsl.execute("ALTER TABLE users_new RENAME TO users");
    dsl.execute(
        """
        CREATE VIEW open_notes_by_name AS
        SELECT users.nickname AS name, notes.text
        FROM notes JOIN users ON users.user_id = notes.user_id
        WHERE notes.done = 0
        """);
  }
}
