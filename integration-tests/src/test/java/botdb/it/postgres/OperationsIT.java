package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.catalog.operations.Backfill;
import botdb.catalog.operations.ColumnAddition;
import botdb.catalog.operations.Preconditions;
import botdb.catalog.operations.RowMove;
import botdb.catalog.operations.TableRebuild;
import botdb.catalog.schema.v000.tables.Users;
import botdb.migrations.Database;
import botdb.migrations.Migration;
import botdb.migrations.MigrationCatalog;
import botdb.migrations.MigrationException;
import botdb.migrations.Migrator;
import java.util.List;
import java.util.Set;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What migrations are written with does on a server what it does in a file. */
class OperationsIT {
  private static final botdb.catalog.schema.v001.tables.Users V001 =
      botdb.catalog.schema.v001.tables.Users.USERS;

  private Address address;

  @BeforeEach
  void createUsers() throws Exception {
    address = PostgresServer.shared().freshDatabase();
    address.execute(
        "CREATE TABLE users (user_id bigint PRIMARY KEY, username text, history text)",
        "INSERT INTO users SELECT n, CASE WHEN n % 3 > 0 THEN 'name ' || n END, '[]'"
            + " FROM generate_series(1, 100) AS n");
  }

  private void migrate(Class<? extends Migration> migration) {
    Migrator.of(
            Database.parse(address.url()), MigrationCatalog.of(new Baseline(), List.of(migration)))
        .migrate();
  }

  @Test
  void adds_a_column_that_is_missing_and_leaves_one_that_is_there() throws Exception {
    migrate(Migration001AddCreatedAt.class);
    assertThat(
            address.query(
                "SELECT data_type FROM information_schema.columns WHERE column_name = 'created_at'"))
        .containsExactly("timestamp without time zone");
    address.execute("DELETE FROM migrations");
    migrate(Migration001AddCreatedAt.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "created_at text",
        "created_at timestamp(0)",
        "created_at timestamp(0) NOT NULL DEFAULT CURRENT_TIMESTAMP",
        "\"Created_At\" bytea",
      })
  void refuses_a_column_of_that_name_that_is_another_one(String column) throws Exception {
    address.execute("ALTER TABLE users ADD COLUMN " + column);
    assertThatThrownBy(() -> migrate(Migration001AddCreatedAt.class))
        .isInstanceOf(MigrationException.MigrationFailed.class)
        .hasMessageContaining("users.created_at is there already and is another column")
        .hasMessageContaining("rename this column, then start again");
  }

  @Test
  void fills_rows_range_by_range() throws Exception {
    address.execute(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN RAISE EXCEPTION 'fired'; END $$",
        "CREATE TRIGGER t AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION refuse()");
    migrate(Migration001NameAll.class);
    assertThat(address.query("SELECT count(*), count(DISTINCT username) FROM users"))
        .containsExactly("100|68");
  }

  @Test
  void moves_rows_and_leaves_those_that_are_there() throws Exception {
    address.execute(
        "CREATE TABLE other (user_id bigint PRIMARY KEY, username text)",
        "INSERT INTO other VALUES (1, 'other')");
    migrate(Migration001MoveNames.class);
    assertThat(
            address.query("SELECT count(*), min(username) FILTER (WHERE user_id = 1) FROM other"))
        .containsExactly("67|other");
  }

  @Test
  void names_rows_that_are_not_as_they_must_be() throws Exception {
    address.execute("UPDATE users SET history = '{\"a\": }' WHERE user_id = 9");
    assertThatThrownBy(() -> migrate(Migration001NeedNames.class))
        .isInstanceOf(MigrationException.MigrationFailed.class)
        .hasMessageContaining("users.username of row user_id 3: NULL\n")
        .hasMessageContaining("users.username: NULL, 33 in all")
        .hasMessageContaining("users.history of row user_id 9: not JSON");
  }

  @Test
  void gives_rows_values_as_it_rebuilds_a_table() throws Exception {
    address.execute(
        "ALTER TABLE users ADD COLUMN created_at timestamp(0)",
        "UPDATE users SET created_at = '2025-11-05 15:30:45' WHERE user_id = 1");
    migrate(Migration001DateAll.class);
    assertThat(address.query("SELECT username, created_at FROM users WHERE user_id < 3 ORDER BY 1"))
        .containsExactly("NAME 1|2025-11-05 15:30:45", "NAME 2|1970-01-01 00:00:00");
  }

  static final class Migration001AddCreatedAt implements Migration {
    @Override
    public void migrate(Context context) {
      ColumnAddition.of(V001.CREATED_AT).run(context);
    }
  }

  static final class Migration001NameAll implements Migration.InSteps {
    @Override
    public void migrate(Context context) {
      Backfill.of(V001)
          .set(V001.USERNAME, DSL.inline("nobody"))
          .where(V001.USERNAME.isNull())
          .inRangesOf(7)
          .run(context);
    }
  }

  static final class Migration001MoveNames implements Migration {
    @Override
    public void migrate(Context context) {
      var other = new Users().rename("other");
      RowMove.from(V001)
          .to(other)
          .map(other.USER_ID, V001.USER_ID)
          .map(other.USERNAME, V001.USERNAME)
          .where(V001.USERNAME.isNotNull())
          .run(context);
    }
  }

  static final class Migration001NeedNames implements Migration {
    @Override
    public void migrate(Context context) {
      Preconditions.of(context, V001)
          .typed(V001.USERNAME)
          .notNull(V001.USERNAME)
          .json(V001.HISTORY)
          .check();
    }
  }

  static final class Migration001DateAll implements Migration {
    @Override
    public void migrate(Context context) {
      TableRebuild.of(Users.USERS, V001)
          .map(V001.CREATED_AT, DSL.coalesce(Users.USERS.CREATED_AT, "1970-01-01 00:00:00"))
          .map(V001.USERNAME, DSL.upper(Users.USERS.USERNAME))
          .run(context);
    }
  }

  private static final class Baseline implements MigrationCatalog.Baseline {
    @Override
    public String table() {
      return "users";
    }

    @Override
    public Set<String> columns() {
      return Set.of("history");
    }

    @Override
    public String sql() {
      return "";
    }
  }
}
