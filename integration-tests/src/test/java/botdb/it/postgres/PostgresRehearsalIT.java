package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.catalog.Message;
import botdb.catalog.migrations.BotCatalog;
import botdb.it.postgres.Sample.Migration001Throw;
import botdb.migrations.Migration;
import botdb.migrations.MigrationException;
import botdb.migrations.MigrationReport;
import botdb.migrations.Migrator;
import botdb.migrations.Rehearsal;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rehearsal on a server tells what a run would do, does nothing, and nobody waits for it. */
class PostgresRehearsalIT {
  private Address address;

  @BeforeEach
  void makeDatabase() throws Exception {
    address = Sample.owned(PostgresServer.shared().freshDatabase());
  }

  @Test
  void leaves_no_trace_and_tells_what_a_run_then_does() throws Exception {
    Map<String, List<String>> before = Content.of(address);
    Rehearsal rehearsal = rehearse();
    assertThat(rehearsal.failure()).isNull();
    assertThat(Content.of(address)).isEqualTo(before);

    MigrationReport report = Sample.migrator(address, Sample.catalog()).migrate();
    assertThat(rehearsal.steps())
        .extracting(step -> step.step().number(), step -> step.step().name(), s -> s.step().rows())
        .containsExactlyElementsOf(
            report.steps().stream()
                .map(s -> org.assertj.core.groups.Tuple.tuple(s.number(), s.name(), s.rows()))
                .toList());
  }

  private Rehearsal rehearse() {
    return Sample.migrator(address, Sample.catalog()).rehearse(text -> text.replaceAll("\\w", "x"));
  }

