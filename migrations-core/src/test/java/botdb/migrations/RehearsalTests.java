package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import botdb.migrations.Steps.Migration001AddNotes;
import botdb.migrations.Steps.Migration002AddTags;
import botdb.migrations.Steps.Migration003Throw;
import botdb.migrations.sample.SampleCatalog;
import botdb.migrations.sample.SampleRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rehearsal tells what a run would do, and does nothing. */
final class RehearsalTests {
  private static final String NOTES = "migration_001_add_notes";
  private static final String TAGS = "migration_002_add_tags";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal"})
  void changes_no_byte_and_leaves_nothing_behind(String mode) {
    TestDatabase database = TestDatabase.in(folder).run("PRAGMA journal_mode = " + mode);
    var before = database.folder();
    assertThat(rehearse(database).wentThrough()).isTrue();
    assertThat(database.folder()).isEqualTo(before);
  }

  @Test
  void tells_what_a_run_then_does() {
    TestDatabase database = TestDatabase.in(folder);
    Rehearsal rehearsal = rehearse(database);
    MigrationReport report = migrator(database).migrate();
    assertThat(rehearsal.steps())
        .extracting(step -> step.step().number(), step -> step.step().name(), s -> s.step().rows())
        .containsExactlyElementsOf(
            report.steps().stream()
                .map(s -> org.assertj.core.groups.Tuple.tuple(s.number(), s.name(), s.rows()))
                .toList());
  }

  @Test
  void tells_rows_schema_and_growth_of_each_migration() {
    TestDatabase database = TestDatabase.in(folder);
    List<Rehearsal.Step> steps = rehearse(database).steps();
    assertThat(steps).hasSize(2);
    Rehearsal.Step notes = steps.get(0);
    assertThat(notes.rows()).isEqualTo(Map.of("notes", 2L));
    assertThat(notes.elsewhere()).isZero();
    assertThat(notes.schema())
        .containsExactly(
            "+ column notes.id INTEGER",
            "+ column notes.id is part 1 of the primary key",
            "+ column notes.text ",
            "+ column notes.user_id ",
            "+ table notes");
    assertThat(notes.growth() / 4096).isPositive();
    assertThat(notes.step().took()).isPositive();
    assertThat(steps.get(1).rows()).isEmpty();
    assertThat(steps.get(1).schema()).contains("+ table tags").doesNotContain("+ table notes");
    assertThat(steps.get(1).samples()).isEmpty();
  }

  @Test
  void tells_what_went_from_the_schema_and_what_moved() {
    TestDatabase database =
        TestDatabase.absentIn(folder)
            .run("CREATE TABLE users (user_id INTEGER PRIMARY KEY, name TEXT, history)");
    assertThat(database.migrator(Migration001DropName.class).rehearse(text -> "").steps().get(0))
        .extracting(Rehearsal.Step::schema)
        .isEqualTo(
            List.of(
                "- column users.history is number 2",
                "- column users.name TEXT",
                "+ column users.history is number 1"));
  }

  static final class Migration001DropName implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("ALTER TABLE users DROP COLUMN name");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal"})
  void tells_how_large_the_log_gets(String mode) {
    TestDatabase database =
        TestDatabase.in(folder)
            .run("UPDATE users SET history = hex(zeroblob(100000))")
            .run("PRAGMA journal_mode = " + mode);
    Rehearsal.Step step =
        database.migrator(Migration001Rewrite.class).rehearse(text -> "").steps().get(0);
    assertThat(step.log()).isBetween(400_000L, 500_000L);
    assertThat(step.disk()).isEqualTo(step.log() + step.growth());
  }

  /** A journal keeps what pages were, a log what they became. */
  @ParameterizedTest
  @CsvSource({"delete, 0, 50000", "wal, 400000, 500000"})
  void runs_in_the_journal_mode_of_the_database(String mode, long least, long most) {
    TestDatabase database = TestDatabase.in(folder).run("PRAGMA journal_mode = " + mode);
    Rehearsal.Step step =
        database.migrator(Migration001Grow.class).rehearse(text -> "").steps().get(0);
    assertThat(step.log()).isBetween(least, most);
    assertThat(step.growth()).isBetween(400_000L, 500_000L);
  }

