package botdb.it.postgres;

import botdb.catalog.operations.Rebuild;

/** Two versions of a table {@code notes}, and rows of the first one. */
final class NotesVersions {
  static final String USERS = "CREATE TABLE users (user_id INTEGER PRIMARY KEY, name TEXT);\n";
  static final String BEFORE =
      USERS
          + """
          CREATE TABLE notes (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              user_id INTEGER REFERENCES users (user_id) ON DELETE CASCADE,
              text TEXT,
              done INTEGER DEFAULT 0
          );
          CREATE INDEX notes_by_user ON notes (user_id);
          CREATE TABLE edits (note_id INTEGER REFERENCES notes (id) ON DELETE CASCADE);
          """;
  static final String AFTER =
      BEFORE
          .replace("text TEXT,", "text TEXT NOT NULL, -- what was written; never empty")
          .replace(
              "done INTEGER DEFAULT 0\n",
              "done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),\n"
                  + "    size INTEGER AS (length(text)) STORED\n");

  static final String[] ROWS = {
    "INSERT INTO users VALUES (-7, 'a'), (8273645123987, 'b')",
    "INSERT INTO notes (user_id, text, done)"
        + " VALUES (-7, 'one', 1), (8273645123987, 'two', NULL), (-7, 'gone', 0)",
    "DELETE FROM notes WHERE id = 3",
    "INSERT INTO edits VALUES (1), (2)"
  };

  private NotesVersions() {}

  static Rebuild rebuild() {
    return Rebuild.between(BEFORE, AFTER).map("done", "coalesce(done, 0)");
  }
}
