package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.Steps.Migration001AddNotes;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that are sound and not the catalog's: refused before anything is written. */
final class UnsuitableSchemaTests {
  private static final String OTHER_COLUMNS =
      "its table migrations has other columns than id, name, applied_at";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE migrations (version INTEGER)",
        "CREATE TABLE migrations (id INTEGER PRIMARY KEY, name TEXT)",
        "CREATE TABLE migrations (id INTEGER, name TEXT, applied_at TEXT, checksum TEXT)",
        "CREATE TABLE migrations (name TEXT, id INTEGER, applied_at TEXT)",
      })
  void refuses_a_table_of_migrations_of_another_shape(String script) {
    assertRefused(TestDatabase.in(folder).run(script), OTHER_COLUMNS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE VIEW migrations AS SELECT 1 AS id, 'a' AS name, 'b' AS applied_at WHERE 0",
        "CREATE VIEW Migrations AS SELECT 1 AS x",
        "CREATE VIEW migrations AS SELECT * FROM nowhere",
      })
  void refuses_a_view_of_that_name(String script) {
    assertRefused(TestDatabase.in(folder).run(script), "migrations is a view");
  }

  @Test
  void refuses_a_row_without_a_name() {
    TestDatabase database =
        TestDatabase.in(folder)
            .run("CREATE TABLE migrations (id INTEGER PRIMARY KEY, name TEXT, applied_at TEXT);")
            .run("INSERT INTO migrations (name) VALUES (NULL)");
    assertRefused(database, "its table migrations has a row without a name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE migrations (version INTEGER)",
        "CREATE VIEW migrations AS SELECT 1 AS version",
      })
  void looking_at_something_else_of_that_name_says_so(String script) {
    TestDatabase database = TestDatabase.in(folder).run(script);
    var before = database.folder();
    assertThatThrownBy(() -> database.migrator(Migration001AddNotes.class).plan())
        .isInstanceOf(MigrationException.UnsuitableSchema.class);
    assertThat(database.folder()).isEqualTo(before);
  }

  @Test
  void forgets_nothing_in_the_table_of_somebody_else() {
    TestDatabase database =
        TestDatabase.in(folder)
            .run("CREATE TABLE migrations (id, name, applied_at, checksum);")
            .run("INSERT INTO migrations (name) VALUES ('migration_001_add_notes')");
    assertRefused(
        database,
        OTHER_COLUMNS,
        () -> database.migrator(Migration001AddNotes.class).forget("migration_001_add_notes"));
  }

  @Test
  void refuses_a_baseline_table_that_is_a_view() {
    TestDatabase database =
        TestDatabase.absentIn(folder)
            .run("CREATE TABLE t (history); CREATE VIEW users AS SELECT history FROM t");
    assertRefused(database, "users is a view");
  }

  @Test
  void refuses_a_baseline_table_without_the_column() {
    TestDatabase database =
        TestDatabase.absentIn(folder).run("CREATE TABLE users (user_id INTEGER, name TEXT)");
    assertRefused(database, "its table users has no column history");
  }

  @Test
  void accepts_rows_that_break_a_rule_of_their_table() {
    TestDatabase database =
        TestDatabase.in(folder)
            .run("CREATE TABLE odd (a CHECK (a > 0), b)")
            .run("PRAGMA ignore_check_constraints = ON; INSERT INTO odd VALUES (-1, NULL)")
            .run(
                """
                PRAGMA writable_schema = ON;
                UPDATE sqlite_schema SET sql = 'CREATE TABLE odd (a CHECK (a > 0), b NOT NULL)'
                WHERE name = 'odd';
                """);
    assertThat(database.rows("PRAGMA quick_check")).hasSize(2);
    assertThat(database.migrator(Migration001AddNotes.class).migrate().steps()).hasSize(1);
  }

  private static void assertRefused(TestDatabase database, String fact) {
    assertRefused(database, fact, () -> database.migrator(Migration001AddNotes.class).migrate());
  }

  private static void assertRefused(TestDatabase database, String fact, ThrowingCallable call) {
    var before = database.folder();
    assertThatThrownBy(call)
        .isInstanceOf(MigrationException.UnsuitableSchema.class)
        .hasMessage(
            """
            %1$s is not a database of this program: %2$s; nothing was changed
              database  %1$s
              to do     check the path; a database of another program is not migrated"""
                .formatted(database.path(), fact));
    assertThat(database.folder()).isEqualTo(before);
  }
}
