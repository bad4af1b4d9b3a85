package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.catalog.operations.Rebuild;
import botdb.migrations.MigrationException.MigrationFailed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in the way of a rebuild is named, and nothing is changed. */
class TableRefusalsIT {
  @Test
  void names_a_key_of_another_table_that_does_not_fit_another_type() throws Exception {
    String before = NotesVersions.USERS + "CREATE TABLE notes (id TEXT PRIMARY KEY);";
    String after = before.replace("id TEXT", "id INTEGER");
    Notes notes =
        Notes.of(
            before,
            "CREATE TABLE own (note_id text REFERENCES notes)",
            "CREATE TABLE fits (note_id varchar(9) REFERENCES notes)",
            "INSERT INTO notes VALUES ('7')",
            "INSERT INTO own VALUES ('7')");
    Map<String, List<String>> content = notes.content();
    assertThatThrownBy(() -> notes.migrate(Rebuild.between(before, after)))
        .isInstanceOf(MigrationFailed.class)
        .hasMessageContaining(
            """
              at        constraint fits_note_id_fkey on table fits: fits.note_id is character varying(9), and notes.id becomes bigint
                        constraint own_note_id_fkey on table own: own.note_id is text, and notes.id becomes bigint
              to do     drop these keys, then start again; before they are made anew, both ends need one type"""
                .indent(2)
                .stripTrailing());
    assertThat(notes.content()).isEqualTo(content);
    notes
        .address()
        .execute("DROP TABLE own, fits", "CREATE TABLE own (note_id varchar(9) REFERENCES notes)");
    notes.migrate(Rebuild.between(before, before.replace("id TEXT", "id VARCHAR(20)")));
  }

  @Test
  void names_the_rows_that_the_next_version_cannot_take_and_changes_nothing() throws Exception {
    Notes notes = Notes.of(NotesVersions.BEFORE, NotesVersions.ROWS);
    notes.address().execute("UPDATE notes SET text = NULL, done = 3 WHERE id = 2");
    Map<String, List<String>> content = notes.content();
    assertThatThrownBy(() -> notes.migrate(NotesVersions.rebuild()))
        .isInstanceOf(MigrationFailed.class)
        .hasMessageContaining("\n  at        notes.text of row id 2: NULL\n")
        .hasMessageContaining("notes.done of row id 2: breaks CHECK ((done = ANY")
        .hasMessageContaining("repair these rows of notes, then start again");
    assertThat(notes.content()).isEqualTo(content);
  }

  @Test
  void names_what_keys_and_types_cannot_take() throws Exception {
    String before =
        NotesVersions.USERS
            + "CREATE TABLE notes (id INTEGER PRIMARY KEY, a TEXT, b TEXT, c REAL);";
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
    Map<String, List<String>> content = notes.content();
    assertThatThrownBy(() -> notes.migrate(Rebuild.between(before, "CREATE TABLE notes (a TEXT);")))
        .isInstanceOf(MigrationFailed.class)
        .hasMessageContaining("\n  at        " + fault + "\n")
        .hasMessageContaining("change or drop them, then start again");
    assertThat(notes.content()).isEqualTo(content);
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
    Notes notes = Notes.of(NotesVersions.BEFORE, NotesVersions.ROWS);
    String after =
        NotesVersions.BEFORE.replace("id INTEGER PRIMARY KEY AUTOINCREMENT", "id INTEGER NOT NULL");
    assertThatThrownBy(() -> notes.migrate(Rebuild.between(NotesVersions.BEFORE, after)))
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
}
