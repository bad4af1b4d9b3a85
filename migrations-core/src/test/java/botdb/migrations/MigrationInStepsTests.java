package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.MigrationException.MigrationFailed;
import botdb.migrations.MigrationException.OtherEdition;
import botdb.migrations.MigrationException.UnsuitableSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A migration in several transactions goes on where it stood. */
final class MigrationInStepsTests {
  private static final String NAME = "migration_001_count";
  private static final int KILLED = 137;

  /** The user at which the migration breaks off; 0 for none. */
  private static int stopAt;

  private static boolean ofProcess;

  @TempDir private Path folder;
  private TestDatabase database;

  /** Marks ten users, two in a transaction. */
  static final class Migration001Count implements Migration.InSteps {
    @Override
    public void migrate(Migration.Context context) {
      assertThat(context.isInSteps()).isTrue();
      int from = context.position() == null ? 1 : Integer.parseInt(context.position());
      for (int user = from; user < from + 2; user++) {
        if (user == stopAt && ofProcess) {
          Runtime.getRuntime().halt(KILLED);
        } else if (user == stopAt) {
          throw new IllegalStateException("broken off");
        }
        context.dsl().execute("UPDATE users SET history = history || 'x' WHERE user_id = " + user);
      }
      context.progress(from + 1, 10);
      if (from + 2 <= 10) {
        context.continueFrom(String.valueOf(from + 2));
      }
    }
  }

