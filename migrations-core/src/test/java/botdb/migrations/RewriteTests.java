package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.MigrationException.MigrationFailed;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations that change most of a database, in a transaction that is undone as a whole. */
final class RewriteTests {
  private static final String REWRITE = "UPDATE users SET history = history || ' '";
  private static final AtomicInteger CALLS = new AtomicInteger();

  /** Whether SQLite kept a journal of its own in the last call. */
  private static volatile String journalMode = "";

  @TempDir private Path folder;

  @BeforeEach
  void begin() {
    CALLS.set(0);
  }

  private static void called(Migration.Context context) {
    CALLS.incrementAndGet();
    journalMode = String.valueOf(context.dsl().fetchValue("PRAGMA journal_mode"));
  }

  static final class Migration001Rewrite implements Migration.Rewrite {
    @Override
    public void migrate(Migration.Context context) {
      called(context);
      context.dsl().execute(REWRITE);
    }
  }

  static final class Migration002RewriteAgain implements Migration.Rewrite {
    @Override
    public void migrate(Migration.Context context) {
      called(context);
      context.dsl().execute(REWRITE);
    }
  }

  static final class Migration001Break implements Migration.Rewrite {
    @Override
    public void migrate(Migration.Context context) {
      called(context);
      context.dsl().execute(REWRITE);
      throw new IllegalStateException("broken");
    }
  }