  @Test
  void tells_rows_schema_and_samples_of_each_migration() {
    List<Rehearsal.Step> steps = rehearse().steps();
    assertThat(steps).hasSize(2);
    assertThat(steps.get(0).rows()).isEqualTo(Map.of("users", 2L));
    assertThat(steps.get(0).samples())
        .containsExactly(
            sample("users", "user_id -7", new Rehearsal.Cell("language", null, "NULL")),
            sample("users", "user_id 8", new Rehearsal.Cell("language", null, "xx")),
            sample("users", "user_id 9", new Rehearsal.Cell("language", null, "xx")));
    assertThat(steps.get(1).rows()).isEqualTo(Map.of("notes", 3L));
    assertThat(steps.get(1).samples())
        .extracting(Rehearsal.Sample::table, Rehearsal.Sample::row)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("notes", "id 1"),
            org.assertj.core.groups.Tuple.tuple("notes", "id 2"),
            org.assertj.core.groups.Tuple.tuple("notes", "id 3"));
    assertThat(steps.get(1).schema()).contains("+ table notes");
    assertThat(steps.get(1).growth()).isPositive();
  }

  private static Rehearsal.Sample sample(String table, String row, Rehearsal.Cell... cells) {
    return new Rehearsal.Sample(table, row, List.of(cells));
  }

  @Test
  void others_write_meanwhile_and_do_not_wait() throws Exception {
    Migrator.Listener writing =
        new Migrator.Listener() {
          @Override
          public void started(String name) {
            try {
              address.execute(
                  "set lock_timeout = 1",
                  "update users set history = '[]'",
                  "delete from users where user_id = 9",
                  "insert into users (user_id, username) values (9, 'Zoe')");
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          }
        };
    Rehearsal rehearsal =
        Sample.migrator(address, Sample.catalog()).withListener(writing).rehearse(text -> "");
    assertThat(rehearsal.failure()).isNull();
    assertThat(rehearsal.steps().get(0).samples()).hasSize(3);
    assertThat(address.query("select username from users where user_id = 9"))
        .containsExactly("Zoe");
  }

  @Test
  void tells_what_would_fail_as_a_run_does() throws Exception {
    Map<String, List<String>> before = Content.of(address);
    Migrator migrator = Sample.migrator(address, Sample.catalog(List.of(Migration001Throw.class)));
    Rehearsal rehearsal = migrator.rehearse(text -> "");
    assertThat(rehearsal.steps()).isEmpty();
    assertThatThrownBy(migrator::migrate)
        .isInstanceOf(MigrationException.MigrationFailed.class)
        .hasMessage(rehearsal.failure().getMessage());
    assertThat(Content.of(address)).isEqualTo(before);
  }

  @Test
  void an_empty_database_would_be_created_and_is_not() throws Exception {
    Address empty = PostgresServer.shared().freshDatabase();
    Rehearsal rehearsal = Sample.migrator(empty, Sample.catalog()).rehearse(text -> "");
    assertThat(rehearsal.steps()).extracting(step -> step.step().number()).containsExactly(0, 1, 2);
    assertThat(
            empty.query("select relname from pg_class where relnamespace = 'public'::regnamespace"))
        .isEmpty();
  }

  @Test
  void needs_the_right_to_create_a_schema() throws Exception {
    Address stranger = PostgresServer.shared().asNewRole(address);
    address.execute("grant select on all tables in schema public to " + stranger.user());
    Migrator migrator = Sample.migrator(stranger, Sample.catalog());
    assertThatThrownBy(() -> migrator.rehearse(text -> ""))
        .isInstanceOf(MigrationException.NotPermitted.class)
        .hasMessageContaining("a rehearsal creates a schema of its own");
  }

  @Test
  void indexes_keys_and_triggers_of_the_owner_are_there_under_their_names() {
    Rehearsal rehearsal =
        Sample.migrator(address, Sample.catalog(List.of(Migration001UseThem.class)))
            .rehearse(text -> text);
    assertThat(rehearsal.failure()).isNull();
    assertThat(rehearsal.steps().get(0).samples())
        .extracting(Rehearsal.Sample::table)
        .contains("Odd \"one");
  }

  static final class Migration001UseThem implements Migration {
    @Override
    public void migrate(Context context) {
      context.dsl().execute("INSERT INTO users (user_id, username) VALUES (10, 'Max')");
      context.dsl().execute("DROP INDEX users_by_name");
      context.dsl().execute("ALTER TABLE users DROP CONSTRAINT short");
      context
          .dsl()
          .execute("ALTER TABLE \"Odd \"\"one\" DROP CONSTRAINT \"Odd \"\"one_user_id_fkey\"");
      context.dsl().execute("DELETE FROM users WHERE user_id = (SELECT user_id FROM merry)");
      context.dsl().execute("DROP VIEW merrier, merry");
      context.dsl().execute("DROP MATERIALIZED VIEW names");
      context.dsl().execute("DROP TRIGGER noted ON users");
    }

    @Override
    public java.util.Set<String> losesRowsOf() {
      return java.util.Set.of("users");
    }
  }

  @Test
  void what_writes_to_the_original_by_its_name_is_not_taken_for_a_rehearsal() throws Exception {
    address.execute(
        "create function other() returns trigger language plpgsql as $$ begin"
            + " insert into public.\"Odd \"\"one\" (user_id) values (new.user_id); return new; end $$",
        "create trigger other after update on users for each row execute function other()");
    Map<String, List<String>> before = Content.of(address);
    assertThatThrownBy(this::rehearse)
        .hasMessageContaining("names the schema public and writes there, to Odd \"one");
    // A number that was drawn is not given back.
    before.remove("schema");
    Map<String, List<String>> after = Content.of(address);
    after.remove("schema");
    assertThat(after).isEqualTo(before);
  }

  @Test
  void messages_beside_their_history_are_in_the_copy_too() throws Exception {
    Users users = Users.on(PostgresServer.shared().freshDatabase());
    users.add(7, "[{\"role\": \"user\", \"content\": \"old\"}]");
    users.add(8, "[]");
    users.use(
        histories ->
            histories.append(8, Message.parse("{\"role\": \"user\", \"content\": \"new\"}")));
    Migrator migrator = Migrator.of(users.database(), BotCatalog.migrations());
    Rehearsal rehearsal = migrator.rehearse(text -> text);
    assertThat(rehearsal.failure()).isNull();
    Rehearsal.Step step = rehearsal.steps().get(0);
    assertThat(step.samples().get(1).cells().get(0).after()).contains("\"new\"");
    assertThat(step.step().rows()).isEqualTo(migrator.migrate().steps().get(0).rows());
    assertThat(step.rows()).isEqualTo(Map.of("users", step.step().rows()));
    users.use(histories -> assertThat(histories.list(8)).hasSize(1));
  }

  @Test
  void goes_through_a_pooler() throws Exception {
    Map<String, List<String>> before = Content.of(address);
    try (Pooler pooler = Pooler.inFrontOf(address)) {
      Rehearsal rehearsal =
          Sample.migrator(pooler.address(), Sample.catalog()).rehearse(text -> "");
      assertThat(rehearsal.failure()).isNull();
      assertThat(rehearsal.steps()).hasSize(2);
    }
    assertThat(Content.of(address)).isEqualTo(before);
  }

  @Test
  void nothing_stays_of_one_whose_migration_ends_its_transaction() throws Exception {
    Map<String, List<String>> before = Content.of(address);
    Rehearsal rehearsal =
        Sample.migrator(address, Sample.catalog(List.of(Migration001Commit.class)))
            .rehearse(text -> "");
    assertThat(rehearsal.failure())
        .hasMessageContaining(" failed, and what it had committed by itself stays\n");
    assertThat(Content.of(address)).isEqualTo(before);
  }

  static final class Migration001Commit implements Migration {
    @Override
    public void migrate(Context context) {
      context.dsl().connection(java.sql.Connection::commit);
    }
  }
}
