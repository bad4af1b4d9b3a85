package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.catalog.Message;
import botdb.catalog.history.SetAsideHistories;
import botdb.catalog.history.SetAsideHistory;
import botdb.catalog.json.JsonColumn;
import botdb.catalog.json.JsonDialect;
import botdb.catalog.migrations.BotCatalog;
import botdb.it.Fixture;
import botdb.migrations.Database;
import botdb.migrations.Migration;
import botdb.migrations.MigrationException;
import botdb.migrations.MigrationReport;
import botdb.migrations.Migrator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells on a server are rewritten, checked and set aside as those of a file are. */
class CellsIT {
  private static final LocalDateTime TIME = LocalDateTime.of(2025, 11, 5, 15, 30, 45);

  private static final String LOG =
      """
      CREATE TABLE log (n bigint);
      CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO log VALUES (1); RETURN NEW; END $$;
      """;

  @TempDir private Path folder;

  private static MigrationReport migrate(Users users, Migration.DirtyData dirtyData) {
    return Migrator.of(users.database(), BotCatalog.migrations())
        .withDirtyData(dirtyData)
        .migrate();
  }

  private static void migrate(Users users) {
    migrate(users, Migration.DirtyData.STOP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"before-001", "grown-by-hand", "malformed"})
  void a_migration_gives_the_very_bytes_that_it_gives_in_a_file(String fixture) throws Exception {
    Path original = Fixture.copy(fixture, folder);
    Users server = Users.on(PostgresServer.shared().freshDatabase()).addThoseOf(original);
    Users file = Users.in(folder.resolve("users.db")).addThoseOf(original);
    assertThat(server.cells()).isNotEmpty().isEqualTo(file.cells());
    if (fixture.equals("malformed")) {
      assertThat(fault(server)).isEqualTo(fault(file)).contains("in all");
      assertThat(server.cells()).isEqualTo(file.cells());
      migrate(file, Migration.DirtyData.SET_ASIDE);
      migrate(server, Migration.DirtyData.SET_ASIDE);
      assertThat(aside(server)).isNotEmpty().isEqualTo(aside(file));
    } else {
      migrate(file);
      migrate(server);
    }
    assertThat(server.cells()).isEqualTo(file.cells());
  }

  /** Where and why; without the name of the database. */
  private static String fault(Users users) {
    try {
      migrate(users);
      throw new AssertionError("nothing stopped it");
    } catch (MigrationException.MigrationFailed e) {
      String message = String.valueOf(e.getMessage());
      return message.substring(message.indexOf("  at "), message.indexOf("  to do"));
    }
  }

  private static Map<String, String> aside(Users users) throws SQLException {
    return withAside(
        users,
        aside -> {
          Map<String, String> all = new TreeMap<>();
          for (SetAsideHistory one : aside.list()) {
            String content = new String(aside.content(one), StandardCharsets.UTF_8);
            all.put(one.id() + " " + one.user(), one.reason() + one.size() + content);
          }
          return all;
        });
  }

  private static <T> T withAside(Users users, Function<SetAsideHistories, T> work)
      throws SQLException {
    Database database = users.database();
    try (Connection connection = database.open()) {
      return work.apply(SetAsideHistories.in(database, database.jooq(connection)));
    }
  }

  @Test
  void a_history_is_put_back_before_what_was_written_since() throws Exception {
    Users users = Users.on(PostgresServer.shared().freshDatabase());
    users.add(7, "[{\"content\": \"old\"}");
    migrate(users, Migration.DirtyData.SET_ASIDE);
    Message first = Message.of("user", "first", TIME);
    Message second = Message.of("user", "second", TIME);
    users.use(
        histories -> {
          histories.append(7, first);
          histories.append(7, second);
        });
    SetAsideHistories.PutBack putBack =
        withAside(
            users,
            aside ->
                aside.putBack(
                    aside.list("7").get(0),
                    "[{\"content\": \"old\"}]".getBytes(StandardCharsets.UTF_8)));
    assertThat(putBack).isEqualTo(new SetAsideHistories.PutBack(1, 2));
    Message third = Message.of("user", "third", TIME);
    users.use(
        histories -> {
          histories.append(7, third);
          assertThat(histories.list(7))
              .containsExactly(
                  Message.parse("{\"content\": \"old\", \"timestamp\": null}"),
                  first,
                  second,
                  third);
          assertThat(histories.page(7, 3, 2).messages()).containsExactly(first, second);
        });
    assertThat(aside(users)).isEmpty();
  }

