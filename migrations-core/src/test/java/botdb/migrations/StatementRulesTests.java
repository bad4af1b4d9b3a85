package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.MigrationException.MigrationFailed;
import java.nio.file.Path;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no migration may do is refused before it is done, with what is wrong and where. */
final class StatementRulesTests {
  /** What the migration of the running test does; tests of one class run one after another. */
  private static Work work = dsl -> {};

  private static Set<String> declared = Set.of();

  @TempDir private Path folder;

  private interface Work {
    void on(DSLContext dsl) throws Exception;
  }

  static final class Migration001Try implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      try {
        work.on(context.dsl());
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public Set<String> losesRowsOf() {
      return declared;
    }
  }

  private void assertRefused(String fact, Work mistake) {
    TestDatabase database = TestDatabase.in(folder);
    var before = database.folder();
    work = mistake;
    assertThatThrownBy(() -> database.migrator(Migration001Try.class).migrate())
        .isInstanceOf(MigrationFailed.class)
        .hasMessageContaining("failed and was rolled back; the database is as it was\n")
        .hasMessageContaining("\n  at        " + fact);
    assertThat(database.folder()).isEqualTo(before);
    assertThat(database.path().toFile().delete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE users SET history = '[]'; DELETE FROM users",
        "CREATE TABLE a (x); ; CREATE TABLE b (x)",
        "CREATE TRIGGER t AFTER UPDATE ON users BEGIN SELECT 1; END; SELECT 1",
        "CREATE TEMP TRIGGER t AFTER UPDATE ON users BEGIN SELECT CASE 1 WHEN 1 THEN 2 END; END; DROP TABLE users",
      })
  void several_statements_in_one_string(String sql) {
    assertRefused(
        "it hands over several statements in one string, of which the first would be run and the"
            + " rest dropped in StatementRulesTests.java, line ",
        dsl -> dsl.execute(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE users SET history = '[]; [' ; ",
        "SELECT 1; -- DELETE FROM users",
        "SELECT 1 /* ; */",
        "CREATE TRIGGER t AFTER UPDATE ON users BEGIN SELECT CASE 1 WHEN 1 THEN 2 END; SELECT 2; END;",
        "PRAGMA foreign_keys",
        "PRAGMA foreign_key_check;",
        "PRAGMA main.foreign_keys",
        "PRAGMA main.journal_mode;",
        "PRAGMA user_version = 7",
        "PRAGMA main.user_version = 7",
        "ROLLBACK TO botdb_migration",
      })
  void one_statement_goes_through(String sql) {
    TestDatabase database = TestDatabase.in(folder);
    work = dsl -> dsl.execute(sql);
    assertThat(database.migrator(Migration001Try.class).migrate().steps()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMMIT", "begin immediate", "END TRANSACTION", "ROLLBACK"})
  void the_transaction_is_not_the_migrations(String sql) {
    String verb = sql.split(" ")[0].toUpperCase(java.util.Locale.ROOT);
    assertRefused(
        "it runs " + verb + "; the transaction is begun and ended by the runner in Statement",
        dsl -> dsl.execute(sql));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRAGMA foreign_keys = OFF",
        "pragma main.journal_mode=wal",
        "PRAGMA Foreign_Keys(0)",
      })
  void a_pragma_that_does_nothing_here(String sql) {
    assertRefused("it sets PRAGMA ", dsl -> dsl.execute(sql));
  }

  @Test
  void a_thread_of_its_own() {
    assertRefused(
        "it uses its database on a thread of its own",
        dsl -> CompletableFuture.runAsync(() -> dsl.execute("DELETE FROM users")).join());
  }

  @Test
  void what_comes_after_the_migration_has_returned() {
    TestDatabase database = TestDatabase.in(folder);
    DSLContext[] kept = {null};
    work = dsl -> kept[0] = dsl;
    database.migrator(Migration001Try.class).migrate();
    assertThatThrownBy(() -> kept[0].execute("DELETE FROM users"))
        .hasMessage("it uses its database after it has returned");
  }

  @Test
  void an_open_cursor_while_the_schema_changes() {
    assertRefused(
        "SQLite says: [SQLITE_LOCKED]",
        dsl -> {
          var cursor = dsl.resultQuery("SELECT * FROM users").fetchLazy();
          cursor.fetchNext();
          dsl.execute("DROP TABLE users");
        });
  }

  @Test
  void rows_that_go_missing_unsaid() {
    declared = Set.of();
    assertRefused(
        "users had 2 rows and has 1", dsl -> dsl.execute("DELETE FROM users WHERE user_id = 1"));
    assertRefused("users had 2 rows and is gone", dsl -> dsl.execute("DROP TABLE users"));
    assertRefused(
        "users had 2 rows and is gone",
        dsl -> {
          dsl.execute("CREATE TABLE people AS SELECT * FROM users LIMIT 1");
          dsl.execute("DROP TABLE users");
        });
    assertRefused(
        "old had 2 rows and is gone",
        dsl -> {
          dsl.execute("ALTER TABLE users RENAME TO old");
          dsl.execute("CREATE TABLE users AS SELECT * FROM old WHERE 0");
          dsl.execute("DROP TABLE old");
        });
  }

  @Test
  void rows_that_go_missing_through_a_connection_of_which_the_rules_see_nothing() {
    declared = Set.of();
    assertRefused(
        "users had 2 rows and has 0",
        dsl ->
            dsl.connection(
                connection -> {
                  try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate("DELETE FROM users");
                  }
                }));
  }

  @Test
  void rows_that_it_says_it_loses_and_tables_that_it_renames_go_through() {
    TestDatabase database = TestDatabase.in(folder);
    declared = Set.of("USERS");
    work = dsl -> dsl.execute("DELETE FROM users WHERE user_id = 1");
    database.migrator(Migration001Try.class).migrate();
    assertThat(database.rows("SELECT count(*) FROM users")).containsExactly("1");
    declared = Set.of();
    database.run("DELETE FROM migrations");
    work = dsl -> dsl.execute("ALTER TABLE users RENAME TO people");
    database.migrator(Migration001Try.class).migrate();
    assertThat(database.rows("SELECT count(*) FROM people")).containsExactly("1");
    database.run("DELETE FROM migrations");
    work =
        dsl ->
            dsl.connection(
                connection -> {
                  try (Statement statement = connection.createStatement()) {
                    statement.executeUpdate("ALTER TABLE people RENAME TO humans");
                  }
                });
    database.migrator(Migration001Try.class).migrate();
    assertThat(database.rows("SELECT count(*) FROM humans")).containsExactly("1");
  }
}
