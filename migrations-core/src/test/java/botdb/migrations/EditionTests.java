package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.Steps.Migration001AddNotes;
import botdb.migrations.Steps.Migration002AddTags;
import botdb.migrations.Steps.Migration003Throw;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code migration_log} remembers, and what follows from it. */
final class EditionTests {
  private static final String NOTES = "migration_001_add_notes";

  @TempDir private Path folder;

  private record Lines(String text) implements MigrationCatalog.Editions {}

  private static Migrator migrator(TestDatabase database, String editions) {
    MigrationCatalog catalog =
        TestDatabase.catalog(List.of(Migration001AddNotes.class, Migration002AddTags.class));
    return Migrator.of(database.file(), catalog.withEditions(new Lines(editions)));
  }

  @Test
  void notes_what_was_applied_in_which_edition_and_by_whom() {
    TestDatabase database = TestDatabase.in(folder);
    migrator(database, "# head\n001 " + NOTES + " 9f86d081\n").migrate();
    assertThat(
            database.rows(
                "SELECT event, migration, coalesce(edition, '-'), rows, program,"
                    + " started_at <= ended_at, length(ended_at) FROM migration_log ORDER BY id"))
        .containsExactly(
            "applied|" + NOTES + "|9f86d081|2|unpackaged|1|19",
            "applied|migration_002_add_tags|-|0|unpackaged|1|19");
  }

  @Test
  void refuses_a_database_on_which_another_edition_ran() {
    TestDatabase database = TestDatabase.in(folder);
    migrator(database, "001 " + NOTES + " 9f86d081").migrate(1);
    var before = database.folder();
    for (int to = 1; to <= 2; to++) {
      int target = to;
      assertThatThrownBy(() -> migrator(database, "001 " + NOTES + " 60303ae2").migrate(target))
          .isInstanceOf(MigrationException.OtherEdition.class)
          .hasMessageContaining("applied   9f86d081")
          .hasMessageContaining("this one  60303ae2");
    }
    assertThat(database.folder()).isEqualTo(before);
    assertThat(migrator(database, "001 " + NOTES + " 9f86d081").migrate().steps()).hasSize(1);
  }

  @Test
  void accepts_what_the_python_bot_applied_and_what_has_no_edition() {
    TestDatabase database = TestDatabase.in(folder).applied(NOTES + ".py");
    Migrator migrator = migrator(database, "001 " + NOTES + " 9f86d081");
    assertThat(migrator.migrate().steps()).hasSize(1);
    assertThat(migrator(database, "001 " + NOTES + " other").migrate().steps()).isEmpty();
  }

  @Test
  void forgetting_stays_in_the_log_and_the_next_edition_counts() {
    TestDatabase database = TestDatabase.in(folder);
    migrator(database, "001 " + NOTES + " 9f86d081").migrate();
    migrator(database, "001 " + NOTES + " 9f86d081").forget(NOTES);
    database.run("DROP TABLE notes");
    migrator(database, "001 " + NOTES + " 60303ae2").migrate();
    assertThat(
            database.rows(
                "SELECT event, edition FROM migration_log WHERE migration = '"
                    + NOTES
                    + "' ORDER BY id"))
        .containsExactly("applied|9f86d081", "forgotten|9f86d081", "applied|60303ae2");
    assertThat(migrator(database, "001 " + NOTES + " 60303ae2").migrate().steps()).isEmpty();
  }

  @Test
  void a_failure_is_noted_where_there_is_a_log_and_not_where_there_is_none() {
    TestDatabase database = TestDatabase.in(folder);
    Migrator failing =
        database.migrator(
            Migration001AddNotes.class, Migration002AddTags.class, Migration003Throw.class);
    assertThatThrownBy(failing::migrate).isInstanceOf(MigrationException.MigrationFailed.class);
    assertThat(database.rows("SELECT event, coalesce(detail, '') FROM migration_log"))
        .containsExactly("applied|", "applied|", "failed|migration-failed");
  }

  @Test
  void refuses_a_foreign_table_of_that_name() {
    TestDatabase database = TestDatabase.in(folder);
    database.run("CREATE TABLE migration_log (whatever)");
    var before = database.folder();
    assertThatThrownBy(() -> migrator(database, "").migrate())
        .isInstanceOf(MigrationException.UnsuitableSchema.class)
        .hasMessageContaining("migration_log");
    assertThat(database.folder()).isEqualTo(before);
    database.applied("migration_001_add_notes");
    var applied = database.folder();
    assertThatThrownBy(() -> migrator(database, "").forget("migration_001_add_notes"))
        .isInstanceOf(MigrationException.UnsuitableSchema.class)
        .hasMessageContaining("migration_log");
    assertThat(database.folder()).isEqualTo(applied);
  }
}