  static final class Migration001WantsToBeCalledAgain implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      assertThat(context.isInSteps()).isFalse();
      context.continueFrom("here");
    }
  }

  @BeforeEach
  void tenUsers() {
    stopAt = 0;
    database = TestDatabase.in(folder);
    database.run(
        "DELETE FROM users; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)"
            + " INSERT INTO users (user_id, history) SELECT i, 'u' FROM n");
  }

  @Test
  void does_every_part_once_and_records_it_at_the_end() {
    List<MigrationReport.Step> steps = migrator().migrate().steps();
    assertThat(steps).hasSize(1);
    assertThat(steps.get(0).rows()).isEqualTo(10);
    assertThat(steps.get(0).transactions()).isEqualTo(5);
    assertThat(database.rows("SELECT DISTINCT history FROM users")).containsExactly("ux");
    assertThat(database.rows("SELECT name FROM migrations")).containsExactly(NAME);
    assertThat(database.rows("SELECT event, rows FROM migration_log"))
        .containsExactly("applied|10");
    assertThat(database.rows("SELECT name FROM sqlite_schema"))
        .doesNotContain("migration_progress");
  }

  /** A process that ends in the middle of the third transaction, and cleans nothing up. */
  static final class Killed {
    private Killed() {}

    public static void main(String[] args) {
      stopAt = 6;
      ofProcess = true;
      TestDatabase.at(Path.of(args[0])).migrator(Migration001Count.class).migrate();
    }
  }

  @Test
  void goes_on_where_a_killed_process_stood() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Killed.class.getName(),
                database.path().toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile())
            .start();
    assertThat(process.waitFor()).isEqualTo(KILLED);
    assertThat(folder.resolve("users.db-journal")).exists();
    assertThat(database.rows("SELECT count(*) FROM users WHERE history = 'ux'"))
        .containsExactly("4");
    assertThat(migrator().migrate().steps().get(0).rows()).isEqualTo(10);
    assertThat(database.rows("SELECT DISTINCT history FROM users")).containsExactly("ux");
  }

  @Test
  void goes_on_where_one_broke_off() {
    stopAt = 6;
    assertThatThrownBy(migrator()::migrate)
        .isInstanceOf(MigrationFailed.class)
        .hasMessageStartingWith(
            NAME
                + " failed; the 4 of 10 rows that it had done stay, and the next start goes on there\n");
    assertThat(database.rows("SELECT count(*) FROM users WHERE history = 'ux'"))
        .containsExactly("4");
    assertThat(migrator().plan().pending())
        .containsExactly(
            new MigrationPlan.Entry(
                1, NAME, MigrationPlan.EntryState.PENDING, null, new MigrationPlan.Steps(4, 10)));
    stopAt = 0;
    List<MigrationReport.Step> steps = migrator().migrate().steps();
    assertThat(steps.get(0).rows()).isEqualTo(10);
    assertThat(database.rows("SELECT DISTINCT history FROM users")).containsExactly("ux");
  }

  @Test
  void refuses_to_go_on_with_what_another_edition_has_begun() {
    stopAt = 6;
    assertThatThrownBy(edition("one")::migrate).isInstanceOf(MigrationFailed.class);
    stopAt = 0;
    Map<String, String> before = database.folder();
    for (ThrowingCallable way :
        List.<ThrowingCallable>of(edition("two")::migrate, edition("two")::checkEditions)) {
      assertThatThrownBy(way)
          .isInstanceOf(OtherEdition.class)
          .hasMessageStartingWith(NAME + " was begun on ")
          .hasMessageContaining("begun     one")
          .hasMessageContaining("this one  two")
          .extracting(e -> ((OtherEdition) e).fact())
          .isEqualTo(NAME + " was begun in edition one, and this program has two");
    }
    assertThat(database.folder()).isEqualTo(before);
    edition("one").migrate();
    assertThat(database.rows("SELECT DISTINCT history FROM users")).containsExactly("ux");
  }

  private Migrator edition(String edition) {
    return Migrator.of(
        database.file(),
        TestDatabase.catalog(List.of(Migration001Count.class))
            .withEditions(() -> "001 " + NAME + " " + edition));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE migration_progress (migration TEXT, percent REAL)",
        "CREATE VIEW migration_progress AS SELECT user_id FROM users",
      })
  void refuses_something_else_of_the_name_of_its_table(String sql) {
    database.run(sql);
    Map<String, String> before = database.folder();
    for (ThrowingCallable way :
        List.<ThrowingCallable>of(
            migrator()::migrate, migrator()::plan, migrator()::checkEditions)) {
      assertThatThrownBy(way)
          .isInstanceOf(UnsuitableSchema.class)
          .hasMessageContaining("its table migration_progress is not the one of this program");
    }
    assertThat(database.folder()).isEqualTo(before);
  }

  static final class Migration001InOneStep implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("UPDATE users SET history = 'v'");
    }
  }

  @Test
  void one_in_a_single_step_leaves_a_table_of_that_name_alone() {
    database.run("CREATE TABLE migration_progress (migration TEXT)");
    database.run("INSERT INTO migration_progress VALUES ('migration_001_in_one_step')");
    database.migrator(Migration001InOneStep.class).migrate();
    assertThat(database.rows("SELECT * FROM migration_progress"))
        .containsExactly("migration_001_in_one_step");
  }

  @Test
  void says_before_it_begins_that_it_is_in_steps() {
    assertThat(migrator().plan().pending().get(0).steps()).isEqualTo(new MigrationPlan.Steps(0, 0));
  }

  @Test
  void is_announced_once_and_tells_how_far_it_has_come() {
    List<String> heard = new ArrayList<>();
    migrator()
        .withListener(
            new Migrator.Listener() {
              @Override
              public void started(String name) {
                heard.add("started");
              }

              @Override
              public void progress(String name, long done, long total) {
                heard.add(done + " of " + total);
              }
            })
        .migrate();
    assertThat(heard)
        .containsExactly("started", "2 of 10", "4 of 10", "6 of 10", "8 of 10", "10 of 10");
  }

  @Test
  void is_rehearsed_in_as_many_transactions() {
    Rehearsal rehearsal = migrator().rehearse(text -> text);
    assertThat(rehearsal.wentThrough()).isTrue();
    assertThat(rehearsal.steps().get(0).step().transactions()).isEqualTo(5);
    assertThat(rehearsal.steps().get(0).schema()).isEmpty();
    assertThat(rehearsal.steps().get(0).rows()).containsExactly(java.util.Map.entry("users", 10L));
  }

  @Test
  void one_that_does_not_declare_it_is_stopped() {
    assertThatThrownBy(() -> database.migrator(Migration001WantsToBeCalledAgain.class).migrate())
        .isInstanceOf(MigrationFailed.class)
        .hasMessageContaining(
            "it wants to be called again and does not implement Migration.InSteps");
  }

  private Migrator migrator() {
    return database.migrator(Migration001Count.class);
  }
}