  @Test
  void what_was_appended_is_migrated_as_well() throws Exception {
    Users users = Users.on(PostgresServer.shared().freshDatabase());
    users.add(1, "[{\"content\": \"old\"}]");
    users.use(histories -> histories.append(1, Message.parse("{\"content\": \"new\"}")));
    migrate(users);
    assertThat(users.cells())
        .containsEntry(
            1L,
            "[{\"content\": \"old\", \"timestamp\": null}, {\"content\": \"new\", \"timestamp\":"
                + " null}]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user_id bigint PRIMARY KEY, history text",
        "user_id bigint, history text",
        "user_id bigint, part text DEFAULT 'ü', history varchar, PRIMARY KEY (user_id, part)",
        "\"a key\" text PRIMARY KEY DEFAULT gen_random_uuid()::text, user_id bigint, history text"
      })
  void tables_of_any_key_and_more_than_a_batch_are_rewritten(String columns) throws Exception {
    Address address = PostgresServer.shared().freshDatabase();
    address.execute(
        "CREATE TABLE users (" + columns + ")",
        "INSERT INTO users (user_id, history) SELECT n, CASE n % 5 WHEN 0 THEN NULL WHEN 1 THEN ''"
            + " WHEN 2 THEN '[]' ELSE '[{\"n\": ' || n || '}]' END FROM generate_series(1, 5000) n",
        "UPDATE users SET history = '[{\"content\": \"' || repeat('x', 5000000) || '\"}]'"
            + " WHERE user_id IN (13, 14, 18, 19)");
    migrate(new Users(Database.parse(address.url())));
    assertThat(
            address.query(
                "SELECT count(*), count(history), count(*) FILTER (WHERE history = ''),"
                    + " count(*) FILTER (WHERE history = '[{\"n\": ' || user_id ||"
                    + " ', \"timestamp\": null}]'), count(*) FILTER (WHERE history LIKE"
                    + " '%x\", \"timestamp\": null}]') FROM users"))
        .containsExactly("5000|4000|1000|1996|4");
  }

  @Test
  void triggers_do_not_fire_and_are_as_they_were() throws Exception {
    Address address = PostgresServer.shared().freshDatabase();
    Users users = Users.on(address);
    users.add(1, "[{}]");
    users.use(histories -> histories.append(1, Message.parse("{}")));
    address.execute(LOG);
    for (String name : List.of("on", "off", "always", "replica")) {
      address.execute(
          "CREATE TRIGGER \"%s\" AFTER UPDATE ON users FOR EACH ROW EXECUTE FUNCTION note()"
              .formatted(name));
    }
    address.execute(
        "ALTER TABLE users DISABLE TRIGGER \"off\"",
        "ALTER TABLE users ENABLE ALWAYS TRIGGER \"always\"",
        "ALTER TABLE users ENABLE REPLICA TRIGGER \"replica\"");
    String enabled =
        "SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname";
    List<String> before = address.query(enabled);
    migrate(users);
    assertThat(address.query("SELECT count(*) FROM log")).containsExactly("0");
    assertThat(address.query(enabled)).isEqualTo(before).contains("always|A", "off|D", "on|O");
    address.execute("UPDATE users SET username = 'x'");
    assertThat(address.query("SELECT count(*) FROM log")).containsExactly("2");
  }

  @Test
  void a_connection_cut_in_the_middle_leaves_everything_as_it_was() throws Exception {
    PostgresServer server = PostgresServer.shared();
    Address address = server.freshDatabase();
    Users users = Users.on(address);
    users.execute(
        "INSERT INTO users (user_id, history)"
            + " SELECT n, '[{\"n\": ' || n || '}]' FROM generate_series(1, 5000) AS n");
    users.use(histories -> histories.append(1, Message.parse("{}")));
    Map<Long, String> before = users.cells();
    Migrator migrator =
        Migrator.of(users.database(), BotCatalog.migrations())
            .withListener(
                new Migrator.Listener() {
                  @Override
                  public void progress(String migration, long done, long total) {
                    if (done == 3000) {
                      cut(server, address);
                    }
                  }
                });
    assertThatThrownBy(migrator::migrate).isInstanceOf(MigrationException.class);
    assertThat(users.cells()).isEqualTo(before);
    users.use(histories -> assertThat(histories.list(1)).hasSize(2));
    migrate(users);
    assertThat(users.cells().get(1L))
        .isEqualTo("[{\"n\": 1, \"timestamp\": null}, {\"timestamp\": null}]");
  }

