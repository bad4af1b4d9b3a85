package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.MigrationException.MigrationFailed;
import botdb.migrations.Steps.Migration001AddNotes;
import botdb.migrations.Steps.Migration002AddTags;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.Function;

/** What a migration may do with its transaction, and what it may not. */
final class MigrationTransactionTests {
  private static final String ENDED =
      "it ended the transaction of the runner; COMMIT and ROLLBACK are not for migrations";

  @TempDir private Path folder;

  /** Not through jOOQ, which would refuse it. */
  private static void unseen(Migration.Context context, String sql) {
    context.dsl().connection(connection -> Sql.run(connection, sql));
  }

  static final class Migration001Commit implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("CREATE TABLE stays (x)");
      unseen(context, "COMMIT");
    }
  }

  static final class Migration001CommitAndThrow implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("CREATE TABLE stays (x)");
      unseen(context, "COMMIT");
      context.dsl().execute("DROP TABLE nowhere");
    }
  }

  static final class Migration001CommitAndHideIt implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("CREATE TABLE stays (x)");
      unseen(context, "COMMIT");
      unseen(context, "BEGIN");
      context.dsl().execute("SAVEPOINT botdb_migration");
    }
  }

  static final class Migration001RollBackAndGoOn implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      unseen(context, "ROLLBACK");
      context.dsl().execute("CREATE TABLE stays (x)");
    }
  }

  @Test
  void a_migration_that_commits_is_not_recorded_and_not_called_rolled_back() {
    List<Class<? extends Migration>> committing =
        List.of(
            Migration001Commit.class,
            Migration001CommitAndThrow.class,
            Migration001CommitAndHideIt.class,
            Migration001RollBackAndGoOn.class);
    for (Class<? extends Migration> type : committing) {
      TestDatabase database = TestDatabase.in(folder);
      MigrationCatalog catalog = TestDatabase.catalog(List.of(type));
      assertThatThrownBy(() -> Migrator.of(database.file(), catalog).migrate())
          .isInstanceOf(MigrationFailed.class)
          .hasMessage(
              """
              %s failed, and what it had committed by itself stays
                database  %s
                at        %s
                to do     restore a backup from before it, and report this as a bug"""
                  .formatted(catalog.names().get(0), database.path(), ENDED));
      assertThat(database.rows("SELECT count(*) FROM stays")).containsExactly("0");
      assertThat(database.rows("SELECT name FROM sqlite_schema")).doesNotContain("notes");
      assertThat(Migrator.of(database.file(), catalog).plan().pending()).hasSize(1);
      assertThat(database.path().toFile().delete()).isTrue();
    }
  }

  static final class Migration001RollBack implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("CREATE TABLE goes (x)");
      unseen(context, "ROLLBACK");
    }
  }

  static final class Migration001Release implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("CREATE TABLE goes (x)");
      context.dsl().execute("RELEASE botdb_migration");
    }
  }

  @Test
  void a_migration_that_rolls_back_by_itself_is_not_recorded() {
    List<Class<? extends Migration>> ending =
        List.of(Migration001RollBack.class, Migration001Release.class);
    TestDatabase database = TestDatabase.in(folder);
    var before = database.folder();
    for (Class<? extends Migration> type : ending) {
      assertThatThrownBy(
              () -> Migrator.of(database.file(), TestDatabase.catalog(List.of(type))).migrate())
          .isInstanceOf(MigrationFailed.class)
          .hasMessageContaining("failed and was rolled back; the database is as it was\n")
          .hasMessageContaining("\n  at        " + ENDED + "\n");
      assertThat(database.folder()).isEqualTo(before);
    }
  }

  static final class Migration001Nest implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      DSLContext dsl = context.dsl();
      dsl.execute("CREATE TABLE kept (x)");
      dsl.transaction(
          outer -> {
            outer.dsl().execute("INSERT INTO kept VALUES (1)");
            try {
              outer
                  .dsl()
                  .transaction(
                      inner -> {
                        inner.dsl().execute("INSERT INTO kept VALUES (2)");
                        inner.dsl().execute("CREATE TABLE dropped (x)");
                        throw new IllegalStateException("inner");
                      });
            } catch (IllegalStateException e) {
              outer.dsl().execute("INSERT INTO kept VALUES (3)");
            }
          });
    }
  }

  static final class Migration001NestAndThrow implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().transaction(inner -> inner.dsl().execute("DELETE FROM users"));
      throw new IllegalStateException("after the inner one was released");
    }
  }

  @Test
  void a_nested_transaction_rolls_back_what_is_its_own() {
    TestDatabase database = TestDatabase.in(folder);
    database.migrator(Migration001Nest.class).migrate();
    assertThat(database.rows("SELECT x FROM kept")).containsExactly("1", "3");
    assertThat(database.rows("SELECT name FROM sqlite_schema")).doesNotContain("dropped");
  }

  @Test
  void a_nested_transaction_does_not_commit_the_outer_one() {
    TestDatabase database = TestDatabase.in(folder);
    var before = database.folder();
    assertThatThrownBy(() -> database.migrator(Migration001NestAndThrow.class).migrate())
        .isInstanceOf(MigrationFailed.class);
    assertThat(database.folder()).isEqualTo(before);
  }

  static final class Migration001LeaveASetting implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("PRAGMA recursive_triggers = ON");
    }
  }

  static final class Migration001LeaveATable implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("CREATE TEMPORARY TABLE leftover (x)");
    }
  }

  static final class Migration001LeaveACursor implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().resultQuery("SELECT * FROM users").fetchLazy().fetchNext();
    }
  }

  static final class Migration001LeaveAFunction implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context
          .dsl()
          .connection(
              connection ->
                  Function.create(
                      connection,
                      "left_behind",
                      new Function() {
                        @Override
                        protected void xFunc() throws SQLException {
                          result(1);
                        }
                      }));
    }
  }

  static final class Migration002RebuildUsers implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      DSLContext dsl = context.dsl();
      dsl.execute(
          """
          CREATE TABLE met AS
          SELECT (SELECT recursive_triggers FROM pragma_recursive_triggers) AS settings,
              (SELECT count(*) FROM temp.sqlite_schema) AS tables,
              (SELECT count(*) FROM pragma_function_list WHERE name = 'left_behind') AS functions
          """);
      dsl.execute("ALTER TABLE users RENAME TO users_old");
      dsl.execute("CREATE TABLE users AS SELECT * FROM users_old");
      dsl.execute("DROP TABLE users_old");
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Migration001LeaveASetting.class,
        Migration001LeaveATable.class,
        Migration001LeaveACursor.class,
        Migration001LeaveAFunction.class
      })
  void what_a_migration_leaves_does_not_reach_the_next(Class<? extends Migration> leaving) {
    TestDatabase database = TestDatabase.in(folder);
    database.migrator(leaving, Migration002RebuildUsers.class).migrate();
    assertThat(database.rows("SELECT * FROM met")).containsExactly("0|0|0");
    assertThat(database.rows("SELECT count(*) FROM users")).containsExactly("2");
  }

  @Test
  void sees_what_another_program_forgot_between_two_migrations() {
    TestDatabase database = TestDatabase.in(folder);
    Migrator migrator =
        database
            .migrator(Migration001AddNotes.class, Migration002AddTags.class)
            .withListener(
                new Migrator.Listener() {
                  private boolean done;

                  @Override
                  public void applied(MigrationReport.Step step) {
                    if (!done) {
                      done = true;
                      database.run("DELETE FROM migrations");
                      database.run("DROP TABLE notes");
                    }
                  }
                });
    assertThat(migrator.migrate().steps())
        .extracting(MigrationReport.Step::number)
        .containsExactly(1, 1, 2);
  }
}
