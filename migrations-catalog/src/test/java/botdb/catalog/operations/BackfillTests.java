package botdb.catalog.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.catalog.TestDatabase;
import botdb.migrations.MigrationReport;
import java.nio.file.Path;
import org.jooq.TableField;
import org.jooq.impl.CustomTable;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jooq.impl.TableRecordImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BackfillTests {
  private static final Notes NOTES = new Notes();

  @TempDir private Path folder;

  /** As it would be generated. */
  private static final class Notes extends CustomTable<NotesRecord> {
    private static final long serialVersionUID = 1;

    final transient TableField<NotesRecord, String> text =
        createField(DSL.name("text"), SQLDataType.VARCHAR);

    Notes() {
      super(DSL.name("notes"));
    }

    @Override
    public Class<? extends NotesRecord> getRecordType() {
      return NotesRecord.class;
    }
  }

  private static final class NotesRecord extends TableRecordImpl<NotesRecord> {
    private static final long serialVersionUID = 1;

    NotesRecord() {
      super(NOTES);
    }
  }

  private static Backfill fill() {
    return Backfill.of(NOTES)
        .set(NOTES.text, DSL.inline("filled"))
        .where(DSL.condition("text IS NULL"))
        .inRangesOf(10);
  }

  private TestDatabase notes(String table) throws Exception {
    return TestDatabase.of(
        TestDatabase.folder(folder, "notes"),
        table,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 95)"
            + " INSERT INTO notes SELECT i * 3, iif(i % 5 = 0, 'there', NULL) FROM n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE notes (id INTEGER PRIMARY KEY, text)",
        "CREATE TABLE notes (id, text)",
        "CREATE TABLE notes (id TEXT PRIMARY KEY, text)",
        "CREATE TABLE notes (id BLOB PRIMARY KEY, text) WITHOUT ROWID",
      })
  void fills_every_row_that_lacks_a_value_and_no_other(String table) throws Exception {
    for (boolean inSteps : new boolean[] {false, true}) {
      try (TestDatabase database = notes(table)) {
        MigrationReport.Step step =
            inSteps
                ? Operation.runInSteps(database, fill()::run)
                : Operation.run(database, fill()::run);
        assertThat(step.rows()).isEqualTo(76);
        assertThat(step.transactions()).isEqualTo(inSteps ? 9 : 1);
        assertThat(database.rows("SELECT text, count(*) FROM notes GROUP BY text"))
            .containsExactly("filled|76", "there|19");
      }
    }
  }

  @Test
  void does_not_let_triggers_fire() throws Exception {
    try (TestDatabase database = notes("CREATE TABLE notes (id INTEGER PRIMARY KEY, text)")) {
      database.run(
          "CREATE TRIGGER mine BEFORE UPDATE ON notes BEGIN SELECT RAISE(ABORT, 'no'); END");
      Operation.runInSteps(database, fill()::run);
      assertThat(database.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'"))
          .containsExactly("mine");
    }
  }

  @Test
  void finds_rows_that_came_in_front_of_where_it_stands() throws Exception {
    try (TestDatabase database = notes("CREATE TABLE notes (id INTEGER PRIMARY KEY, text)")) {
      int[] calls = {0};
      Operation.runInSteps(
          database,
          context -> {
            if (calls[0]++ == 4) {
              context.dsl().execute("INSERT INTO notes (id) VALUES (-1)");
            }
            fill().run(context);
          });
      assertThat(database.rows("SELECT text FROM notes WHERE id = -1")).containsExactly("filled");
    }
  }

  @Test
  void in_steps_the_log_stays_as_small_as_a_step() throws Exception {
    try (TestDatabase database = notes("CREATE TABLE notes (id INTEGER PRIMARY KEY, text)")) {
      database.run(
          "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
              + " INSERT INTO notes SELECT i, zeroblob(4000) FROM n");
      Backfill fill =
          Backfill.of(NOTES)
              .set(NOTES.text, DSL.inline("x"))
              .where(DSL.condition("typeof(text) = 'blob'"))
              .inRangesOf(50);
      long atOnce = Operation.log(database, fill::run, Operation.Migration001Operate.class);
      long inSteps = Operation.log(database, fill::run, Operation.Migration001OperateInSteps.class);
      assertThat(inSteps * 10).isLessThan(atOnce);
    }
  }

  @Test
  void refuses_what_would_never_end() throws Exception {
    try (TestDatabase database = notes("CREATE TABLE notes (id INTEGER PRIMARY KEY, text)")) {
      Backfill endless = fill().set(NOTES.text, DSL.castNull(SQLDataType.VARCHAR));
      assertThatThrownBy(() -> Operation.run(database, endless::run))
          .hasMessageContaining(
              "rows of notes that were filled still match: where() must not hold for them any more");
    }
  }

  @Test
  void without_a_condition_it_goes_once_through_all_rows() throws Exception {
    try (TestDatabase database = notes("CREATE TABLE notes (id INTEGER PRIMARY KEY, text)")) {
      Backfill all =
          Backfill.of(NOTES).set(NOTES.text, DSL.field("id || '!'", String.class)).inRangesOf(20);
      assertThat(Operation.runInSteps(database, all::run).transactions()).isEqualTo(6);
      assertThat(database.rows("SELECT count(*) FROM notes WHERE text = id || '!'"))
          .containsExactly("95");
    }
  }
}
