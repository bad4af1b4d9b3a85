package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.Database;
import botdb.migrations.Migration;
import botdb.migrations.MigrationException.MigrationFailed;
import botdb.migrations.Migrator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations that end the transaction of the runner behind its back. */
final class EndedTransactionIT {
  private static Address address;

  @BeforeEach
  void makeDatabase() throws SQLException {
    address = PostgresServer.shared().freshDatabase();
    address.execute(
        "create table users (user_id bigint primary key, history text not null default '[]')",
        "create table notes (id bigint primary key)");
  }

  static final class Migration001Commit implements Migration {
    @Override
    public void migrate(Context context) {
      context.dsl().execute("INSERT INTO notes VALUES (7)");
      context.dsl().connection(Connection::commit);
    }
  }

  static final class Migration001CommitAndGoOn implements Migration {
    @Override
    public void migrate(Context context) {
      new Migration001Commit().migrate(context);
      context.dsl().execute("INSERT INTO notes VALUES (8)");
    }
  }

  static final class Migration001CommitAndFail implements Migration {
    @Override
    public void migrate(Context context) {
      new Migration001Commit().migrate(context);
      context.dsl().execute("INSERT INTO notes VALUES (7)");
    }
  }

  static final class Migration001CommitAndLookElsewhere implements Migration {
    @Override
    public void migrate(Context context) {
      new Migration001Commit().migrate(context);
      context.dsl().execute("SET search_path TO pg_catalog");
    }
  }

  /** Lets another starter in, which applies something, before anybody has noticed. */
  static final class Migration001CommitAndLetIn implements Migration {
    @Override
    public void migrate(Context context) {
      new Migration001Commit().migrate(context);
      migrator(address, Sample.Migration001AddLanguageToUsers.class).migrate();
    }
  }

  static final class Migration001RollBack implements Migration {
    @Override
    public void migrate(Context context) {
      context.dsl().execute("INSERT INTO notes VALUES (7)");
      context.dsl().connection(Connection::rollback);
    }
  }

  static final class Migration001RollBackAndGoOn implements Migration {
    @Override
    public void migrate(Context context) {
      new Migration001RollBack().migrate(context);
      context.dsl().execute("INSERT INTO notes VALUES (8)");
    }
  }

  static final class Migration001RollBackAndFail implements Migration {
    @Override
    public void migrate(Context context) {
      new Migration001RollBack().migrate(context);
      context.dsl().execute("INSERT INTO users (history) VALUES (NULL)");
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Migration001Commit.class,
        Migration001CommitAndGoOn.class,
        Migration001CommitAndFail.class,
        Migration001CommitAndLookElsewhere.class,
        Migration001CommitAndLetIn.class
      })
  void what_was_committed_is_told(Class<? extends Migration> migration) throws SQLException {
    assertCommitNoticed(address, migration);
  }

  @Test
  void what_was_committed_through_a_pooler_is_told() throws Exception {
    try (Pooler pooler = Pooler.inFrontOf(address)) {
      assertCommitNoticed(pooler.address(), Migration001CommitAndGoOn.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Migration001RollBack.class,
        Migration001RollBackAndGoOn.class,
        Migration001RollBackAndFail.class
      })
  void what_was_rolled_back_is_told(Class<? extends Migration> migration) throws SQLException {
    assertThatThrownBy(() -> migrator(address, migration).migrate())
        .isInstanceOf(MigrationFailed.class)
        .hasMessageContaining(" failed and was rolled back; ");
    assertThat(address.query("SELECT id FROM notes")).isEmpty();
    assertNoMarkIsLeft();
  }

  private static void assertCommitNoticed(Address at, Class<? extends Migration> migration)
      throws SQLException {
    assertThatThrownBy(() -> migrator(at, migration).migrate())
        .isInstanceOf(MigrationFailed.class)
        .hasMessageContaining(" failed, and what it had committed by itself stays\n");
    assertThat(address.query("SELECT id FROM notes")).containsExactly("7");
    assertNoMarkIsLeft();
  }

  private static void assertNoMarkIsLeft() throws SQLException {
    assertThat(address.query("SELECT id FROM migration_lock WHERE id <> 1")).isEmpty();
  }

  private static Migrator migrator(Address at, Class<? extends Migration> migration) {
    return Migrator.of(Database.parse(at.url()), Sample.catalog(List.of(migration)));
  }
}
