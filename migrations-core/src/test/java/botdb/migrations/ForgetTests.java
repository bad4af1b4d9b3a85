package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.MigrationException.UnknownMigration;
import botdb.migrations.Steps.Migration001AddNotes;
import botdb.migrations.Steps.Migration002AddTags;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ForgetTests {
  private static final String NOTES = "migration_001_add_notes";
  private static final String TAGS = "migration_002_add_tags";

  @TempDir private Path folder;

  private static Migrator migrator(TestDatabase database) {
    return database.migrator(Migration001AddNotes.class, Migration002AddTags.class);
  }

  @ParameterizedTest
  @CsvSource({
    "migration_001_add_notes, migration_001_add_notes",
    "migration_001_add_notes.py, migration_001_add_notes",
    "migration_001_add_notes, migration_001_add_notes.py",
    "migration_001_add_notes.py, migration_001_add_notes.py",
  })
  void deletes_the_row_however_the_name_is_written(String recorded, String forgotten) {
    TestDatabase database = TestDatabase.in(folder).applied(recorded, TAGS);
    migrator(database).forget(forgotten);
    assertThat(database.appliedNames()).containsExactly(TAGS);
    assertThat(migrator(database).migrate().steps())
        .extracting(MigrationReport.Step::name)
        .containsExactly(NOTES);
  }

  @Test
  void deletes_both_rows_of_one_migration() {
    TestDatabase database = TestDatabase.in(folder).applied(NOTES, NOTES + ".py");
    migrator(database).forget(NOTES);
    assertThat(database.appliedNames()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "migration_002_add_tags",
    "migration_003_never_heard_of",
    "notes",
    "''",
    "MIGRATION_001_ADD_NOTES",
  })
  void refuses_what_is_not_applied(String name) {
    TestDatabase database = TestDatabase.in(folder).applied(NOTES);
    assertRefused(
        database, name, UnknownMigration.class, name + " is not applied; nothing was changed");
  }

  @Test
  void refuses_where_nothing_was_ever_applied() {
    assertRefused(
        TestDatabase.in(folder),
        NOTES,
        UnknownMigration.class,
        NOTES + " is not applied; nothing was changed");
  }

  @Test
  void refuses_a_superseded_database() {
    TestDatabase database = TestDatabase.in(folder).applied(NOTES, "migration_998_newer");
    assertRefused(
        database,
        NOTES,
        MigrationException.Superseded.class,
        database.path()
            + " was written by a newer program: migration_998_newer is unknown to this one;"
            + " nothing was changed");
  }

  @Test
  void refuses_a_file_that_is_not_there_and_creates_none() {
    TestDatabase database = TestDatabase.absentIn(folder);
    assertRefused(
        database,
        NOTES,
        MigrationException.DatabaseMissing.class,
        "there is no database " + database.path());
  }

  private static void assertRefused(
      TestDatabase database, String name, Class<?> type, String headline) {
    var before = database.folder();
    assertThatThrownBy(() -> migrator(database).forget(name))
        .isInstanceOf(type)
        .hasMessageStartingWith(headline + "\n");
    assertThat(database.folder()).isEqualTo(before);
  }
}
