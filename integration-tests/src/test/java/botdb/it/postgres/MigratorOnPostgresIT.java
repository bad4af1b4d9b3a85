package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import botdb.it.Ports;
import botdb.migrations.Database;
import botdb.migrations.Migration;
import botdb.migrations.MigrationCatalog;
import botdb.migrations.MigrationException;
import botdb.migrations.MigrationException.Busy;
import botdb.migrations.MigrationException.MigrationFailed;
import botdb.migrations.MigrationPlan;
import botdb.migrations.MigrationReport;
import botdb.migrations.Migrator;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The runner on a server, as it is on a file. */
final class MigratorOnPostgresIT {
  private static final int STARTERS = 20;

  private Address address;

  @BeforeEach
  void makeDatabase() throws SQLException {
    address = PostgresServer.shared().freshDatabase();
  }

  /** Gives users a language; two rows are there for it to change. */
  static final class Migration001AddLanguage implements Migration {
    @Override
    public void migrate(Context context) {
      context.dsl().execute("ALTER TABLE users ADD COLUMN language TEXT");
      context.dsl().execute("INSERT INTO users (user_id) VALUES (1), (2)");
      context.dsl().execute("UPDATE users SET language = 'en'");
    }
  }

  static final class Migration002AddNotes implements Migration {
    @Override
    public void migrate(Context context) {
      context.dsl().execute("CREATE TABLE notes (id BIGINT PRIMARY KEY, text TEXT NOT NULL)");
    }
  }

  static final class Migration003Fail implements Migration {
    @Override
    public void migrate(Context context) {
      context.dsl().execute("INSERT INTO notes VALUES (1, 'what people wrote')");
      context.dsl().execute("INSERT INTO notes VALUES (1, 'what people wrote')");
    }
  }

  static final class Migration003LoseRows implements Migration {
    @Override
    public void migrate(Context context) {
      context.dsl().execute("DELETE FROM users WHERE user_id = 1");
    }
  }

