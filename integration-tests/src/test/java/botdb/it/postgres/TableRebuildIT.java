package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.catalog.operations.Rebuild;
import botdb.migrations.MigrationException.MigrationFailed;
import botdb.migrations.Rehearsal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a server a table is changed where it stands, into what a file's would become. */
class TableRebuildIT {
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
          CREATE TABLE edits (note_id INTEGER REFERENCES notes (id) ON DELETE CASCADE);
          """;
  private static final String AFTER =
      BEFORE
          .replace("text TEXT,", "text TEXT NOT NULL, -- what was written; never empty")
          .replace(
              "done INTEGER DEFAULT 0\n",
              "done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),\n"
                  + "    size INTEGER AS (length(text)) STORED\n");
  private static final String[] ROWS = {
    "INSERT INTO users VALUES (-7, 'a'), (8273645123987, 'b')",
    "INSERT INTO notes (user_id, text, done)"
        + " VALUES (-7, 'one', 1), (8273645123987, 'two', NULL), (-7, 'gone', 0)",
    "DELETE FROM notes WHERE id = 3",
    "INSERT INTO edits VALUES (1), (2)"
  };

  private static Rebuild rebuild() {
    return Rebuild.between(BEFORE, AFTER).map("done", "coalesce(done, 0)");
  }

  @Test
  void becomes_the_next_snapshot_and_keeps_rows_children_and_the_highest_number() throws Exception {
    Notes notes = Notes.of(BEFORE, ROWS);
    assertThat(notes.migrate(rebuild()).rows()).isEqualTo(2);
    assertIsAs(notes, AFTER);
    assertThat(notes.query("SELECT id, user_id, text, done, size FROM notes ORDER BY id"))
        .containsExactly("1|-7|one|1|3", "2|8273645123987|two|0|3");
    assertThat(notes.query("SELECT * FROM edits ORDER BY 1")).containsExactly("1", "2");
    notes.address().execute("INSERT INTO notes (user_id, text) VALUES (-7, 'next')");
    assertThat(notes.query("SELECT max(id) FROM notes")).containsExactly("4");
    notes.address().execute("DELETE FROM users WHERE user_id = -7");
    assertThat(notes.query("SELECT note_id FROM edits")).containsExactly("2");
  }

  /** The order of columns aside, it is what the server makes of the snapshot. */
  private static void assertIsAs(Notes notes, String snapshot) throws SQLException {
    Notes expected = Notes.of(snapshot);
    assertThat(notes.schema()).isEqualTo(expected.schema());
    assertThat(notes.schema().differencesFrom(notes.schemaOf(snapshot))).isEmpty();
    assertThat(withoutNumbers(notes)).isEqualTo(withoutNumbers(expected));
  }

  private static List<String> withoutNumbers(Notes notes) throws SQLException {
    return notes.structure().stream().filter(line -> !line.matches("\\w+\\|\\d*")).toList();
  }

  @Test
  void done_twice_is_done_once() throws Exception {
    Notes notes = Notes.of(BEFORE, ROWS);
    notes.migrate(rebuild());
    Map<String, List<String>> content = content(notes);
    assertThat(notes.migrate(rebuild()).rows()).isZero();
    assertThat(content(notes)).isEqualTo(content);
  }

  private static Map<String, List<String>> content(Notes notes) throws SQLException {
    Map<String, List<String>> content = Content.of(notes.address());
    content.remove("migrations");
    content.get("schema").removeIf(line -> line.startsWith("migrations_id_seq|"));
    return content;
  }

  /** Each is made anew by the server from both snapshots, and by the rebuild from one of them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(a TEXT, b INTEGER) | (a TEXT NOT NULL, b INTEGER NOT NULL DEFAULT 7)",
        "(a TEXT NOT NULL, b INTEGER NOT NULL DEFAULT 7) | (a TEXT, b INTEGER)",
        "(a TEXT PRIMARY KEY, b INTEGER) WITHOUT ROWID | (a TEXT PRIMARY KEY, b INTEGER NOT NULL)",
        "(a TEXT PRIMARY KEY, b INTEGER) | (a TEXT, b INTEGER, PRIMARY KEY (a, b))",
        "(a TEXT, b INTEGER) | (a TEXT, b INTEGER) STRICT",
        "(a TEXT, b INTEGER) | (a TEXT, b INTEGER CHECK (b < 10), CHECK (a <> 'z'))",
        "(a TEXT, b INTEGER CHECK (b < 10)) | (a TEXT, b INTEGER CHECK (b < 20))",
        "(a TEXT, b INTEGER) | (a TEXT, b INTEGER, c TEXT AS (a) VIRTUAL)",
        "(a TEXT, b INTEGER, c TEXT AS (a)) | (a TEXT, b INTEGER, c TEXT AS (upper(a)) STORED)",
        "(a TEXT, b INTEGER, c TEXT AS (a) STORED) | (a TEXT, b INTEGER, c TEXT)",
        "(a TEXT, b INTEGER, c TEXT) | (a TEXT, b INTEGER, c TEXT AS (a) STORED)",
        "(a TEXT, b INTEGER, UNIQUE (a)) | (a TEXT, b INTEGER, UNIQUE (a, b))",
        "(a TEXT, b INTEGER) | ([a] TEXT, `b` INTEGER, \"c-d\" TEXT DEFAULT 'x, (y')",
        "(a TEXT, b INTEGER, c REAL DEFAULT 1) | (c INTEGER DEFAULT 1, b TEXT, a TEXT)",
        "(a TEXT, b INTEGER, c TEXT DEFAULT '0') | (a VARCHAR(9), b REAL, c INTEGER DEFAULT 5)",
        "(a TEXT, b INTEGER) | (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT, b INTEGER)",
        "(a TEXT, b INTEGER PRIMARY KEY) | (a TEXT, b INTEGER PRIMARY KEY AUTOINCREMENT)",
        "(a TEXT, b INTEGER PRIMARY KEY AUTOINCREMENT) | (a TEXT, b INTEGER PRIMARY KEY)",
        "(a TEXT, b INTEGER) | (a TEXT, b INTEGER REFERENCES users ON DELETE SET NULL)",
        "(a TEXT, b INTEGER REFERENCES users) | (a TEXT, b INTEGER)",
        "(a TEXT, b INTEGER) | (a TEXT, b INTEGER UNIQUE, c INTEGER REFERENCES notes (b))",
        "(a TEXT, b INTEGER) | (a TEXT, b INTEGER, at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)",
        "(a TEXT, b INTEGER, c BLOB) | (a BLOB, b INTEGER, c TEXT)",
        "(a TEXT, b INTEGER) | (a TEXT, b INTEGER, CONSTRAINT small CHECK (b < 10))",
        "(a TEXT, b INTEGER, c TEXT AS (upper(a))) | (a VARCHAR(9), b INTEGER, c TEXT AS (upper(a)))",
        "(a VARCHAR(8), b INTEGER, c TEXT AS (upper(a))) | (a VARCHAR(9), b INTEGER, c TEXT AS (upper(a)))",
        "(a TEXT, b INTEGER, c TEXT AS (a) UNIQUE) | (a TEXT, b INTEGER, c TEXT AS (lower(a)) UNIQUE)",
      })
  void makes_of_one_version_another(String before, String after) throws Exception {
    String from = USERS + "CREATE TABLE notes " + before + ";";
    String to = USERS + "CREATE TABLE notes " + after + ";";
    Notes notes =
        Notes.of(
            from,
            "INSERT INTO users (user_id) VALUES (1), (2)",
            "INSERT INTO notes (a, b) VALUES ('x', 1), ('y', 2)");
    notes.migrate(Rebuild.between(from, to));
    assertIsAs(notes, to);
    assertThat(notes.query("SELECT encode(a::text::bytea, 'escape'), b FROM notes ORDER BY b"))
        .hasSize(2);
    Map<String, List<String>> content = content(notes);
    notes.migrate(Rebuild.between(from, to));
    assertThat(content(notes)).isEqualTo(content);
  }

  @Test
  void drops_and_renames_columns_and_takes_indexes_of_the_next_snapshot() throws Exception {
    String before =
        "CREATE TABLE notes (a TEXT, b TEXT); CREATE INDEX i ON notes (b); CREATE INDEX j ON notes (a);";
    String after =
        "CREATE TABLE notes (c TEXT); CREATE INDEX j ON notes (c);"
            + " CREATE UNIQUE INDEX k ON notes (lower(c)) WHERE c IS NOT NULL;";
    Notes notes = Notes.of(before, "INSERT INTO notes VALUES ('x', 'y')");
    notes.migrate(Rebuild.between(before, after).map("c", "notes.a"));
    assertIsAs(notes, after);
    assertThat(notes.query("SELECT * FROM notes")).containsExactly("x");
  }

  @Test
  void every_value_is_of_the_row_as_it_was() throws Exception {
    String before =
        "CREATE TABLE notes (a TEXT, b TEXT, c INTEGER, d INTEGER, f INTEGER AS (d * 2) STORED);";
    String after = "CREATE TABLE notes (a TEXT, b TEXT, c TEXT, e INTEGER NOT NULL);";
    Notes notes = Notes.of(before, "INSERT INTO notes VALUES ('x', 'y', 1, 2)");
    notes.migrate(
        Rebuild.between(before, after)
            .map("a", "b")
            .map("b", "a")
            .map("c", "a || c")
            .map("e", "c + f"));
    assertIsAs(notes, after);
    assertThat(notes.query("SELECT a, b, c, e FROM notes")).containsExactly("y|x|x1|5");
  }

  @Test
  void values_may_pass_each_other() throws Exception {
    String before = "CREATE TABLE notes (id INTEGER PRIMARY KEY, place INTEGER UNIQUE);";
    String after = before.replace("place INTEGER", "place INTEGER NOT NULL");
    Notes notes =
        Notes.of(
            before,
            "CREATE UNIQUE INDEX own ON notes (place, id)",
            "INSERT INTO notes VALUES (1, 1), (2, 2), (3, NULL)");
    notes.migrate(
        Rebuild.between(before, after).map("id", "id + 1").map("place", "3 - coalesce(place, 0)"));
    notes.address().execute("DROP INDEX own");
    assertIsAs(notes, after);
    assertThat(notes.query("SELECT * FROM notes ORDER BY 1")).containsExactly("2|2", "3|1", "4|3");
  }

  @Test
  void names_a_key_of_another_table_that_does_not_fit_another_type() throws Exception {
    String before = USERS + "CREATE TABLE notes (id TEXT PRIMARY KEY);";
    String after = before.replace("id TEXT", "id INTEGER");
    Notes notes =
        Notes.of(
            before,
            "CREATE TABLE own (note_id text REFERENCES notes)",
            "INSERT INTO notes VALUES ('7')",
            "INSERT INTO own VALUES ('7')");
    assertThatThrownBy(() -> notes.migrate(Rebuild.between(before, after)))
        .isInstanceOf(MigrationFailed.class)
        .hasMessageContaining("\"own_note_id_fkey\" cannot be implemented");
  }

  @Test
  void names_the_rows_that_the_next_version_cannot_take_and_changes_nothing() throws Exception {
    Notes notes = Notes.of(BEFORE, ROWS);
    notes.address().execute("UPDATE notes SET text = NULL, done = 3 WHERE id = 2");
    Map<String, List<String>> content = content(notes);
    assertThatThrownBy(() -> notes.migrate(rebuild()))
        .isInstanceOf(MigrationFailed.class)
        .hasMessageContaining("\n  at        notes.text of row id 2: NULL\n")
        .hasMessageContaining("notes.done of row id 2: breaks CHECK ((done = ANY")
        .hasMessageContaining("repair these rows of notes, then start again");
    assertThat(content(notes)).isEqualTo(content);
  }

  @Test
  void names_what_keys_and_types_cannot_take() throws Exception {
    String before = USERS + "CREATE TABLE notes (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c REAL);";
    String types = before.replace("b TEXT, c REAL", "b INTEGER, c INTEGER");
    Notes notes =
        Notes.of(
            before,
            "INSERT INTO notes VALUES (1, 'x', '12', 1), (2, 'x', 'no', 2), (3, 'y', '3', 1.5),"
                + " (4, 'z', '99999999999999999999', NULL)");
    assertThatThrownBy(() -> notes.migrate(Rebuild.between(before, types)))
        .hasMessageContaining("notes.b of row id 2: not bigint\n")
        .hasMessageContaining("notes.b of row id 4: not bigint\n")
        .hasMessageContaining("notes.c of row id 3: not bigint\n");
    String keys =
        before.replace("a TEXT, b TEXT", "a TEXT UNIQUE, b TEXT, d INTEGER REFERENCES users");
    assertThatThrownBy(() -> notes.migrate(Rebuild.between(before, keys).map("d", "id")))
        .hasMessageContaining("notes.a of row id 1: not the only one\n")
        .hasMessageContaining("notes.a of row id 2: not the only one\n")
        .hasMessageContaining("notes.d of row id 1: points to no row of users\n");
    String index = before + "CREATE UNIQUE INDEX i ON notes (lower(a), b) WHERE c > 0;";
    assertThatThrownBy(() -> notes.migrate(Rebuild.between(before, index).map("b", "'b'")))
        .hasMessageContaining("notes.lower(a), b of row id 1: not the only one\n")
        .hasMessageContaining("notes.lower(a), b of row id 2: not the only one\n")
        .hasMessageNotContaining("row id 3");
    notes.migrate(Rebuild.between(before, index));
  }

  @Test
  void keeps_what_the_owner_added_changed_and_removed() throws Exception {
    Notes notes =
        Notes.of(
            BEFORE,
            "ALTER TABLE notes ADD COLUMN mine text CHECK (mine <> 'x'), DROP COLUMN user_id,"
                + " ALTER COLUMN done SET DEFAULT 1, ALTER COLUMN text TYPE varchar(50)",
            "ALTER TABLE notes ADD COLUMN loud text GENERATED ALWAYS AS (upper(mine)) STORED",
            "CREATE INDEX own_index ON notes (mine) WHERE mine IS NOT NULL",
            "CREATE VIEW own_view AS SELECT mine, done, text FROM notes",
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'fired'; END $$",
            "CREATE TRIGGER own_trigger BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION refuse()",
            "GRANT SELECT (text) ON notes TO PUBLIC",
            "COMMENT ON COLUMN notes.done IS 'my own'",
            "INSERT INTO notes (text, done, mine) VALUES ('t', NULL, 'm')");
    List<String> before = notes.structure();
    assertThat(notes.migrate(rebuild()).rows()).isEqualTo(1);
    List<String> added =
        List.of(
            "CONSTRAINT notes_done_check CHECK ((done = ANY (ARRAY[(0)::bigint, (1)::bigint])))",
            "done bigint DEFAULT 1 NOT NULL",
            "size bigint GENERATED ALWAYS AS (char_length((text)::text)) STORED",
            "text character varying(50) NOT NULL");
    assertThat(notes.structure()).containsAll(added);
    List<String> kept = new java.util.ArrayList<>(before);
    kept.removeAll(List.of("done bigint DEFAULT 1", "text character varying(50)"));
    assertThat(notes.structure()).containsAll(kept).hasSize(kept.size() + added.size());
    assertThat(notes.query("SELECT * FROM own_view")).containsExactly("m|0|t");
    Map<String, List<String>> content = content(notes);
    assertThat(notes.migrate(rebuild()).rows()).isZero();
    assertThat(content(notes)).isEqualTo(content);
  }

  @Test
  void what_stands_on_a_column_that_is_computed_anew_comes_again() throws Exception {
    String before = "CREATE TABLE notes (a TEXT, b TEXT AS (upper(a)) STORED);";
    String after = before.replace("upper", "lower").replace("a TEXT", "a VARCHAR(9)");
    Notes notes =
        Notes.of(
            before,
            "CREATE INDEX own_index ON notes (b, a) INCLUDE (b) WHERE b > ''",
            "ALTER TABLE notes ADD CONSTRAINT own CHECK (b <> a), ADD CONSTRAINT once UNIQUE (b)",
            "INSERT INTO notes VALUES ('xX')");
    List<String> structure = notes.structure();
    notes.migrate(Rebuild.between(before, after));
    assertThat(notes.structure())
        .contains("CONSTRAINT own CHECK ((b <> (a)::text))")
        .containsAll(
            structure.stream().filter(line -> line.matches(".*(own_index|once).*")).toList());
    assertThat(notes.query("SELECT * FROM notes")).containsExactly("xX|xx");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE VIEW own AS SELECT b FROM notes | view own needs notes.b",
        "CREATE MATERIALIZED VIEW own AS SELECT b FROM notes"
            + " | materialized view own needs notes.b",
        "CREATE INDEX own ON notes (a, b) | index own needs notes.b",
        "ALTER TABLE notes ADD CONSTRAINT own CHECK (b <> a)"
            + " | constraint own on table notes needs notes.b",
        "ALTER TABLE notes ADD COLUMN own text GENERATED ALWAYS AS (b) STORED"
            + " | column own of table notes needs notes.b",
      })
  void refuses_to_take_away_what_something_of_the_owner_needs(String own, String fault)
      throws Exception {
    String before = "CREATE TABLE notes (a TEXT, b TEXT);";
    Notes notes = Notes.of(before, own);
    Map<String, List<String>> content = content(notes);
    assertThatThrownBy(() -> notes.migrate(Rebuild.between(before, "CREATE TABLE notes (a TEXT);")))
        .isInstanceOf(MigrationFailed.class)
        .hasMessageContaining("\n  at        " + fault + "\n")
        .hasMessageContaining("change or drop them, then start again");
    assertThat(content(notes)).isEqualTo(content);
  }

  @Test
  void refuses_another_type_where_a_view_of_the_owner_has_the_old_one() throws Exception {
    String before = "CREATE TABLE notes (a TEXT, b TEXT);";
    Notes notes =
        Notes.of(
            before,
            "CREATE INDEX own_index ON notes (b)",
            "CREATE VIEW own AS SELECT a FROM notes WHERE b > ''");
    assertThatThrownBy(
            () ->
                notes.migrate(
                    Rebuild.between(before, "CREATE TABLE notes (a TEXT, b INTEGER);")
                        .map("b", "1")))
        .hasMessageContaining("\n  at        view own needs notes.b\n");
  }

  @Test
  void refuses_to_drop_a_key_that_other_tables_point_to() throws Exception {
    Notes notes = Notes.of(BEFORE, ROWS);
    String after = BEFORE.replace("id INTEGER PRIMARY KEY AUTOINCREMENT", "id INTEGER NOT NULL");
    assertThatThrownBy(() -> notes.migrate(Rebuild.between(BEFORE, after)))
        .hasMessageContaining(
            "constraint edits_note_id_fkey on table edits needs PRIMARY KEY (id)");
  }

  @Test
  void refuses_a_required_column_that_nobody_maps_and_one_that_is_there_already() throws Exception {
    String before = "CREATE TABLE notes (a TEXT);";
    Notes notes = Notes.of(before);
    assertThatThrownBy(
            () ->
                notes.migrate(
                    Rebuild.between(before, "CREATE TABLE notes (a TEXT, b TEXT NOT NULL);")))
        .hasMessageContaining("notes.b is NOT NULL and has no default: map it");
    notes.address().execute("ALTER TABLE notes ADD COLUMN b bytea");
    assertThatThrownBy(
            () -> notes.migrate(Rebuild.between(before, "CREATE TABLE notes (a TEXT, b TEXT);")))
        .hasMessageContaining("notes.b is there already and is another column");
  }

  @Test
  void says_what_a_server_cannot_be_told() throws Exception {
    String before = "CREATE TABLE notes (a TEXT);";
    Notes notes = Notes.of(before);
    assertThatThrownBy(
            () ->
                notes.migrate(
                    Rebuild.between(before, "CREATE TABLE notes (a TEXT CHECK (a GLOB 'x*'));")))
        .hasMessageContaining("a snapshot says of table notes what PostgreSQL cannot be told")
        .hasMessageContaining("GLOB")
        .hasMessageContaining("report this as a bug");
    String caseless = "CREATE TABLE notes (a TEXT COLLATE NOCASE UNIQUE);";
    assertThatThrownBy(() -> notes.migrate(Rebuild.between(before, caseless)))
        .hasMessageContaining("collation \"nocase\"")
        .hasMessageContaining("does not exist");
    notes
        .address()
        .execute(
            "CREATE COLLATION nocase"
                + " (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
            "INSERT INTO notes VALUES ('x')");
    notes.migrate(Rebuild.between(before, caseless));
    assertThat(notes.query("SELECT a FROM notes WHERE a = 'X'")).containsExactly("x");
  }

  @Test
  void needs_new_triggers_to_be_there_and_drops_old_ones() throws Exception {
    String table = "CREATE TABLE notes (a TEXT, b TEXT);";
    String same = "CREATE TRIGGER same AFTER INSERT ON notes BEGIN SELECT 1; END;";
    String before = table + same + same.replace("same", "gone");
    String after =
        table.replace(", b TEXT", "") + same + same.replace("same", "IF NOT EXISTS [New]");
    Notes notes =
        Notes.of(
            table,
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$",
            "CREATE TRIGGER gone BEFORE UPDATE OF b ON notes FOR EACH ROW EXECUTE FUNCTION f()");
    assertThatThrownBy(() -> notes.migrate(Rebuild.between(before, after)))
        .hasMessageContaining("\n  at        trigger new of notes is written for SQLite alone\n")
        .hasMessageContaining("create triggers of these names that do the same here");
    notes
        .address()
        .execute("CREATE TRIGGER new BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION f()");
    notes.migrate(Rebuild.between(before, after));
    assertThat(notes.query("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"))
        .containsExactly("new");
  }

  @Test
  void rows_are_numbered_on_behind_those_that_were_given_numbers() throws Exception {
    String before = "CREATE TABLE notes (a TEXT, n INTEGER PRIMARY KEY);";
    String after = "CREATE TABLE notes (a TEXT, n INTEGER, id INTEGER PRIMARY KEY AUTOINCREMENT);";
    Notes notes = Notes.of(before, "INSERT INTO notes VALUES ('x', 5), ('y', -3)");
    notes.migrate(Rebuild.between(before, after).map("id", "n * 2"));
    notes.address().execute("INSERT INTO notes (a) VALUES ('z')");
    assertThat(notes.query("SELECT a, id FROM notes ORDER BY id"))
        .containsExactly("y|-6", "x|10", "z|11");
  }

  @Test
  void keys_that_wait_for_the_end_of_the_transaction_do_not_stand_in_the_way() throws Exception {
    Notes notes = Notes.of(BEFORE, ROWS);
    notes
        .address()
        .execute(
            "ALTER TABLE notes ADD CONSTRAINT later FOREIGN KEY (done) REFERENCES notes (id)"
                + " DEFERRABLE INITIALLY DEFERRED");
    notes.migrate(
        context -> {
          context.dsl().execute("UPDATE notes SET done = 1");
          Rebuild.between(BEFORE, AFTER).map("done", "1").accept(context);
        });
    assertThat(notes.query("SELECT DISTINCT done FROM notes")).containsExactly("1");
  }

  @Test
  void values_alone_are_written_where_the_versions_are_the_same() throws Exception {
    String snapshot = "CREATE TABLE notes (a TEXT);";
    Notes notes = Notes.of(snapshot, "INSERT INTO notes VALUES ('x')");
    assertThat(notes.migrate(Rebuild.between(snapshot, snapshot).map("a", "upper(a)")).rows())
        .isEqualTo(1);
    assertThat(notes.query("SELECT a FROM notes")).containsExactly("X");
  }

  @Test
  void a_rehearsal_tells_what_a_run_then_does_and_leaves_nothing() throws Exception {
    Notes notes = Notes.of(BEFORE, ROWS);
    notes.address().execute("CREATE VIEW own AS SELECT id FROM notes");
    Map<String, List<String>> content = content(notes);
    Rehearsal rehearsal = notes.migrator(rebuild()).rehearse(text -> text);
    assertThat(rehearsal.failure()).isNull();
    assertThat(content(notes)).isEqualTo(content);
    assertThat(rehearsal.steps().get(0).step().rows()).isEqualTo(notes.migrate(rebuild()).rows());
    assertThat(rehearsal.steps().get(0).rows()).isEqualTo(Map.of("notes", 2L));
    assertThat(rehearsal.steps().get(0).schema())
        .contains("+ column notes.text is not null", "+ column notes.size is generated");
  }
}
