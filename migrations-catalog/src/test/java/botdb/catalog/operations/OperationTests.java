package botdb.catalog.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.catalog.TestDatabase;
import botdb.catalog.schema.v001.V001;
import botdb.migrations.MigrationException.MigrationFailed;
import botdb.migrations.Migrator;
import java.nio.file.Path;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the typed tables of the bot, as a migration would use them. */
class OperationTests {
  @TempDir private Path folder;

  @Test
  void preconditions_name_every_row_that_is_not_as_it_must_be() throws Exception {
    try (TestDatabase database = database()) {
      assertThatThrownBy(
              () ->
                  Operation.run(
                      database,
                      context ->
                          Preconditions.of(context, V001.USERS)
                              .typed(V001.USERS.USER_ID)
                              .typed(V001.USERS.USERNAME)
                              .notNull(V001.USERS.CREATED_AT)
                              .json(V001.USERS.HISTORY)
                              .refersTo(V001.USERS.USERNAME, V001.USERS.USER_ID)
                              .check()))
          .isInstanceOf(MigrationFailed.class)
          .hasMessageContaining(
              """
                at        users.username of row user_id 2: of another type than text
                          users.created_at of row user_id 3: NULL
                          users.history of row user_id 4: not JSON
                          users.username of row user_id 1: points to no row of users
                          users.username of row user_id 2: points to no row of users
                          users.username of row user_id 3: points to no row of users
                to do     repair these rows of users, then start again; nothing else was changed"""
                  .indent(2)
                  .stripTrailing())
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void preconditions_name_the_first_twenty_and_how_many_there_are() throws Exception {
    try (TestDatabase database = database()) {
      database.run(
          "DELETE FROM users; WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30)"
              + " INSERT INTO users SELECT i, NULL, '[]', NULL FROM n");
      assertThatThrownBy(
              () ->
                  Operation.run(
                      database,
                      context ->
                          Preconditions.of(context, V001.USERS)
                              .notNull(V001.USERS.CREATED_AT)
                              .check()))
          .hasMessageContaining("row user_id 20: NULL")
          .hasMessageNotContaining("row user_id 21")
          .hasMessageContaining("users.created_at: NULL, 30 in all");
    }
  }

  @Test
  void preconditions_that_hold_let_the_migration_go_on() throws Exception {
    try (TestDatabase database = database()) {
      Operation.run(
          database,
          context ->
              Preconditions.of(context, V001.USERS)
                  .typed(V001.USERS.USER_ID)
                  .notNull(V001.USERS.USER_ID)
                  .check());
      assertThat(database.rows("SELECT count(*) FROM migrations")).containsExactly("1");
    }
  }

  @Test
  void rows_move_once() throws Exception {
    try (TestDatabase database = database()) {
      database.run(
          "DROP TABLE notes", "CREATE TABLE notes (user_id INTEGER PRIMARY KEY, username)");
      for (int times = 0; times < 2; times++) {
        Operation.run(
            database,
            context ->
                RowMove.from(V001.USERS)
                    .to(DSL.table(DSL.name("notes")))
                    .map(V001.USERS.USER_ID, V001.USERS.USER_ID)
                    .map(V001.USERS.USERNAME, DSL.upper(V001.USERS.USERNAME))
                    .where(V001.USERS.USER_ID.lt(3L))
                    .run(context));
        assertThat(database.rows("SELECT user_id, username FROM notes"))
            .containsExactly("1|A", "2|SECRET");
      }
    }
  }

  @Test
  void a_column_is_added_as_the_snapshot_has_it_and_once() throws Exception {
    try (TestDatabase database =
        TestDatabase.of(folder, "CREATE TABLE notes (a); CREATE TABLE users (history)")) {
      for (int times = 0; times < 2; times++) {
        Operation.run(database, ColumnAddition.of(V001.USERS.USERNAME)::run);
        assertThat(database.rows("SELECT sql FROM sqlite_schema WHERE name = 'users'"))
            .containsExactly("CREATE TABLE users (history, username TEXT)");
      }
      database.run(
          "ALTER TABLE users DROP COLUMN username", "ALTER TABLE users ADD COLUMN UserName BLOB");
      Migrator migrator = Operation.migrator(database, Operation.Migration001Operate.class);
      database.run("DELETE FROM migrations");
      assertThatThrownBy(migrator::migrate)
          .isInstanceOf(MigrationFailed.class)
          .hasMessageContaining("users.username is there already and is another column");
    }
  }

  private TestDatabase database() throws Exception {
    return TestDatabase.of(
        folder,
        "CREATE TABLE notes (a);"
            + " CREATE TABLE users (user_id INTEGER PRIMARY KEY, username, history, created_at)",
        "INSERT INTO users VALUES (1, 'a', '[]', 'x'), (2, x'736563726574', '{}', 'x'),"
            + " (3, 'secret', NULL, NULL), (4, NULL, 'secret', 'x')");
  }
}
