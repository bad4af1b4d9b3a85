package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.MigrationException.MigrationFailed;
import java.nio.file.Path;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Violations that were there before are the owner's; new ones are the migration's. */
final class ForeignKeyTests {
  private static final String NOTES =
      "CREATE TABLE notes (id INTEGER PRIMARY KEY, user_id REFERENCES users, text TEXT);";
  private static final String ORPHANS =
      "INSERT INTO notes (id, user_id) VALUES (3, 1), (5, 77), (6, 77), (9, 78);";

  @TempDir private Path folder;

  static final class Migration001DeleteUser implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("DELETE FROM users WHERE user_id = 1");
    }
  }

  static final class Migration001Touch implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("UPDATE users SET history = '[1]'");
    }
  }

  static final class Migration001RebuildBoth implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      DSLContext dsl = context.dsl();
      dsl.execute("CREATE TABLE n (text TEXT, id INTEGER, user_id REFERENCES users)");
      dsl.execute("INSERT INTO n SELECT text, id, user_id FROM notes ORDER BY id DESC");
      dsl.execute("DROP TABLE notes");
      dsl.execute("ALTER TABLE n RENAME TO notes");
      dsl.execute("CREATE TABLE u (user_id INTEGER PRIMARY KEY, history TEXT)");
      dsl.execute("INSERT INTO u SELECT user_id, history FROM users");
      dsl.execute("DROP TABLE users");
      dsl.execute("ALTER TABLE u RENAME TO users");
    }
  }

  static final class Migration001Rename implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      DSLContext dsl = context.dsl();
      dsl.execute("ALTER TABLE notes RENAME COLUMN user_id TO owner");
      dsl.execute("ALTER TABLE notes RENAME TO memos");
      dsl.execute("ALTER TABLE users RENAME TO people");
    }
  }

  static final class Migration001RenameAndDeleteUser implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      new Migration001Rename().migrate(context);
      context.dsl().execute("DELETE FROM people WHERE user_id = 1");
    }
  }

  /** Mends one orphan and makes another: the number of them stays. */
  static final class Migration001SwapOrphans implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("INSERT INTO users (user_id) VALUES (78)");
      context.dsl().execute("DELETE FROM users WHERE user_id = 1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Migration001Touch.class,
        Migration001RebuildBoth.class,
        Migration001Rename.class,
      })
  void orphans_that_were_there_before_do_not_stop_a_migration(Class<? extends Migration> type) {
    TestDatabase database = TestDatabase.in(folder).run(NOTES + ORPHANS);
    assertThatCode(() -> database.migrator(type).migrate()).doesNotThrowAnyException();
    assertThat(database.rows("SELECT count(*) FROM pragma_foreign_key_check")).containsExactly("3");
  }

  @ParameterizedTest
  @ValueSource(classes = {Migration001DeleteUser.class, Migration001SwapOrphans.class})
  void a_new_orphan_among_old_ones_stops_it(Class<? extends Migration> type) {
    TestDatabase database = TestDatabase.in(folder).run(NOTES + ORPHANS);
    assertRefused(database, type, "notes (user_id) points to no row of users: 1 new");
  }

  @Test
  void a_new_orphan_stops_it_even_if_everything_has_another_name_now() {
    TestDatabase database = TestDatabase.in(folder).run(NOTES + ORPHANS);
    assertRefused(
        database,
        Migration001RenameAndDeleteUser.class,
        "memos (owner) points to no row of people: 1 new");
  }

  @Test
  void a_new_orphan_stops_it_in_a_table_without_rowid() {
    TestDatabase database =
        TestDatabase.in(folder)
            .run(
                """
                CREATE TABLE keys (
                    user_id INTEGER REFERENCES users,
                    name TEXT,
                    PRIMARY KEY (user_id, name)
                ) WITHOUT ROWID;
                INSERT INTO keys VALUES (1, 'a'), (1, 'b'), (77, 'c');
                """);
    assertRefused(
        database, Migration001DeleteUser.class, "keys (user_id) points to no row of users: 2 new");
  }

  @Test
  void old_orphans_in_a_table_without_rowid_do_not_stop_it() {
    TestDatabase database =
        TestDatabase.in(folder)
            .run(
                """
                CREATE TABLE keys (user_id INTEGER PRIMARY KEY REFERENCES users) WITHOUT ROWID;
                INSERT INTO keys VALUES (77);
                """);
    assertThatCode(() -> database.migrator(Migration001Touch.class).migrate())
        .doesNotThrowAnyException();
  }

  @Test
  void counts_keys_of_several_columns_and_strange_names() {
    TestDatabase database =
        TestDatabase.in(folder)
            .run(
                """
                CREATE UNIQUE INDEX by_both ON users (user_id, history);
                CREATE TABLE "the ""notes" (
                    "a b" INTEGER, [c d] TEXT,
                    FOREIGN KEY ("a b", [c d]) REFERENCES users (user_id, history));
                INSERT INTO "the ""notes" VALUES (1, '[]'), (1, 'old'), (1, NULL);
                """);
    assertRefused(
        database,
        Migration001DeleteUser.class,
        "the \"notes (a b, c d) points to no row of users: 1 new");
  }

  @Test
  void a_key_to_columns_that_are_not_unique_was_there_before_and_does_not_stop_it() {
    TestDatabase database =
        TestDatabase.in(folder)
            .run("CREATE TABLE likes (history REFERENCES users (history));")
            .run("INSERT INTO likes VALUES ('x')")
            .run(NOTES + ORPHANS);
    assertThatCode(() -> database.migrator(Migration001Touch.class).migrate())
        .doesNotThrowAnyException();
    database.run("DELETE FROM migrations; DROP TABLE migration_log");
    assertRefused(
        database, Migration001DeleteUser.class, "notes (user_id) points to no row of users: 1 new");
  }

  static final class Migration001PointNowhere implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("CREATE TABLE likes (history REFERENCES users (history))");
    }
  }

  @Test
  void a_new_key_to_columns_that_are_not_unique_stops_it() {
    assertRefused(
        TestDatabase.in(folder),
        Migration001PointNowhere.class,
        "likes points to what is no key: 1 new");
  }

  private static void assertRefused(
      TestDatabase database, Class<? extends Migration> type, String at) {
    var before = database.folder();
    assertThatThrownBy(() -> database.migrator(type).migrate())
        .isInstanceOf(MigrationFailed.class)
        .message()
        .contains("failed and was rolled back")
        .contains("\n  at        " + at + "\n")
        .contains("report this as a bug: the migration breaks foreign keys that held before it");
    assertThat(database.folder()).isEqualTo(before);
  }
}