  static final class Migration001BreakDown implements Migration.Rewrite {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute(REWRITE);
      throw new OutOfMemoryError("none left");
    }
  }

  static final class Migration001Nest implements Migration.Rewrite {
    @Override
    public void migrate(Migration.Context context) {
      called(context);
      try {
        context
            .dsl()
            .transaction(
                nested -> {
                  nested.dsl().execute("UPDATE users SET history = '[]'");
                  throw new IllegalStateException("only this part");
                });
      } catch (IllegalStateException e) {
        context.dsl().execute("INSERT INTO users (user_id) VALUES (-1)");
      }
    }
  }

  static final class Migration001GoOnAfterAnError implements Migration.Rewrite {
    @Override
    public void migrate(Migration.Context context) {
      called(context);
      try {
        context
            .dsl()
            .execute("UPDATE users SET history = iif(user_id = 800, NULL, history || ' ')");
      } catch (DataAccessException e) {
        context.dsl().execute("INSERT INTO users (user_id) VALUES (-1)");
      }
    }
  }

  /** Larger than what is kept in memory of it while it is changed. */
  private TestDatabase large(int pageSize, String journal) {
    TestDatabase database = TestDatabase.absentIn(folder);
    return database.run(
        """
        PRAGMA page_size = %d;
        PRAGMA journal_mode = %s;
        %s
        WITH RECURSIVE ids (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM ids WHERE id < 900)
        INSERT INTO users SELECT id, '[' || printf('%%.*c', 20000, 'x') || ']' FROM ids;
        """
            .formatted(pageSize, journal, TestDatabase.USERS));
  }

  private static List<String> lengths(TestDatabase database) {
    return database.rows(
        "SELECT count(*), sum(length(history)), sum(user_id * length(history)) FROM users");
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 4096, 65536})
  void keeps_the_whole_database_in_the_journal(int pageSize) {
    TestDatabase database = large(pageSize, "delete");
    database.migrator(Migration001Rewrite.class, Migration002RewriteAgain.class).migrate();
    assertThat(journalMode).isEqualTo("off");
    assertThat(CALLS).hasValue(2);
    assertThat(lengths(database)).containsExactly("900|18003600|8110621800");
    assertThat(database.rows("PRAGMA integrity_check")).containsExactly("ok");
    assertThat(database.rows("PRAGMA journal_mode")).containsExactly("delete");
    assertThat(database.folder()).containsOnlyKeys("users.db");
    assertThat(database.appliedNames()).hasSize(2);
  }

  @Test
  void leaves_a_database_in_wal_mode_to_sqlite() {
    TestDatabase database = large(4096, "wal");
    database.migrator(Migration001Rewrite.class).migrate();
    assertThat(journalMode).isEqualTo("wal");
    assertThat(CALLS).hasValue(1);
  }

  @Test
  void leaves_a_small_database_to_sqlite() {
    TestDatabase database = TestDatabase.in(folder);
    database.migrator(Migration001Rewrite.class).migrate();
    assertThat(journalMode).isEqualTo("delete");
    assertThat(CALLS).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 4096, 65536})
  void puts_every_byte_back_after_a_failure_and_reports_what_fails_in_the_ordinary_way(int pageSize)
      throws Exception {
    TestDatabase database = large(pageSize, "delete");
    byte[] before = database.bytes();
    assertThatThrownBy(() -> database.migrator(Migration001Break.class).migrate())
        .isInstanceOf(MigrationFailed.class)
        .hasMessageContaining("001_break failed and was rolled back; the database is as it was");
    assertThat(CALLS).hasValue(2);
    assertThat(journalMode).isEqualTo("delete");
    assertThatNothingIsSentToTheDisk();
    assertThat(database.bytes()).isEqualTo(before);
    assertThat(database.folder()).containsOnlyKeys("users.db");
  }

  private static void assertThatNothingIsSentToTheDisk() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("flushing")) {
        thread.join(30_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  @Test
  void puts_every_byte_back_before_an_error_ends_the_program() {
    TestDatabase database = large(4096, "delete");
    byte[] before = database.bytes();
    assertThatThrownBy(() -> database.migrator(Migration001BreakDown.class).migrate())
        .hasMessage("none left");
    assertThat(database.bytes()).isEqualTo(before);
    assertThat(database.folder()).containsOnlyKeys("users.db");
  }

  @Test
  void does_again_what_undoes_a_part_of_itself() {
    TestDatabase database = large(4096, "delete");
    List<String> before = lengths(database);
    database.migrator(Migration001Nest.class).migrate();
    assertThat(CALLS).hasValue(2);
    assertThat(database.rows("SELECT history FROM users WHERE user_id = -1")).containsExactly("[]");
    database.run("DELETE FROM users WHERE user_id = -1");
    assertThat(lengths(database)).isEqualTo(before);
  }

  @Test
  void does_again_what_goes_on_after_a_statement_that_failed() {
    TestDatabase database = large(4096, "delete");
    List<String> before = lengths(database);
    database.migrator(Migration001GoOnAfterAnError.class).migrate();
    assertThat(CALLS).hasValue(2);
    database.run("DELETE FROM users WHERE user_id = -1");
    assertThat(lengths(database)).isEqualTo(before);
    assertThat(database.rows("PRAGMA integrity_check")).containsExactly("ok");
  }

  @Test
  void waits_for_a_reader() throws Exception {
    TestDatabase database = large(4096, "delete");
    List<Duration> waited = new ArrayList<>();
    try (Connection reader = database.connect()) {
      Sql.run(reader, "BEGIN");
      Sql.count(reader, "SELECT count(*) FROM users");
      Migrator.Listener listener =
          new Migrator.Listener() {
            @Override
            public void waiting(Duration limit) {
              waited.add(limit);
              try {
                Sql.run(reader, "COMMIT");
              } catch (SQLException e) {
                throw new AssertionError(e);
              }
            }
          };
      database.migrator(Migration001Rewrite.class).withListener(listener).migrate();
    }
    assertThat(waited).hasSize(1);
    assertThat(lengths(database)).containsExactly("900|18002700|8110216350");
  }

  /** Who looked between the commit and the end of the journal would undo what was committed. */
  @Test
  void lets_nobody_look_before_the_journal_is_gone() throws Exception {
    TestDatabase database = large(4096, "delete");
    try (WriteLock lock = Database.of(database.path()).lock(new Migrator.Listener() {});
        Connection other = database.connect()) {
      assertThat(lock.beginRewrite()).isTrue();
      lock.awaitWhole();
      Sql.run(lock.connection(), REWRITE + "; COMMIT");
      Sql.run(other, "PRAGMA busy_timeout = 0");
      assertThatThrownBy(() -> Sql.count(other, "SELECT count(*) FROM users"))
          .hasMessageContaining("SQLITE_BUSY");
    }
  }

  @Test
  void of_many_starters_one_does_it_and_the_others_wait() throws Exception {
    TestDatabase database = large(4096, "delete");
    int starters = 8;
    ExecutorService threads = Executors.newFixedThreadPool(starters);
    try {
      Callable<Integer> start =
          () -> database.migrator(Migration001Rewrite.class).migrate().steps().size();
      int applied = 0;
      for (Future<Integer> steps : threads.invokeAll(Collections.nCopies(starters, start))) {
        applied += steps.get();
      }
      assertThat(applied).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
    assertThat(CALLS).hasValue(1);
    assertThat(lengths(database)).containsExactly("900|18002700|8110216350");
  }
}
