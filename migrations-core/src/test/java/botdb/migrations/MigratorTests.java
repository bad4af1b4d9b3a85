package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import botdb.migrations.MigrationReport.Step;
import botdb.migrations.Steps.Migration001AddNotes;
import botdb.migrations.Steps.Migration002AddTags;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MigratorTests {
  private static final String NOTES = "migration_001_add_notes";
  private static final String TAGS = "migration_002_add_tags";

  @TempDir private Path folder;

  private Migrator migrator(TestDatabase database) {
    return database.migrator(Migration001AddNotes.class, Migration002AddTags.class);
  }

  @Test
  void creates_a_new_database_with_the_baseline_and_every_migration() {
    TestDatabase database = TestDatabase.absentIn(folder);
    assertThat(migrator(database).migrate().steps())
        .extracting(Step::number, Step::name)
        .containsExactly(tuple(0, "baseline"), tuple(1, NOTES), tuple(2, TAGS));
    assertThat(database.rows("SELECT name FROM sqlite_schema WHERE sql IS NOT NULL"))
        .containsExactlyInAnyOrder(
            "users", "notes", "tags", "migrations", "migration_log", "sqlite_sequence");
    assertThat(migrator(database).plan().state()).isEqualTo(MigrationPlan.State.UP_TO_DATE);
  }

  @Test
  void creates_the_baseline_beside_the_tables_of_somebody_else() {
    TestDatabase database = TestDatabase.absentIn(folder).run("CREATE TABLE other (x)");
    migrator(database).migrate();
    assertThat(database.rows("SELECT name FROM sqlite_schema")).contains("other", "users", "notes");
  }

  @Test
  void adopts_a_table_with_more_columns_and_another_spelling() {
    TestDatabase database =
        TestDatabase.absentIn(folder)
            .run("CREATE TABLE Users (HISTORY, mood, user_id); INSERT INTO users VALUES (1, 2, 3)");
    assertThat(migrator(database).migrate().steps()).extracting(Step::number).containsExactly(1, 2);
    assertThat(database.rows("SELECT * FROM users")).containsExactly("1|2|3");
  }

  @Test
  void does_nothing_the_second_time_not_to_a_single_byte() {
    TestDatabase database = TestDatabase.in(folder);
    migrator(database).migrate();
    var before = database.folder();
    assertThat(migrator(database).migrate().steps()).isEmpty();
    assertThat(database.folder()).isEqualTo(before);
  }

  @Test
  void stops_at_the_number_that_was_asked_for() {
    TestDatabase database = TestDatabase.absentIn(folder);
    assertThat(migrator(database).migrate(0).steps()).extracting(Step::number).containsExactly(0);
    assertThat(database.appliedNames()).isEmpty();
    assertThat(migrator(database).migrate(1).steps()).extracting(Step::number).containsExactly(1);
    assertThat(migrator(database).migrate(1).steps()).isEmpty();
    assertThat(migrator(database).migrate(2).steps()).extracting(Step::number).containsExactly(2);
  }

  @Test
  void refuses_a_number_that_the_catalog_does_not_have() {
    TestDatabase database = TestDatabase.absentIn(folder);
    for (int number : new int[] {-1, 3}) {
      assertThatThrownBy(() -> migrator(database).migrate(number))
          .isInstanceOf(MigrationException.UnknownMigration.class)
          .hasMessageContaining("choose a number from 000 to 002");
    }
    assertThat(database.folder()).isEmpty();
  }

  @Test
  void applies_again_what_somebody_deleted_in_the_order_of_the_numbers() {
    TestDatabase database = TestDatabase.in(folder);
    migrator(database).migrate();
    database.run("DELETE FROM migrations; DROP TABLE notes; DROP TABLE tags;");
    assertThat(migrator(database).migrate().steps()).extracting(Step::number).containsExactly(1, 2);

    database.run("DELETE FROM migrations WHERE name = '" + NOTES + "'; DROP TABLE notes;");
    assertThat(migrator(database).migrate().steps()).extracting(Step::number).containsExactly(1);
    assertThat(database.appliedNames()).containsExactly(TAGS, NOTES);
    assertThat(database.rows("SELECT id FROM migrations ORDER BY id")).containsExactly("4", "5");
  }

  @Test
  void creates_the_table_of_migrations_to_the_letter() {
    TestDatabase database = TestDatabase.absentIn(folder);
    migrator(database).migrate(0);
    assertThat(database.rows("SELECT sql FROM sqlite_schema WHERE name = 'migrations'"))
        .containsExactly(
            """
            CREATE TABLE migrations (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                name TEXT UNIQUE NOT NULL,
                applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
            )""");
  }

  @Test
  void records_the_time_as_text_in_utc() {
    TestDatabase database = TestDatabase.in(folder);
    migrator(database).migrate(1);
    assertThat(database.rows("SELECT id, name, typeof(applied_at) FROM migrations"))
        .containsExactly("1|" + NOTES + "|text");
    String appliedAt = migrator(database).plan().entries().get(0).appliedAt();
    assertThat(
            LocalDateTime.parse(
                String.valueOf(appliedAt), DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss")))
        .isCloseTo(LocalDateTime.now(ZoneOffset.UTC), within(1, ChronoUnit.MINUTES));
  }

  @Test
  void leaves_the_journal_mode_as_it_is() {
    for (String mode : List.of("wal", "delete")) {
      TestDatabase database = TestDatabase.absentIn(folder.resolve(mode));
      folder.resolve(mode).toFile().mkdirs();
      database.run("PRAGMA journal_mode = " + mode + ";" + TestDatabase.USERS);
      migrator(database).migrate();
      assertThat(database.rows("PRAGMA journal_mode")).containsExactly(mode);
      assertThat(database.folder()).containsOnlyKeys("users.db");
    }
  }

  /** A run of several migrations keeps its journal until its end, which a kill comes before. */
  @Test
  void takes_away_the_cleared_journal_that_a_killed_run_left() {
    TestDatabase database = TestDatabase.absentIn(folder);
    database.run("PRAGMA journal_mode = PERSIST;" + TestDatabase.USERS);
    assertThat(database.folder()).containsKeys("users.db", "users.db-journal");
    assertThat(migrator(database).plan().pending()).hasSize(2);
    migrator(database).migrate(1);
    assertThat(database.folder()).containsOnlyKeys("users.db");
  }

  @Test
  void tells_the_listener_what_it_does() {
    List<String> heard = new ArrayList<>();
    Migrator.Listener listener =
        new Migrator.Listener() {
          @Override
          public void started(String name) {
            heard.add("started " + name);
          }

          @Override
          public void progress(String name, long done, long total) {
            heard.add("%s %d of %d".formatted(name, done, total));
          }

          @Override
          public void applied(Step step) {
            heard.add("applied %s, %d rows".formatted(step.name(), step.rows()));
          }
        };
    TestDatabase.in(folder).migrator(Migration001Tell.class).withListener(listener).migrate();
    assertThat(heard)
        .containsExactly(
            "started migration_001_tell",
            "migration_001_tell 1 of 2",
            "applied migration_001_tell, 2 rows");
  }

  static final class Migration001Tell implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("UPDATE users SET history = '[1]'");
      context.progress(1, 2);
    }
  }

  @Test
  void what_a_listener_throws_stops_the_run_and_rolls_back() {
    TestDatabase database = TestDatabase.in(folder);
    byte[] before = database.bytes();
    Migrator.Listener listener =
        new Migrator.Listener() {
          @Override
          public void started(String name) {
            throw new IllegalStateException("enough");
          }
        };
    assertThatThrownBy(() -> migrator(database).withListener(listener).migrate())
        .hasMessage("enough");
    assertThat(database.bytes()).isEqualTo(before);
  }
}
