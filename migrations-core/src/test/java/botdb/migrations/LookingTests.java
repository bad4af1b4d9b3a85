package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.MigrationPlan.State;
import botdb.migrations.Steps.Migration001AddNotes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looking at the plan leaves the folder as it was: every file, every byte. */
final class LookingTests {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2025-11-05T15:30:45Z"));

  @TempDir private Path folder;

  @Test
  void at_nothing_creates_nothing() {
    TestDatabase database = TestDatabase.absentIn(folder);
    assertThat(look(database)).isEqualTo(State.ABSENT);
    assertThat(database.folder()).isEmpty();
    assertThat(look(TestDatabase.absentIn(folder.resolve("missing")))).isEqualTo(State.ABSENT);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void at_an_empty_file_leaves_it_empty() throws IOException {
    TestDatabase database = TestDatabase.absentIn(folder);
    Files.createFile(database.path());
    assertThat(lookWithoutATrace(database)).isEqualTo(State.PENDING);
  }

  @Test
  void at_an_empty_file_leaves_the_journal_beside_it() throws IOException {
    TestDatabase database = TestDatabase.absentIn(folder);
    Files.createFile(database.path());
    Files.write(folder.resolve("users.db-journal"), new byte[600]);
    assertThat(lookWithoutATrace(database)).isEqualTo(State.PENDING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "truncate", "persist", "wal"})
  void at_a_database_of_any_journal_mode(String mode) throws IOException {
    TestDatabase database = TestDatabase.in(folder).run("PRAGMA journal_mode = " + mode);
    assertThat(lookWithoutATrace(database)).isEqualTo(State.PENDING);
    database.applied("migration_001_add_notes");
    assertThat(lookWithoutATrace(database)).isEqualTo(State.UP_TO_DATE);
    database.applied("migration_998_newer");
    assertThat(lookWithoutATrace(database)).isEqualTo(State.SUPERSEDED);
  }

  @Test
  void at_a_database_whose_last_rows_stand_only_in_the_log() throws Exception {
    TestDatabase database = TestDatabase.in(folder.resolve("copy"));
    TestDatabase live = TestDatabase.in(folder.resolve("live"));
    try (Connection bot = live.connect()) {
      Sql.run(bot, "PRAGMA journal_mode = wal; SELECT * FROM users;");
      live.applied("migration_001_add_notes");
      copy(live, database, "users.db");
      copy(live, database, "users.db-wal");
    }
    assertThat(lookWithoutATrace(database)).isEqualTo(State.UP_TO_DATE);
  }

  @Test
  void at_a_database_that_a_bot_is_using() throws Exception {
    TestDatabase database = TestDatabase.in(folder);
    try (Connection bot = database.connect()) {
      Sql.run(bot, "PRAGMA journal_mode = wal; BEGIN IMMEDIATE; DELETE FROM users;");
      assertThat(lookWithoutATrace(database)).isEqualTo(State.PENDING);
      Sql.run(bot, "ROLLBACK");
    }
  }

  @Test
  void at_a_file_that_is_no_database() throws IOException {
    TestDatabase database = TestDatabase.absentIn(folder);
    Files.writeString(database.path(), "dear diary");
    var before = database.folder();
    assertThatThrownBy(() -> look(database)).isInstanceOf(MigrationException.NotADatabase.class);
    assertThat(database.folder()).isEqualTo(before);
  }

  @Test
  void at_a_write_that_a_crash_left_unfinished_says_so_and_migrating_rolls_it_back()
      throws Exception {
    TestDatabase database = crashed();
    var before = database.folder();
    assertThatThrownBy(() -> look(database))
        .isInstanceOf(MigrationException.UnfinishedWrite.class)
        .hasMessageStartingWith(
            database.path() + " cannot be read without writing: a crash left a write unfinished\n");
    assertThat(database.folder()).isEqualTo(before);

    assertThat(database.migrator(Migration001AddNotes.class).migrate().steps()).hasSize(1);
    assertThat(database.rows("SELECT DISTINCT substr(history, 1, 4) FROM users"))
        .containsExactly("0000");
    assertThat(database.folder()).containsOnlyKeys("users.db");
  }

  /** Copies a database from under a transaction whose pages have already reached the file. */
  private TestDatabase crashed() throws SQLException, IOException {
    TestDatabase database = TestDatabase.in(folder.resolve("copy"));
    TestDatabase live = TestDatabase.in(folder.resolve("live"));
    live.run("UPDATE users SET history = hex(zeroblob(200000))");
    try (Connection writer = live.connect()) {
      Sql.run(
          writer,
          "PRAGMA cache_size = 2; BEGIN; UPDATE users SET history = hex(randomblob(200000));");
      copy(live, database, "users.db");
      copy(live, database, "users.db-journal");
    }
    return database;
  }

  private static void copy(TestDatabase from, TestDatabase to, String file) throws IOException {
    Files.copy(
        from.path().resolveSibling(file),
        to.path().resolveSibling(file),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static State look(TestDatabase database) {
    return database.migrator(Migration001AddNotes.class).plan().state();
  }

  private static State lookWithoutATrace(TestDatabase database) throws IOException {
    Files.setLastModifiedTime(database.path(), LONG_AGO);
    var before = database.folder();
    State state = look(database);
    assertThat(database.folder()).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(database.path())).isEqualTo(LONG_AGO);
    return state;
  }
}