  private record Users() implements MigrationCatalog.Baseline {
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
      return "CREATE TABLE users (user_id INTEGER PRIMARY KEY, history TEXT NOT NULL DEFAULT '[]');";
    }
  }

  private static MigrationCatalog catalog() {
    return MigrationCatalog.of(
        new Users(), List.of(Migration001AddLanguage.class, Migration002AddNotes.class));
  }

  private static MigrationCatalog catalog(Class<? extends Migration> third) {
    return MigrationCatalog.of(
        new Users(), List.of(Migration001AddLanguage.class, Migration002AddNotes.class, third));
  }

  private Database database() {
    return Database.parse(address.url());
  }

  private Migrator migrator() {
    return Migrator.of(database(), catalog());
  }

  @Test
  void applies_what_is_pending_and_tells_what_it_did() throws SQLException {
    assertThat(migrator().plan().state()).isEqualTo(MigrationPlan.State.ABSENT);
    List<MigrationReport.Step> steps = migrator().migrate().steps();
    assertThat(steps).extracting(MigrationReport.Step::number).containsExactly(0, 1, 2);
    assertThat(steps).extracting(MigrationReport.Step::rows).containsExactly(0L, 4L, 0L);
    assertThat(migrator().plan().state()).isEqualTo(MigrationPlan.State.UP_TO_DATE);
    assertThat(migrator().migrate().steps()).isEmpty();
    assertThat(address.query("SELECT * FROM users ORDER BY 1"))
        .containsExactly("1|[]|en", "2|[]|en");
    assertThat(
            address.query(
                "SELECT id, name, applied_at AT TIME ZONE 'UTC'"
                    + " BETWEEN now() - interval '1 minute' AND now() + interval '1 second'"
                    + " FROM migrations ORDER BY id"))
        .containsExactly("1|migration_001_add_language|t", "2|migration_002_add_notes|t");
    assertThat(address.query("SELECT event, migration, rows FROM migration_log ORDER BY id"))
        .containsExactly(
            "applied|migration_001_add_language|4", "applied|migration_002_add_notes|0");
  }

  @Test
  void adopts_a_table_that_is_there() throws SQLException {
    address.execute("CREATE TABLE users (history TEXT, language_of_old TEXT, user_id BIGINT)");
    assertThat(migrator().migrate().steps()).hasSize(2);
    assertThat(address.query("SELECT count(*) FROM users")).containsExactly("2");
  }

  @Test
  void refuses_what_is_no_relative_of_the_catalog() throws SQLException {
    address.execute("CREATE VIEW users AS SELECT 1 AS history");
    assertThatThrownBy(migrator()::migrate)
        .isInstanceOf(MigrationException.UnsuitableSchema.class)
        .hasMessageContaining("users is a view");
    assertThat(address.query("SELECT relname FROM pg_class WHERE relname LIKE 'migrations%'"))
        .isEmpty();
  }

  @Test
  void rolls_back_the_failed_migration_keeps_the_earlier_ones_and_says_nothing_of_a_row()
      throws SQLException {
    MigrationFailed failure =
        catchThrowableOfType(
            MigrationFailed.class,
            () -> Migrator.of(database(), catalog(Migration003Fail.class)).migrate());
    assertThat(failure)
        .hasMessageStartingWith(
            "migration_003_fail failed and was rolled back; the database is as"
                + " migration_002_add_notes left it\n")
        .hasMessageContaining("the code 23505, table notes, constraint notes_pkey")
        .hasMessageNotContaining("people wrote")
        .hasMessageNotContaining(address.password());
    assertThat(address.query("SELECT count(*) FROM notes")).containsExactly("0");
    assertThat(address.query("SELECT max(name) FROM migrations"))
        .containsExactly("migration_002_add_notes");
    assertThat(address.query("SELECT event, detail FROM migration_log WHERE event = 'failed'"))
        .containsExactly("failed|migration-failed");
  }

  @Test
  void refuses_rows_that_go_missing_unsaid() throws SQLException {
    assertThatThrownBy(() -> Migrator.of(database(), catalog(Migration003LoseRows.class)).migrate())
        .isInstanceOf(MigrationFailed.class)
        .hasMessageContaining("users had 2 rows and has 1");
    assertThat(address.query("SELECT count(*) FROM users")).containsExactly("2");
  }

  @Test
  void refuses_a_database_of_a_newer_program() throws SQLException {
    migrator().migrate();
    address.execute("INSERT INTO migrations (name) VALUES ('migration_003_newer')");
    assertThat(migrator().plan().state()).isEqualTo(MigrationPlan.State.SUPERSEDED);
    assertThatThrownBy(migrator()::migrate).isInstanceOf(MigrationException.Superseded.class);
  }

  @Test
  void forgets_so_that_it_is_applied_again() throws SQLException {
    migrator().migrate();
    migrator().forget("migration_002_add_notes.py");
    address.execute("DROP TABLE notes");
    assertThat(migrator().migrate().steps())
        .extracting(MigrationReport.Step::name)
        .containsExactly("migration_002_add_notes");
    assertThat(address.query("SELECT event FROM migration_log ORDER BY id"))
        .containsExactly("applied", "applied", "forgotten", "applied");
  }

  @Test
  void of_many_starters_at_once_one_applies() throws Exception {
    List<Callable<Integer>> starts =
        Collections.nCopies(STARTERS, () -> migrator().migrate().steps().size());
    ExecutorService threads = Executors.newFixedThreadPool(STARTERS);
    try {
      List<Integer> applied = new ArrayList<>();
      for (Future<Integer> start : threads.invokeAll(starts)) {
        applied.add(start.get());
      }
      assertThat(applied.stream().mapToInt(Integer::intValue).sum()).isEqualTo(3);
    } finally {
      threads.shutdown();
    }
    assertThat(address.query("SELECT count(*) FROM migrations")).containsExactly("2");
    assertThat(address.query("SELECT count(*) FROM users")).containsExactly("2");
  }

  @Test
  void starters_see_what_another_did_whatever_isolation_is_the_servers_default() throws Exception {
    address.execute(
        "alter database %s set default_transaction_isolation to 'repeatable read'"
            .formatted(address.database()));
    of_many_starters_at_once_one_applies();
  }

  @Test
  void waits_says_so_and_gives_up() throws SQLException {
    migrator().migrate(1);
    List<Duration> waited = new ArrayList<>();
    Migrator impatient =
        Migrator.of(database().withPatience(Duration.ofMillis(1500)), catalog())
            .withListener(
                new Migrator.Listener() {
                  @Override
                  public void waiting(Duration limit) {
                    waited.add(limit);
                  }
                });
    try (Connection other = address.connect();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT id FROM migration_lock FOR UPDATE");
      assertThatThrownBy(impatient::migrate)
          .isInstanceOf(Busy.class)
          .hasMessageStartingWith(database().name() + " is in use by another process");
      assertThat(waited).containsExactly(Duration.ofMillis(1500));
    }
    assertThat(impatient.migrate().steps()).hasSize(1);
  }

  @Test
  void a_starter_that_dies_lets_go_of_the_lock() throws Exception {
    migrator().migrate(1);
    Connection dying = address.connect();
    dying.setAutoCommit(false);
    try (Statement statement = dying.createStatement()) {
      statement.execute("SELECT id FROM migration_lock FOR UPDATE");
    }
    dying.abort(Runnable::run);
    assertThat(migrator().migrate().steps()).hasSize(1);
  }

  @Test
  void works_through_a_pooler_that_gives_each_transaction_another_connection() throws Exception {
    try (Pooler pooler = Pooler.inFrontOf(address)) {
      Database pooled = Database.parse(pooler.address().url());
      assertThat(Migrator.of(pooled, catalog()).migrate().steps()).hasSize(3);
      assertThat(Migrator.of(pooled, catalog()).plan().state())
          .isEqualTo(MigrationPlan.State.UP_TO_DATE);
    }
  }

  private static void assertRefused(
      String address, Class<? extends MigrationException> kind, String fact) {
    assertThatThrownBy(() -> Migrator.of(Database.parse(address), catalog()).migrate())
        .isInstanceOf(kind)
        .hasMessageContaining(fact)
        .hasMessageContaining("\n  to do     ")
        .hasMessageNotContaining("marked-database-password");
  }

  @Test
  void says_what_keeps_it_out() throws Exception {
    assertRefused(
        address.as(address.user(), "wrong").url(),
        MigrationException.NotPermitted.class,
        "password authentication failed");
    PostgresServer.shared()
        .asAdministrator(address)
        .execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    assertRefused(
        PostgresServer.shared().asNewRole(address).url(),
        MigrationException.NotPermitted.class,
        "does not allow it");
    assertRefused(
        new Address(address.port(), "nowhere", address.user(), address.password()).url(),
        MigrationException.DatabaseMissing.class,
        "there is no database postgres://127.0.0.1:" + address.port() + "/nowhere");
    assertRefused(
        address.through(Ports.free()).url(),
        MigrationException.Unreachable.class,
        "cannot be reached");
  }
}