  static final class Migration001Grow implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("CREATE TABLE ballast AS SELECT zeroblob(400000)");
    }
  }

  static final class Migration001Rewrite implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("UPDATE users SET history = replace(history, '0', '1')");
    }
  }

  @Test
  void a_failure_says_what_a_run_would_say_and_keeps_what_went_through() {
    TestDatabase database = TestDatabase.in(folder);
    Migrator failing =
        database.migrator(
            Migration001AddNotes.class, Migration002AddTags.class, Migration003Throw.class);
    var before = database.folder();
    Rehearsal rehearsal = failing.rehearse(text -> "");
    assertThat(database.folder()).isEqualTo(before);
    assertThat(rehearsal.wentThrough()).isFalse();
    assertThat(rehearsal.steps()).extracting(s -> s.step().name()).containsExactly(NOTES, TAGS);
    MigrationException real = catchThrowableOfType(MigrationException.class, failing::migrate);
    assertThat(rehearsal.failure()).hasMessage(real.getMessage()).hasSameClassAs(real);
  }

  @Test
  void what_is_no_relative_of_the_catalog_is_a_failure() {
    TestDatabase database = TestDatabase.absentIn(folder).run("CREATE TABLE users (id)");
    assertThat(rehearse(database).failure())
        .isInstanceOf(MigrationException.UnsuitableSchema.class)
        .hasMessageStartingWith(database.path() + " is not a database of this program");
  }

  @Test
  void of_no_database_tells_what_would_be_created_and_creates_nothing() {
    TestDatabase database = TestDatabase.absentIn(folder);
    List<Rehearsal.Step> steps = rehearse(database).steps();
    assertThat(steps)
        .extracting(step -> step.step().name())
        .containsExactly(MigrationReport.BASELINE, NOTES, TAGS);
    assertThat(steps.get(0).schema()).contains("+ table users");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void of_an_empty_file_leaves_it_empty() throws IOException {
    TestDatabase database = TestDatabase.absentIn(folder);
    Files.createFile(database.path());
    assertThat(rehearse(database).steps()).hasSize(3);
    assertThat(database.path()).isEmptyFile();
  }

  @Test
  void with_nothing_pending_has_no_steps() {
    TestDatabase database = TestDatabase.in(folder).applied(NOTES, TAGS);
    assertThat(rehearse(database)).isEqualTo(new Rehearsal(List.of(), null));
  }

  @Test
  void goes_up_to_the_number_that_is_asked_for() {
    TestDatabase database = TestDatabase.in(folder);
    assertThat(migrator(database).rehearse(1, text -> "").steps()).hasSize(1);
    assertThatThrownBy(() -> migrator(database).rehearse(3, text -> ""))
        .isInstanceOf(MigrationException.UnknownMigration.class);
  }

  @Test
  void refuses_what_a_run_refuses_before_it_copies() throws IOException {
    TestDatabase newer = TestDatabase.in(folder.resolve("a")).applied("migration_998_newer");
    assertThatThrownBy(() -> rehearse(newer)).isInstanceOf(MigrationException.Superseded.class);

    TestDatabase diary = TestDatabase.absentIn(folder);
    Files.writeString(diary.path(), "dear diary");
    assertThatThrownBy(() -> rehearse(diary)).isInstanceOf(MigrationException.NotADatabase.class);

    TestDatabase lost = TestDatabase.absentIn(folder.resolve("no/such"));
    assertThatThrownBy(() -> rehearse(lost)).isInstanceOf(MigrationException.UnusablePath.class);
  }

  @Test
  void refuses_a_folder_that_takes_no_copy() throws IOException {
    TestDatabase database = TestDatabase.in(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assertThatThrownBy(() -> rehearse(database))
          .isInstanceOf(MigrationException.ReadOnly.class)
          .hasMessageContaining("its folder is read-only");
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal"})
  void goes_on_beside_a_bot_that_is_writing(String mode) throws Exception {
    TestDatabase database = TestDatabase.in(folder).run("PRAGMA journal_mode = " + mode);
    try (Connection bot = database.connect()) {
      Sql.run(bot, "BEGIN IMMEDIATE; DELETE FROM users;");
      assertThat(rehearse(database).steps().get(0).rows()).isEqualTo(Map.of("notes", 2L));
      Sql.run(bot, "COMMIT");
    }
    assertThat(database.rows("SELECT count(*) FROM users")).containsExactly("0");
  }

  @Test
  void tells_violations_of_foreign_keys_that_were_there() {
    TestDatabase database =
        TestDatabase.in(folder)
            .run(
                """
                CREATE TABLE pets (owner INTEGER REFERENCES users (user_id));
                INSERT INTO pets VALUES (1), (8), (9);
                """);
    Rehearsal.Step step = rehearse(database).steps().get(0);
    String line = "pets (owner) points to no row of users: 2";
    assertThat(step.violationsBefore()).containsExactly(line);
    assertThat(step.violationsAfter()).containsExactly(line);
  }

  @Test
  void new_violations_of_foreign_keys_are_a_failure() {
    TestDatabase database =
        TestDatabase.in(folder)
            .run("CREATE TABLE pets (owner INTEGER REFERENCES users); INSERT INTO pets VALUES (1)");
    assertThat(database.migrator(Migration001DeleteUsers.class).rehearse(text -> "").failure())
        .hasMessageContaining("at        pets (owner) points to no row of users: 1 new");
  }

  static final class Migration001DeleteUsers implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("DELETE FROM users");
    }
  }

  @Test
  void the_listener_hears_what_begins_and_of_nothing_applied() {
    List<String> heard = new ArrayList<>();
    migrator(TestDatabase.in(folder))
        .withListener(
            new Migrator.Listener() {
              @Override
              public void started(String name) {
                heard.add(name);
              }

              @Override
              public void applied(MigrationReport.Step step) {
                heard.add("applied " + step.name());
              }
            })
        .rehearse(text -> "");
    assertThat(heard).containsExactly(NOTES, TAGS);
  }

  @Test
  void goes_through_migrations_of_every_kind() {
    TestDatabase database =
        TestDatabase.absentIn(folder).run(SampleCatalog.snapshot(0) + SampleRows.sql(0, 0));
    Rehearsal rehearsal =
        Migrator.of(database.file(), SampleCatalog.migrations()).rehearse(text -> "masked");
    assertThat(rehearsal.failure()).isNull();
    assertThat(rehearsal.steps()).hasSize(SampleCatalog.migrations().size());
    assertThat(rehearsal.steps())
        .extracting(Rehearsal.Step::schema)
        .allSatisfy(lines -> assertThat(lines).allMatch(line -> line.matches("[-+] .*")));
    assertThat(rehearsal.steps())
        .allSatisfy(
            step ->
                assertThat(
                        step.rows().values().stream().mapToLong(Long::longValue).sum()
                            + step.elsewhere())
                    .as(step.step().name())
                    .isEqualTo(step.step().rows()));
  }

  @Test
  void needs_room_for_two_copies_and_what_the_run_takes() throws IOException {
    TestDatabase database =
        TestDatabase.in(folder).run("UPDATE users SET history = hex(zeroblob(400000))");
    assertThat(SqliteDiskSpace.of((SqliteFile) database.file()).forRehearsal())
        .extracting("items")
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .containsExactly("two copies 3.2 MB", "log 1.6 MB", "growth 0.8 MB");
  }

  private static Migrator migrator(TestDatabase database) {
    return database.migrator(Migration001AddNotes.class, Migration002AddTags.class);
  }

  private static Rehearsal rehearse(TestDatabase database) {
    return Migrator.of(
            database.file().withPatience(Duration.ofSeconds(5)),
            TestDatabase.catalog(
                TestDatabase.list(Migration001AddNotes.class, Migration002AddTags.class)))
        .rehearse(text -> "");
  }
}
