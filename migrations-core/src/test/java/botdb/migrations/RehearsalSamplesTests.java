package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.migrations.Rehearsal.Cell;
import botdb.migrations.Rehearsal.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows a rehearsal shows, and what of them. */
final class RehearsalSamplesTests {
  @TempDir private Path folder;

  @Test
  void are_the_first_three_changed_rows_with_the_cells_that_differ() {
    TestDatabase database =
        TestDatabase.in(folder)
            .run(
                "INSERT INTO users VALUES (-7, 'seven'), (3, 'x'), (4, 'four'), (5, 'five'), (6, 'six')");
    assertThat(samples(database, Migration001Rewrite.class))
        .containsExactly(
            sample("user_id -7", "«seven»", "«SEVEN»"),
            sample("user_id 4", "«four»", "«FOUR»"),
            sample("user_id 5", "«five»", "«FIVE»"));
  }

  static final class Migration001Rewrite implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("UPDATE users SET history = upper(history) WHERE history NOT IN ('x')");
    }
  }

  private static Sample sample(String row, String before, String after) {
    return new Sample("users", row, List.of(new Cell("history", before, after)));
  }

  @Test
  void are_of_rebuilt_tables_too_under_their_own_name() {
    TestDatabase database =
        TestDatabase.in(folder)
            .run("DELETE FROM users; INSERT INTO users VALUES (1, 'same'), (2, 'old')");
    Rehearsal.Step step = rehearse(database, Migration001Rebuild.class);
    assertThat(step.rows()).isEqualTo(Map.of("users_new", 2L));
    assertThat(step.samples()).containsExactly(sample("user_id 2", "«old»", "«new»"));
  }

  static final class Migration001Rebuild implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("CREATE TABLE users_new (user_id INTEGER PRIMARY KEY, history)");
      context
          .dsl()
          .execute(
              "INSERT INTO users_new SELECT user_id, replace(history, 'old', 'new') FROM users");
      context.dsl().execute("DROP TABLE users");
      context.dsl().execute("ALTER TABLE users_new RENAME TO users");
    }
  }

  @Test
  void show_a_new_column_and_what_stands_in_it() {
    TestDatabase database = TestDatabase.in(folder);
    assertThat(samples(database, Migration001AddLanguage.class))
        .containsExactly(
            new Sample("users", "user_id 1", List.of(new Cell("language", null, "«en»"))),
            new Sample("users", "user_id 2", List.of(new Cell("language", null, "«en»"))));
  }

  static final class Migration001AddLanguage implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("ALTER TABLE users ADD COLUMN language TEXT DEFAULT 'en'");
    }
  }

  @Test
  void show_rows_that_came_and_rows_that_went() {
    TestDatabase database =
        TestDatabase.in(folder)
            .run("CREATE TABLE gone (a, b); INSERT INTO gone VALUES (1.5, NULL), (x'0102', 2)");
    Rehearsal.Step step = rehearse(database, Migration001Replace.class);
    assertThat(step.samples())
        .containsExactly(
            new Sample("came", "row 1", List.of(new Cell("a", null, "«text»"))),
            new Sample(
                "gone", "row 1", List.of(new Cell("a", "1.5", null), new Cell("b", "NULL", null))),
            new Sample(
                "gone",
                "row 2",
                List.of(new Cell("a", "blob of 2 bytes", null), new Cell("b", "2", null))));
  }

  static final class Migration001Replace implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("DROP TABLE gone");
      context.dsl().execute("CREATE TABLE came (a)");
      context.dsl().execute("INSERT INTO came VALUES ('text')");
    }

    @Override
    public Set<String> losesRowsOf() {
      return Set.of("gone");
    }
  }

  @Test
  void are_of_tables_without_rowid_whose_rows_are_counted_elsewhere() {
    TestDatabase database =
        TestDatabase.in(folder)
            .run(
                """
                CREATE TABLE words (word TEXT, n INTEGER, seen, PRIMARY KEY (word, n)) WITHOUT ROWID;
                INSERT INTO words VALUES ('a', 1, 0), ('b', 2, 0), ('c', 3, 1);
                """);
    Rehearsal.Step step = rehearse(database, Migration001See.class);
    assertThat(step.rows()).isEmpty();
    assertThat(step.elsewhere()).isEqualTo(2);
    assertThat(step.samples())
        .containsExactly(
            new Sample("words", "word «a», n 1", List.of(new Cell("seen", "0", "1"))),
            new Sample("words", "word «b», n 2", List.of(new Cell("seen", "0", "1"))));
  }

  @Test
  void are_not_shown_where_nobody_can_say_which_row_is_which() {
    TestDatabase database =
        TestDatabase.in(folder)
            .run(
                """
                CREATE TABLE words (word TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID;
                INSERT INTO words VALUES ('a', 1), ('b', 2);
                """);
    assertThat(samples(database, Migration001Renumber.class)).isEmpty();
  }

  static final class Migration001Renumber implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("ALTER TABLE words RENAME TO old");
      context.dsl().execute("CREATE TABLE words (n INTEGER PRIMARY KEY, word TEXT) WITHOUT ROWID");
      context.dsl().execute("INSERT INTO words SELECT n + 1, word FROM old");
      context.dsl().execute("DROP TABLE old");
    }
  }

  static final class Migration001See implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("UPDATE words SET seen = 1 WHERE seen = 0");
    }
  }

  @Test
  void are_of_tables_whose_columns_took_the_names_of_the_rowid() {
    TestDatabase database =
        TestDatabase.in(folder)
            .run(
                """
                CREATE TABLE words (rowid TEXT, "_rowid_" TEXT, seen INTEGER DEFAULT 0);
                INSERT INTO words VALUES ('z', 'z', 0);
                CREATE TABLE hidden (rowid, _rowid_, oid, seen);
                INSERT INTO hidden VALUES (1, 2, 3, 4);
                """);
    assertThat(samples(database, Migration001See.class))
        .containsExactly(new Sample("words", "row 1", List.of(new Cell("seen", "0", "1"))));
  }

  @Test
  void tell_apart_what_a_column_takes_for_equal() {
    TestDatabase database =
        TestDatabase.absentIn(folder)
            .run("CREATE TABLE users (user_id INTEGER PRIMARY KEY, history COLLATE NOCASE)")
            .run("INSERT INTO users VALUES (1, 'a')");
    assertThat(samples(database, Migration001Rewrite.class))
        .containsExactly(sample("user_id 1", "«a»", "«A»"));
  }

  @Test
  void are_cut_off_where_a_cell_is_long_and_never_read_to_its_end() {
    TestDatabase database =
        TestDatabase.in(folder)
            .run("DELETE FROM users; INSERT INTO users VALUES (1, hex(zeroblob(100000)) || 'a')");
    List<Integer> lengths = new java.util.ArrayList<>();
    Rehearsal rehearsal =
        database
            .migrator(Migration001Rewrite.class)
            .rehearse(
                text -> {
                  lengths.add(text.length());
                  return text;
                });
    Sample sample = rehearsal.steps().get(0).samples().get(0);
    // They differ in their last character only, which nobody gets to see.
    assertThat(sample.row()).isEqualTo("user_id 1");
    assertThat(lengths).allMatch(length -> length <= 4000);
    assertThat(sample.cells()).isEmpty();
  }

  private static List<Sample> samples(TestDatabase database, Class<? extends Migration> migration) {
    return rehearse(database, migration).samples();
  }

  @SuppressWarnings("unchecked")
  private static Rehearsal.Step rehearse(
      TestDatabase database, Class<? extends Migration> migration) {
    Rehearsal rehearsal = database.migrator(migration).rehearse(text -> "«" + text + "»");
    assertThat(rehearsal.failure()).isNull();
    return rehearsal.steps().get(0);
  }
}
