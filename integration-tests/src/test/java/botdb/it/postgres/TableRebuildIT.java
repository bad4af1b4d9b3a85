package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.catalog.operations.Rebuild;
import botdb.migrations.Rehearsal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On a server a table is changed where it stands, with all that is around it. */
class TableRebuildIT {
  @Test
  void becomes_the_next_snapshot_and_keeps_rows_children_and_the_highest_number() throws Exception {
    Notes notes = Notes.of(NotesVersions.BEFORE, NotesVersions.ROWS);
    assertThat(notes.migrate(NotesVersions.rebuild()).rows()).isEqualTo(2);
    notes.assertIs(NotesVersions.AFTER);
    assertThat(notes.query("SELECT id, user_id, text, done, size FROM notes ORDER BY id"))
        .containsExactly("1|-7|one|1|3", "2|8273645123987|two|0|3");
    assertThat(notes.query("SELECT * FROM edits ORDER BY 1")).containsExactly("1", "2");
    notes.address().execute("INSERT INTO notes (user_id, text) VALUES (-7, 'next')");
    assertThat(notes.query("SELECT max(id) FROM notes")).containsExactly("4");
    notes.address().execute("DELETE FROM users WHERE user_id = -7");
    assertThat(notes.query("SELECT note_id FROM edits")).containsExactly("2");
  }