  private static void cut(PostgresServer server, Address address) {
    try {
      server
          .asAdministrator(address)
          .query(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s'"
                      .formatted(address.database())
                  + " AND pid <> pg_backend_pid()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_user_who_empties_his_history_meanwhile_has_it_empty() throws Exception {
    PostgresServer server = PostgresServer.shared();
    Address address = server.freshDatabase();
    Users users = Users.on(address);
    users.execute(
        "INSERT INTO users (user_id, history)"
            + " SELECT n, '[{\"n\": ' || n || '}]' FROM generate_series(1, 3000) AS n");
    users.use(histories -> histories.clear(3)); // so that it need not create anything
    Thread clearing = new Thread(() -> clear(users, List.of(1900L, 1L, 2999L)));
    Migrator.of(users.database(), BotCatalog.migrations())
        .withListener(
            new Migrator.Listener() {
              @Override
              public void progress(String migration, long done, long total) {
                if (done == 1500) {
                  clearing.start();
                  awaitThatItIsDoneOrWaits(clearing, server.asAdministrator(address));
                }
              }
            })
        .migrate();
    clearing.join();
    Map<Long, String> cells = users.cells();
    for (long user : List.of(1L, 1900L, 2999L)) {
      assertThat(cells).containsEntry(user, "[]");
    }
    assertThat(cells).containsEntry(2L, "[{\"n\": 2, \"timestamp\": null}]");
  }

  private static void awaitThatItIsDoneOrWaits(Thread thread, Address administrator) {
    String waiting =
        "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = '%s'"
            .formatted(administrator.database());
    try {
      while (thread.isAlive() && administrator.query(waiting).isEmpty()) {
        Thread.onSpinWait();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void clear(Users users, List<Long> ids) {
    try {
      users.use(histories -> ids.forEach(histories::clear));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void faults_are_found_with_what_was_appended_and_the_cell_alone_where_nothing_was()
      throws Exception {
    Users users = Users.on(PostgresServer.shared().freshDatabase());
    users.add(1, "[{}");
    users.add(2, "[ {} ]");
    users.add(3, null);
    users.use(
        histories -> {
          histories.append(2, Message.parse("{}"));
          histories.append(3, Message.parse("{}"));
        });
    try (Connection connection = users.database().openReadOnly()) {
      JsonColumn column =
          JsonColumn.of(botdb.catalog.schema.current.tables.Users.USERS.HISTORY)
              .rowsNamed("user", botdb.catalog.schema.current.tables.Users.USERS.USER_ID);
      var cells = users.database().cells(users.database().jooq(connection));
      assertThat(column.faults(cells, JsonDialect.PYTHON))
          .containsExactly(
              "users.history of user 1: the text ends where a comma or the end of the array is"
                  + " expected (character 3 of 3)");
    }
  }

  @Test
  void a_column_that_is_no_text_is_refused() throws Exception {
    Address address = PostgresServer.shared().freshDatabase();
    address.execute("CREATE TABLE users (user_id bigint PRIMARY KEY, history jsonb)");
    assertThatThrownBy(() -> migrate(new Users(Database.parse(address.url()))))
        .hasMessageContaining("users.history is of type jsonb and not text");
  }

  @Test
  void a_database_of_another_encoding_is_refused() throws Exception {
    PostgresServer server = PostgresServer.shared();
    Address address = server.freshDatabase();
    server
        .asAdministrator(address)
        .execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' OWNER bot");
    Address latin = new Address(address.port(), "latin", address.user(), address.password());
    assertThatThrownBy(() -> migrate(new Users(Database.parse(latin.url()))))
        .isInstanceOf(MigrationException.UnsuitableSchema.class)
        .hasMessageContaining("its encoding is LATIN1 and not UTF8");
  }
}
