package botdb.migrations.sample;

import botdb.migrations.Migration;
import org.jooq.DSLContext;

/** Rebuilds a table with indexes, a trigger, and numbers that are never used again. */
final class Migration008RebuildNotes implements Migration {

  @Override
  public void migrate(Migration.Context context) {
    DSLContext dsl = context.dsl();
    dsl.execute("DROP VIEW open_notes_by_name");
    createNewTable(dsl);
    dsl.execute(
        """
        INSERT INTO notes_new (id, user_id, text, done, priority)
        SELECT id, user_id, text, done, iif(done = 1, 0, 5) FROM notes
        """);
    keepHighestNumber(dsl);
    dsl.execute("DROP TABLE notes");
    dsl.execute("ALTER TABLE notes_new RENAME TO notes");
    createTheRestAgain(dsl);
  }

  private static void createNewTable(DSLContext dsl) {
    dsl.execute(
        """
        CREATE TABLE notes_new (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            user_id INTEGER NOT NULL REFERENCES users (user_id) ON DELETE CASCADE,
            text TEXT NOT NULL,
            done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
            priority INTEGER NOT NULL
        )
        """);
  }

  private static void keepHighestNumber(DSLContext dsl) {
    dsl.execute("DELETE FROM sqlite_sequence WHERE name = 'notes_new'");
    dsl.execute(
        """
        INSERT INTO sqlite_sequence (name, seq)
        SELECT 'notes_new', seq FROM sqlite_sequence WHERE name = 'notes'
        """);
  }

  private static void createTheRestAgain(DSLContext dsl) {
    dsl.execute("CREATE UNIQUE INDEX notes_by_text ON notes (user_id, text)");
    dsl.execute("CREATE INDEX open_notes ON notes (user_id) WHERE done = 0");
    dsl.execute(
        """
        CREATE TRIGGER record_edit AFTER UPDATE OF text ON notes
        BEGIN
            INSERT INTO edits VALUES (old.id, old.text);
        END
        """);
    dsl.execute(
        """
        CREATE VIEW open_notes_by_name AS
        SELECT users.nickname AS name, notes.text
        FROM notes JOIN users ON users.user_id = notes.user_id
        WHERE notes.done = 0
        """);
  }
}
