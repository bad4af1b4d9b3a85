package botdb.migrations;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.MigrationException.MigrationFailed;
import botdb.migrations.Steps.Migration001AddNotes;
import botdb.migrations.Steps.Migration002AddTags;
import botdb.migrations.Steps.Migration003Throw;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MigratorFailureTests {
  @TempDir private Path folder;

  @Test
  void rolls_back_the_failed_migration_and_keeps_the_earlier_ones() {
    TestDatabase database = TestDatabase.in(folder);
    assertThatThrownBy(() -> migrator(database, Migration003Throw.class).migrate())
        .isInstanceOf(MigrationFailed.class)
        .hasCauseInstanceOf(IllegalStateException.class)
        .extracting(MigratorFailureTests::message)
        .isEqualTo(
            """
            migration_003_throw failed and was rolled back; the database is as migration_002_add_tags left it
              database  %s
              at        java.lang.IllegalStateException in Steps.java, line N
              applied   migration_001_add_notes, in this run
                        migration_002_add_tags, in this run
              to do     report this as a bug, with the lines above; --debug shows where it happened"""
                .formatted(database.path()));
    assertThat(database.appliedNames())
        .containsExactly("migration_001_add_notes", "migration_002_add_tags");
    assertThat(database.rows("SELECT count(*) FROM notes")).containsExactly("2");
  }

  @Test
  void a_failure_changes_no_byte() {
    TestDatabase database = TestDatabase.in(folder);
    migrator(database, Migration003Throw.class).migrate(2);
    // With a log the failure would be noted there.
    database.run("DROP TABLE migration_log");
    var before = database.folder();
    List<Class<? extends Migration>> failing =
        List.of(
            Migration003Throw.class,
            Migration003SqlError.class,
            Migration003Constraint.class,
            Migration003RollBackBySqlite.class,
            Migration003Overflow.class,
            Migration003Unsuitable.class,
            Migration003ManyPages.class);
    for (Class<? extends Migration> type : failing) {
      assertThatThrownBy(() -> migrator(database, type).migrate())
          .as(type.getName())
          .isInstanceOf(MigrationFailed.class);
      assertThat(database.folder()).as(type.getName()).isEqualTo(before);
    }
  }

  @Test
  void a_failure_of_the_first_migration_leaves_the_database_as_it_was() {
    TestDatabase database = TestDatabase.in(folder);
    var before = database.folder();
    assertThatThrownBy(() -> database.migrator(Migration001Unsuitable.class).migrate())
        .hasMessageStartingWith(
            "migration_001_unsuitable failed and was rolled back; the database is as it was\n");
    assertThat(database.folder()).isEqualTo(before);
  }

  @Test
  void a_failure_in_a_new_database_leaves_the_baseline() {
    TestDatabase database = TestDatabase.absentIn(folder);
    assertThatThrownBy(() -> database.migrator(Migration001Unsuitable.class).migrate())
        .hasMessageStartingWith(
            "migration_001_unsuitable failed and was rolled back; the database is as the baseline"
                + " left it\n")
        .hasMessageContaining("\n  applied   baseline, in this run\n");
    assertThat(database.rows("SELECT count(*) FROM users")).containsExactly("0");
  }

  @Test
  void names_what_sqlite_refused() {
    assertFailsAt(
        Migration003SqlError.class,
        "SQLite says: [SQLITE_ERROR] SQL error or missing database (no such table: nowhere)",
        "see what was refused, mend it, start again");
    assertFailsAt(
        Migration003Constraint.class,
        "SQLite says: [SQLITE_CONSTRAINT_UNIQUE] A UNIQUE constraint failed (UNIQUE constraint"
            + " failed: tags.name)",
        "see what was refused, mend it, start again");
  }

  @Test
  void names_the_rows_that_a_migration_cannot_use() {
    assertFailsAt(
        Migration003Unsuitable.class,
        "users.history of user 1: not a JSON array\n            users.history of user 2: empty",
        "repair them; nothing else was changed");
  }

  @Test
  void survives_an_error_of_the_virtual_machine() {
    assertFailsAt(
        Migration003Overflow.class,
        "java.lang.StackOverflowError in MigratorFailureTests.java, line N",
        "report this as a bug, with the lines above; --debug shows where it happened");
  }

  @Test
  void a_migration_that_cannot_be_recorded_is_not_applied() {
    TestDatabase database = TestDatabase.in(folder).applied();
    database.run(
        "CREATE TRIGGER stop BEFORE INSERT ON migrations BEGIN SELECT RAISE(ABORT, 'no'); END");
    var before = database.folder();
    assertThatThrownBy(() -> migrator(database, Migration003Throw.class).migrate(1))
        .isInstanceOf(MigrationFailed.class)
        .hasMessageContaining("(no)");
    assertThat(database.folder()).isEqualTo(before);
  }

  static final class Migration003FillTheDisk implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("PRAGMA max_page_count = 20");
      context.dsl().execute("UPDATE users SET history = hex(zeroblob(500000))");
    }
  }

  @Test
  void a_full_disk_is_called_so_and_leaves_every_byte() {
    TestDatabase database = TestDatabase.in(folder);
    migrator(database, Migration003FillTheDisk.class).migrate(2);
    var before = database.folder();
    assertThatThrownBy(() -> migrator(database, Migration003FillTheDisk.class).migrate())
        .isInstanceOf(MigrationException.DiskFull.class)
        .hasMessageStartingWith(
            "the disk of " + database.path() + " is full; what was begun was rolled back\n");
    assertThat(database.folder()).isEqualTo(before);
  }

  private void assertFailsAt(Class<? extends Migration> type, String at, String todo) {
    TestDatabase database = TestDatabase.in(folder.resolve(type.getSimpleName()));
    migrator(database, type).migrate(2);
    assertThatThrownBy(() -> migrator(database, type).migrate())
        .isInstanceOf(MigrationFailed.class)
        .extracting(MigratorFailureTests::message, as(InstanceOfAssertFactories.STRING))
        .endsWith("\n  at        %s\n  to do     %s".formatted(at, todo));
  }

  private static String message(Throwable thrown) {
    return thrown.getMessage().replaceAll("line \\d+", "line N");
  }

  private static Migrator migrator(TestDatabase database, Class<? extends Migration> third) {
    return database.migrator(Migration001AddNotes.class, Migration002AddTags.class, third);
  }

  static final class Migration003SqlError implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("DROP TABLE notes");
      context.dsl().execute("DROP TABLE nowhere");
    }
  }

  static final class Migration003Constraint implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("DROP TABLE notes");
      context.dsl().execute("INSERT INTO tags VALUES ('a'), ('a')");
    }
  }

  static final class Migration003RollBackBySqlite implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("DROP TABLE notes");
      context.dsl().execute("INSERT OR ROLLBACK INTO tags VALUES ('a'), ('a')");
    }
  }

  static final class Migration003Overflow implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("DROP TABLE notes");
      // Thrown and not provoked, so that the place is the same where the code is instrumented.
      throw new StackOverflowError();
    }
  }

  private static void refuseRows(Migration.Context context) {
    context.dsl().execute("UPDATE users SET history = 'x'");
    throw new MigrationException.UnsuitableData(
        List.of("users.history of user 1: not a JSON array", "users.history of user 2: empty"),
        "repair them");
  }

  static final class Migration001Unsuitable implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      refuseRows(context);
    }
  }

  static final class Migration003Unsuitable implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      refuseRows(context);
    }
  }

  /** Changes more than the cache holds, so that pages reach the file before the rollback. */
  static final class Migration003ManyPages implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("PRAGMA cache_size = 5");
      context.dsl().execute("UPDATE users SET history = hex(zeroblob(500000))");
      throw new IllegalStateException("too late");
    }
  }
}
