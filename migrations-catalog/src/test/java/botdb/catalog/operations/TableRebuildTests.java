package botdb.catalog.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.catalog.TestDatabase;
import botdb.migrations.MigrationException.MigrationFailed;
import botdb.migrations.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableRebuildTests {
  private static final String USERS =
      "CREATE TABLE users (user_id INTEGER PRIMARY KEY, name TEXT);\n";
  private static final String BEFORE =
      USERS
          + """
          CREATE TABLE notes (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              user_id INTEGER REFERENCES users (user_id) ON DELETE CASCADE,
              text TEXT,
              done INTEGER DEFAULT 0
          );
          CREATE INDEX notes_by_user ON notes (user_id);
          CREATE TRIGGER edited AFTER UPDATE OF text ON notes
          BEGIN
              INSERT INTO edits VALUES (old.id);
          END;
          CREATE TABLE edits (note_id INTEGER REFERENCES notes (id) ON DELETE CASCADE);
          CREATE VIEW open_notes AS SELECT text FROM notes WHERE done = 0;
          """;
  private static final String AFTER =
      BEFORE
          .replace("text TEXT,", "text TEXT NOT NULL, -- what was written; never empty")
          .replace(
              "done INTEGER DEFAULT 0\n",
              "done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),\n"
                  + "    size INTEGER AS (length(text)) STORED\n");
  private static final String ROWS =
      """
      INSERT INTO users VALUES (-7, 'a'), (8273645123987, 'b');
      INSERT INTO notes VALUES (3, -7, 'one', 1), (40, 8273645123987, 'two', NULL), (41, -7, 'gone', 0);
      DELETE FROM notes WHERE id = 41;
      INSERT INTO edits VALUES (3), (40);
      """;

  @TempDir private Path folder;

  private static TableRebuild rebuild() {
    return TableRebuild.of("notes", SchemaObjects.ofScript(BEFORE), SchemaObjects.ofScript(AFTER))
        .map("done", DSL.field("coalesce(done, 0)"));
  }

  @Test
  void becomes_the_next_snapshot_and_keeps_rows_children_and_the_highest_number() throws Exception {
    try (TestDatabase database = TestDatabase.of(folder, BEFORE, ROWS)) {
      Operation.run(database, rebuild()::run);
      assertIs(database, AFTER);
      assertThat(database.rows("SELECT * FROM notes"))
          .containsExactly("3|-7|one|1|3", "40|8273645123987|two|0|3");
      assertThat(database.rows("SELECT * FROM edits")).containsExactly("3", "40");
      database.run("INSERT INTO notes (user_id, text) VALUES (-7, 'next')");
      assertThat(database.rows("SELECT max(id) FROM notes")).containsExactly("42");
      assertThat(database.rows("SELECT text FROM open_notes")).containsExactly("two", "next");
      database.run("UPDATE notes SET text = 'edited' WHERE id = 42");
      assertThat(database.rows("SELECT max(note_id) FROM edits")).containsExactly("42");
      assertThat(database.rows("SELECT sql FROM sqlite_schema WHERE name = 'notes'").get(0))
          .contains("-- what was written; never empty");
      database.run("PRAGMA foreign_keys = ON", "DELETE FROM users WHERE user_id = -7");
      assertThat(database.rows("SELECT id FROM notes")).containsExactly("40");
      assertThat(database.rows("SELECT note_id FROM edits")).containsExactly("40");
      assertThat(database.rows("PRAGMA integrity_check")).containsExactly("ok");
    }
  }

  @Test
  void done_twice_is_done_once() throws Exception {
    try (TestDatabase database = TestDatabase.of(folder, BEFORE, ROWS)) {
      Operation.run(database, rebuild()::run);
      var schema = database.rows("SELECT * FROM sqlite_schema WHERE tbl_name NOT LIKE 'migr%'");
      assertThat(Operation.run(database, rebuild()::run).rows()).isZero();
      assertThat(database.rows("SELECT * FROM sqlite_schema WHERE tbl_name NOT LIKE 'migr%'"))
          .isEqualTo(schema);
    }
  }

  @Test
  void keeps_what_the_owner_added_changed_and_removed() throws Exception {
    String owned =
        BEFORE
            .replace(
                "user_id INTEGER REFERENCES users (user_id) ON DELETE CASCADE,",
                "mine TEXT COLLATE NOCASE /* my own, see below */,\n user_id TEXT, -- I use texts\n")
            .replace(
                "done INTEGER DEFAULT 0\n",
                "done INTEGER DEFAULT 0, \"check\" UNIQUE, CHECK (mine <> 'x')\n");
    try (TestDatabase database =
        TestDatabase.of(
            folder,
            owned,
            "CREATE INDEX own_index ON notes (mine) WHERE mine IS NOT NULL",
            "CREATE TRIGGER own_trigger AFTER DELETE ON notes BEGIN SELECT '?; {0}'; END",
            "CREATE VIEW own_view AS SELECT mine FROM open_notes, notes",
            "CREATE TRIGGER elsewhere AFTER INSERT ON users BEGIN INSERT INTO notes (text) VALUES ('w'); END",
            "INSERT INTO notes VALUES (1, 'own', 'u', 'text', 0, 'c')")) {
      var before = names(database);
      Operation.run(database, rebuild()::run);
      assertThat(names(database)).isEqualTo(before);
      assertThat(database.rows("SELECT id, mine, user_id, text, done, \"check\", size FROM notes"))
          .containsExactly("1|own|u|text|0|c|4");
      assertThat(database.rows("SELECT name FROM pragma_table_xinfo('notes')"))
          .containsExactly("id", "mine", "user_id", "text", "done", "check", "size");
      assertThat(database.rows("SELECT sql FROM sqlite_schema WHERE name = 'notes'").get(0))
          .contains(
              "/* my own, see below */",
              "user_id TEXT, -- I use texts\n",
              "never empty\n    done",
              "CHECK (mine <> 'x')",
              "COLLATE NOCASE");
      assertThat(database.rows("SELECT mine FROM own_view")).containsExactly("own");
      assertThat(Operation.run(database, rebuild()::run).rows()).isZero();
    }
  }

  private static java.util.List<String> names(TestDatabase database) throws Exception {
    return database.rows(
        "SELECT type, name FROM sqlite_schema WHERE tbl_name NOT LIKE 'migr%'"
            + " AND name NOT LIKE 'sqlite%' ORDER BY name");
  }

  @Test
  void names_the_rows_that_the_new_table_cannot_take_and_changes_none() throws Exception {
    try (TestDatabase database =
        TestDatabase.of(folder, BEFORE, ROWS, "UPDATE notes SET text = NULL WHERE id = 40")) {
      assertThatThrownBy(() -> Operation.run(database, rebuild()::run))
          .isInstanceOf(MigrationFailed.class)
          .hasMessageContaining("\n  at        notes.text of row id 40: NULL\n")
          .hasMessageContaining("repair these rows of notes, then start again");
      assertThat(database.rows("SELECT count(*) FROM notes")).containsExactly("2");
    }
  }

  @Test
  void keeps_rowids_that_are_no_column() throws Exception {
    String before = "CREATE TABLE notes (a TEXT, rowid_ TEXT);";
    String after = "CREATE TABLE notes (a TEXT NOT NULL, rowid_ TEXT);";
    try (TestDatabase database =
        TestDatabase.of(
            folder,
            before,
            "INSERT INTO notes (rowid, a) VALUES (5, 'x'), (9000000000000000000, 'y')")) {
      Operation.run(database, between(before, after)::run);
      assertThat(database.rows("SELECT rowid, a FROM notes"))
          .containsExactly("5|x", "9000000000000000000|y");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(a TEXT PRIMARY KEY, b) WITHOUT ROWID | (a TEXT PRIMARY KEY, b INTEGER NOT NULL) WITHOUT ROWID",
        "(a TEXT PRIMARY KEY, b) | (a TEXT PRIMARY KEY, b INTEGER) WITHOUT ROWID",
        "(a TEXT, b INTEGER) | (a TEXT, b INTEGER) STRICT",
        "(a TEXT, b INTEGER) STRICT | (a TEXT, b INTEGER CHECK (b < 10)) STRICT",
        "(a TEXT, b INTEGER) STRICT | (a TEXT, b INTEGER, c TEXT AS (a) VIRTUAL) STRICT",
        "(a TEXT, b INTEGER, UNIQUE (a)) | (a TEXT, b INTEGER, UNIQUE (a, b))",
        "(a TEXT, b INTEGER) | ([a] TEXT, `b` INTEGER, \"c d\" TEXT DEFAULT 'x, (y')",
      })
  void rebuilds_tables_of_every_kind(String before, String after) throws Exception {
    String from = "CREATE TABLE notes " + before + ";";
    String to = "CREATE TABLE notes " + after + ";";
    try (TestDatabase database =
        TestDatabase.of(folder, from, "INSERT INTO notes (a, b) VALUES ('x', 1), ('y', 2)")) {
      Operation.run(database, between(from, to)::run);
      assertIs(database, to);
      assertThat(database.rows("SELECT a, b FROM notes ORDER BY a")).containsExactly("x|1", "y|2");
    }
  }

  @Test
  void names_what_a_strict_table_would_not_take() throws Exception {
    String before = "CREATE TABLE notes (a TEXT, b INTEGER, c REAL);";
    String after = "CREATE TABLE notes (a TEXT, b INTEGER, c REAL) STRICT;";
    try (TestDatabase database =
        TestDatabase.of(
            folder,
            before,
            "INSERT INTO notes VALUES ('x', '12', '1.5'), (x'00', 1, 1), ('y', 'no', 'no')")) {
      assertThatThrownBy(() -> Operation.run(database, between(before, after)::run))
          .hasMessageContaining("notes.a of row rowid 2: not TEXT")
          .hasMessageContaining("notes.b of row rowid 3: not INTEGER")
          .hasMessageContaining("notes.c of row rowid 3: not REAL");
      database.run("DELETE FROM notes WHERE rowid > 1");
      Operation.run(database, between(before, after)::run);
      assertThat(database.rows("SELECT a, b, c FROM notes")).containsExactly("x|12|1.5");
    }
  }

  @Test
  void drops_and_renames_columns_and_takes_indexes_of_the_next_snapshot() throws Exception {
    String before =
        "CREATE TABLE notes (a TEXT, b TEXT); CREATE INDEX i ON notes (b); CREATE INDEX j ON notes (a);";
    String after =
        "CREATE TABLE notes (c TEXT); CREATE INDEX j ON notes (c); CREATE INDEX k ON notes (c);";
    try (TestDatabase database =
        TestDatabase.of(folder, before, "INSERT INTO notes VALUES ('x', 'y')")) {
      Operation.run(
          database, between(before, after).map("c", DSL.field(DSL.name("notes", "a")))::run);
      assertIs(database, after);
      assertThat(database.rows("SELECT * FROM notes")).containsExactly("x");
    }
  }

  @Test
  void refuses_to_take_away_what_a_view_of_the_owner_needs() throws Exception {
    String before = "CREATE TABLE notes (a TEXT, b TEXT);";
    String after = "CREATE TABLE notes (a TEXT);";
    try (TestDatabase database =
        TestDatabase.of(folder, before, "CREATE VIEW broken AS SELECT * FROM nowhere")) {
      Operation.run(database, between(before, before).map("a", DSL.field("upper(a)"))::run);
      database.run("DROP VIEW broken", "CREATE VIEW own AS SELECT b FROM notes");
      assertThatThrownBy(() -> Operation.run(database, between(before, after)::run))
          .isInstanceOf(MigrationFailed.class)
          .hasMessageContaining("error in view own")
          .hasMessageContaining("change or drop it, then start again");
      assertThat(database.rows("SELECT b FROM own")).isEmpty();
    }
  }

  @Test
  void refuses_a_required_column_that_nobody_maps_and_one_that_is_there_already() throws Exception {
    String before = "CREATE TABLE notes (a TEXT);";
    try (TestDatabase database = TestDatabase.of(folder, before)) {
      assertThatThrownBy(
              () ->
                  Operation.run(
                      database,
                      between(before, "CREATE TABLE notes (a TEXT, b TEXT NOT NULL);")::run))
          .hasMessageContaining("notes.b is NOT NULL and has no default: map it");
      database.run("ALTER TABLE notes ADD COLUMN b BLOB");
      assertThatThrownBy(
              () ->
                  Operation.run(
                      database, between(before, "CREATE TABLE notes (a TEXT, b TEXT);")::run))
          .hasMessageContaining("notes.b is there already and is another column");
    }
  }

  private static TableRebuild between(String before, String after) {
    return TableRebuild.of("notes", SchemaObjects.ofScript(before), SchemaObjects.ofScript(after));
  }

  private static void assertIs(TestDatabase database, String snapshot) throws Exception {
    try (Connection connection = database.file().openReadOnly()) {
      assertThat(database.file().schema(connection).differencesFrom(Schema.ofScript(snapshot)))
          .isEmpty();
    }
  }
}
