package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.MigrationException.Busy;
import botdb.migrations.MigrationReport.Step;
import botdb.migrations.Steps.Migration001AddNotes;
import botdb.migrations.Steps.Migration002AddTags;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody else holds the database: the other one lets go when the listener hears of waiting. */
final class LockTests {
  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir private Path folder;

  private interface SqlAction {
    void run() throws SQLException;
  }

  /** Does something once the migrator waits, or after a step. */
  private static final class Reacting implements Migrator.Listener {
    private final List<Duration> limits = new ArrayList<>();
    private final SqlAction whenWaiting;
    private final SqlAction afterStep;

    Reacting(SqlAction whenWaiting, SqlAction afterStep) {
      this.whenWaiting = whenWaiting;
      this.afterStep = afterStep;
    }

    @Override
    public void waiting(Duration limit) {
      limits.add(limit);
      run(whenWaiting);
    }

    @Override
    public void applied(Step step) {
      run(afterStep);
    }

    private static void run(SqlAction action) {
      try {
        action.run();
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"delete, IMMEDIATE", "delete, EXCLUSIVE", "wal, IMMEDIATE"})
  void waits_for_a_writer_and_goes_on_when_it_lets_go(String mode, String lock)
      throws SQLException {
    TestDatabase database = TestDatabase.in(folder).run("PRAGMA journal_mode = " + mode);
    try (Connection writer = database.connect()) {
      Sql.run(writer, "BEGIN " + lock + "; INSERT INTO users (user_id) VALUES (3)");
      Reacting listener = new Reacting(() -> Sql.run(writer, "COMMIT"), () -> {});
      assertThat(migrator(database).withListener(listener).migrate().steps()).hasSize(2);
      assertThat(listener.limits).containsExactly(Duration.ofSeconds(30));
    }
    assertThat(database.rows("SELECT count(*) FROM notes"))
        .as("the writer's row")
        .containsExactly("3");
  }

  @Test
  void waits_at_the_commit_for_a_reader() throws SQLException {
    TestDatabase database = TestDatabase.in(folder);
    try (Connection reader = database.connect();
        Statement statement = reader.createStatement()) {
      statement.executeQuery("SELECT * FROM users").next();
      Reacting listener = new Reacting(statement::close, () -> {});
      assertThat(migrator(database).withListener(listener).migrate().steps()).hasSize(2);
      assertThat(listener.limits).hasSize(1);
    }
  }

  @Test
  void does_not_wait_for_a_reader_in_wal_mode() throws SQLException {
    TestDatabase database = TestDatabase.in(folder).run("PRAGMA journal_mode = wal");
    try (Connection reader = database.connect();
        Statement statement = reader.createStatement()) {
      statement.executeQuery("SELECT * FROM users").next();
      Reacting listener = new Reacting(() -> {}, () -> {});
      assertThat(migrator(database).withListener(listener).migrate().steps()).hasSize(2);
      assertThat(listener.limits).isEmpty();
    }
  }

  @Test
  void says_only_once_that_it_waits() throws SQLException {
    TestDatabase database = TestDatabase.in(folder);
    try (Connection writer = database.connect()) {
      Sql.run(writer, "BEGIN IMMEDIATE");
      Reacting listener =
          new Reacting(() -> Sql.run(writer, "COMMIT"), () -> Sql.run(writer, "BEGIN IMMEDIATE"));
      assertThatThrownBy(
              () -> migrator(database, Duration.ofMillis(1100)).withListener(listener).migrate())
          .isInstanceOf(Busy.class);
      assertThat(listener.limits).hasSize(1);
    }
  }

  @Test
  void needs_no_lock_when_nothing_is_pending() throws SQLException {
    TestDatabase database = TestDatabase.in(folder);
    migrator(database).migrate();
    try (Connection writer = database.connect()) {
      Sql.run(writer, "BEGIN IMMEDIATE");
      assertThat(migrator(database, SHORT).migrate().steps()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal"})
  void gives_up_when_its_patience_ends(String mode) throws SQLException {
    TestDatabase database = TestDatabase.in(folder).run("PRAGMA journal_mode = " + mode);
    try (Connection writer = database.connect()) {
      Sql.run(writer, "BEGIN IMMEDIATE");
      var before = database.folder();
      assertThatThrownBy(() -> migrator(database, SHORT).migrate())
          .isInstanceOf(Busy.class)
          .hasMessage(
              """
              %1$s is in use by another process, which did not let go for 0 s; nothing was changed
                database  %1$s
                to do     stop the other program that writes to it, then start again"""
                  .formatted(database.path()));
      assertThat(database.folder()).isEqualTo(before);
      Sql.run(writer, "ROLLBACK");
    }
  }

  @Test
  void gives_up_looking_while_somebody_holds_everything() throws SQLException {
    TestDatabase database = TestDatabase.in(folder);
    try (Connection writer = database.connect()) {
      Sql.run(writer, "BEGIN EXCLUSIVE");
      assertThatThrownBy(() -> migrator(database, SHORT).plan()).isInstanceOf(Busy.class);
      assertThatThrownBy(() -> migrator(database, SHORT).forget("migration_001_add_notes"))
          .isInstanceOf(Busy.class);
    }
  }

  @Test
  void rolls_back_what_a_reader_did_not_let_it_commit() throws SQLException {
    TestDatabase database = TestDatabase.in(folder);
    try (Connection reader = database.connect();
        Statement statement = reader.createStatement()) {
      statement.executeQuery("SELECT * FROM users").next();
      byte[] before = database.bytes();
      assertThatThrownBy(() -> migrator(database, SHORT).migrate()).isInstanceOf(Busy.class);
      assertThat(database.bytes()).isEqualTo(before);
    }
    assertThat(migrator(database).plan().pending()).hasSize(2);
  }

  @Test
  void says_what_was_applied_before_somebody_took_the_lock() throws SQLException {
    TestDatabase database = TestDatabase.in(folder);
    try (Connection writer = database.connect()) {
      Reacting listener = new Reacting(() -> {}, () -> Sql.run(writer, "BEGIN IMMEDIATE"));
      assertThatThrownBy(() -> migrator(database, SHORT).withListener(listener).migrate())
          .isInstanceOf(Busy.class)
          .message()
          .contains("what this run applied before stays\n")
          .contains("\n  applied   migration_001_add_notes, in this run\n");
    }
    assertThat(database.appliedNames()).containsExactly("migration_001_add_notes");
  }

  @Test
  void stops_when_a_newer_program_was_there_in_between() {
    TestDatabase database = TestDatabase.in(folder);
    Reacting listener = new Reacting(() -> {}, () -> database.applied("migration_998_newer"));
    assertThatThrownBy(() -> migrator(database).withListener(listener).migrate())
        .isInstanceOf(MigrationException.Superseded.class)
        .message()
        .contains("what this run applied before stays\n")
        .contains("\n  applied   migration_001_add_notes, in this run\n")
        .contains("\n  unknown   migration_998_newer\n");
  }

  private static Migrator migrator(TestDatabase database) {
    return database.migrator(Migration001AddNotes.class, Migration002AddTags.class);
  }

  private static Migrator migrator(TestDatabase database, Duration patience) {
    return Migrator.of(
        database.file().withPatience(patience),
        TestDatabase.catalog(
            TestDatabase.list(Migration001AddNotes.class, Migration002AddTags.class)));
  }
}