  @Test
  void done_twice_is_done_once() throws Exception {
    Notes notes = Notes.of(NotesVersions.BEFORE, NotesVersions.ROWS);
    notes.migrate(NotesVersions.rebuild());
    Map<String, List<String>> content = notes.content();
    assertThat(notes.migrate(NotesVersions.rebuild()).rows()).isZero();
    assertThat(notes.content()).isEqualTo(content);
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
    notes.assertIs(after);
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
    notes.assertIs(after);
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
    notes.assertIs(after);
    assertThat(notes.query("SELECT * FROM notes ORDER BY 1")).containsExactly("2|2", "3|1", "4|3");
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
  void keeps_what_the_owner_added_changed_and_removed() throws Exception {
    Notes notes =
        Notes.of(
            NotesVersions.BEFORE,
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
    assertThat(notes.migrate(NotesVersions.rebuild()).rows()).isEqualTo(1);
    List<String> added =
        List.of(
            "CONSTRAINT notes_done_check CHECK ((done = ANY (ARRAY[(0)::bigint, (1)::bigint])))",
            "done bigint DEFAULT 1 NOT NULL",
            "size bigint GENERATED ALWAYS AS (char_length((text)::text)) STORED",
            "text character varying(50) NOT NULL");
    assertThat(notes.structure()).containsAll(added);
    List<String> kept = new ArrayList<>(before);
    kept.removeAll(List.of("done bigint DEFAULT 1", "text character varying(50)"));
    assertThat(notes.structure()).containsAll(kept).hasSize(kept.size() + added.size());
    assertThat(notes.query("SELECT * FROM own_view")).containsExactly("m|0|t");
    Map<String, List<String>> content = notes.content();
    assertThat(notes.migrate(NotesVersions.rebuild()).rows()).isZero();
    assertThat(notes.content()).isEqualTo(content);
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
            "COMMENT ON COLUMN notes.b IS 'the owner''s column'",
            "COMMENT ON INDEX own_index IS 'the owner''s own_index'",
            "COMMENT ON CONSTRAINT own ON notes IS 'the owner''s check'",
            "COMMENT ON CONSTRAINT once ON notes IS 'the owner''s key'",
            "INSERT INTO notes VALUES ('xX')");
    List<String> structure = notes.structure();
    notes.migrate(Rebuild.between(before, after));
    assertThat(notes.structure())
        .contains("CONSTRAINT own CHECK ((b <> (a)::text))")
        .containsAll(
            structure.stream()
                .filter(line -> line.matches(".*(own_index|once|owner''s).*"))
                .toList());
    assertThat(notes.query("SELECT * FROM notes")).containsExactly("xX|xx");
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
  void rows_that_a_sequence_of_the_owner_numbers_are_numbered_on_by_it() throws Exception {
    String before = "CREATE TABLE notes (id INTEGER PRIMARY KEY, a INTEGER);";
    String after = before.replace("KEY, a INTEGER", "KEY AUTOINCREMENT, a INTEGER NOT NULL");
    Notes notes =
        Notes.of(
            before,
            "CREATE SEQUENCE own INCREMENT 10",
            "ALTER TABLE notes ALTER COLUMN id SET DEFAULT nextval('own')",
            "INSERT INTO notes (a) VALUES (1), (2)");
    notes.migrate(Rebuild.between(before, after));
    notes.address().execute("INSERT INTO notes (a) VALUES (3)");
    assertThat(notes.query("SELECT id FROM notes ORDER BY id")).containsExactly("1", "11", "21");
  }

  @Test
  void what_the_owner_wants_to_stand_there_does_so_in_another_type() throws Exception {
    String before = "CREATE TABLE notes (a TEXT, b TEXT);";
    String after = "CREATE TABLE notes (a INTEGER, b TEXT);";
    Notes notes = Notes.of(before, "ALTER TABLE notes ALTER COLUMN a SET DEFAULT '5'");
    notes.migrate(Rebuild.between(before, after));
    notes.address().execute("INSERT INTO notes (b) VALUES ('x')");
    assertThat(notes.query("SELECT a + 1 FROM notes")).containsExactly("6");
  }

  @Test
  void needs_no_right_but_that_to_create_in_the_schema() throws Exception {
    Address database = PostgresServer.shared().freshDatabase();
    Address role = PostgresServer.shared().asNewRole(database);
    PostgresServer.shared()
        .asAdministrator(database)
        .execute(
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "GRANT CREATE ON SCHEMA public TO " + role.user());
    String after = NotesVersions.AFTER.replace("text TEXT", "text VARCHAR(9)");
    Notes notes = Notes.in(role, NotesVersions.BEFORE, NotesVersions.ROWS);
    notes.migrate(Rebuild.between(NotesVersions.BEFORE, after).map("done", "1"));
    assertThat(notes.query("SELECT done FROM notes")).containsExactly("1", "1");
  }

  @Test
  void keys_that_wait_for_the_end_of_the_transaction_do_not_stand_in_the_way() throws Exception {
    Notes notes = Notes.of(NotesVersions.BEFORE, NotesVersions.ROWS);
    notes
        .address()
        .execute(
            "ALTER TABLE notes ADD CONSTRAINT later FOREIGN KEY (done) REFERENCES notes (id)"
                + " DEFERRABLE INITIALLY DEFERRED");
    notes.migrate(
        context -> {
          context.dsl().execute("UPDATE notes SET done = 1");
          Rebuild.between(NotesVersions.BEFORE, NotesVersions.AFTER)
              .map("done", "1")
              .accept(context);
        });
    assertThat(notes.query("SELECT DISTINCT done FROM notes")).containsExactly("1");
  }

  @Test
  void a_rehearsal_tells_what_a_run_then_does_and_leaves_nothing() throws Exception {
    Notes notes = Notes.of(NotesVersions.BEFORE, NotesVersions.ROWS);
    notes.address().execute("CREATE VIEW own AS SELECT id FROM notes");
    Map<String, List<String>> content = notes.content();
    Rehearsal rehearsal = notes.migrator(NotesVersions.rebuild()).rehearse(text -> text);
    assertThat(rehearsal.failure()).isNull();
    assertThat(notes.content()).isEqualTo(content);
    assertThat(rehearsal.steps().get(0).step().rows())
        .isEqualTo(notes.migrate(NotesVersions.rebuild()).rows());
    assertThat(rehearsal.steps().get(0).rows()).isEqualTo(Map.of("notes", 2L));
    assertThat(rehearsal.steps().get(0).schema())
        .contains("+ column notes.text is not null", "+ column notes.size is generated");
  }
}
