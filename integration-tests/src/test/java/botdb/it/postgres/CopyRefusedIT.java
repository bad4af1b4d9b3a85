package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import botdb.it.Fixture;
import botdb.migrations.Database;
import botdb.migrations.DatabaseCopy.Unsaid;
import botdb.migrations.MigrationException.CopyFailed;
import botdb.migrations.MigrationException.CopyRefused;
import botdb.migrations.MigrationException.NotADatabase;
import botdb.migrations.MigrationException.NotPermitted;
import botdb.migrations.MigrationException.Superseded;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be copied is refused with its reason, and nothing is left of the attempt. */
final class CopyRefusedIT {
  @TempDir private Path folder;
  private Address address;
  private Copies copies;

  @BeforeEach
  void makeDatabase() throws SQLException {
    address = PostgresServer.shared().freshDatabase();
    copies = new Copies(folder, address);
  }

  @Test
  void values_that_a_column_cannot_hold_are_named_and_nothing_is_copied() throws Exception {
    Path original =
        copies.create(
            Copies.USERS
                + """
                CREATE TABLE kept (id INTEGER PRIMARY KEY, number INTEGER, real REAL, text TEXT);
                INSERT INTO users VALUES (1, CAST(x'61ff' AS TEXT), '[]', NULL),
                  (2, CAST(x'610062' AS TEXT), '[]', NULL), (3, x'61', '[]', NULL),
                  (4, NULL, '[]', 'yesterday'), (5, NULL, '[]', '2025-02-30 00:00:00'),
                  (6, NULL, '[]', 1762356645), (7, NULL, '[]', '2025-11-05 15:30:45.5');
                INSERT INTO kept VALUES (1, 'private', 1, ''), (2, 1, 'private', ''),
                  (3, 1.5, 0, '');
                """);
    assertThat(catchThrowableOfType(CopyRefused.class, () -> copies.copyThere(original)))
        .hasMessage(
            """
            %s has values that %s cannot hold; nothing was copied
              database  %1$s
              at        kept.number of id 1: a value of another type
                        kept.real of id 2: a value of another type
                        kept.number of id 3: a value of another type
                        users.username of user_id 1: text that is not UTF-8
                        users.username of user_id 2: text with U+0000 in it
                        users.username of user_id 3: a value of another type
                        users.created_at of user_id 4: not a time as 2025-11-05 15:30:45 is one
                        users.created_at of user_id 5: not a time as 2025-11-05 15:30:45 is one
                        users.created_at of user_id 6: a value of another type
                        users.created_at of user_id 7: not a time as 2025-11-05 15:30:45 is one
                        10 in all
              to do     give each of them the type of its column, then copy again"""
                .formatted(original, Database.parse(address.url()).name()));
    copies.assertNothingIsThere();
  }

  @Test
  void what_a_file_cannot_say_is_named_and_nothing_is_created() throws Exception {
    copies.copyThere(Fixture.copy("before-001", folder));
    address.execute(
        "CREATE VIEW seen AS SELECT 1 AS one",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION f()",
        "CREATE INDEX lower_name ON users (lower(username))",
        "ALTER TABLE users ADD tags text[] DEFAULT ARRAY['a']",
        "ALTER TABLE users ADD UNIQUE (username)");
    CopyRefused refused = catchThrowableOfType(CopyRefused.class, copies::copyBack);
    assertThat(refused)
        .hasMessageContaining(
            """
              at        column users.tags as text[]: it would be text
                        default of column users.tags
                        index lower_name of users
                        function f
                        trigger t of users
                        view seen
            """);
    assertThat(folder.resolve("back.db")).doesNotExist();
    assertThat(folder.resolve("back.db.copying")).doesNotExist();
    Path back = folder.resolve("back.db");
    copies.copy(address.url(), back.toString(), Unsaid.LEAVE_BEHIND);
    assertThat(Copies.schema(back).facts()).contains("unique users (username binary)");
  }

  @Test
  void values_that_only_a_server_can_hold_are_named() throws Exception {
    address.execute(
        "CREATE TABLE users (user_id bigint PRIMARY KEY, score float8, created_at timestamp)",
        "INSERT INTO users VALUES (1, 'NaN', 'infinity'), (2, '-inf', '0044-03-15 12:00:00 BC')");
    assertThat(catchThrowableOfType(CopyRefused.class, copies::copyBack))
        .hasMessageContaining(
            """
              at        users.score of user_id 1: not a number
                        users.created_at of user_id 1: a time out of the years 1 to 9999
                        users.created_at of user_id 2: a time out of the years 1 to 9999
                        3 in all
            """);
  }

  @Test
  void a_byte_that_changes_on_the_way_is_seen_and_everything_taken_back() throws Exception {
    PostgresServer.shared()
        .asAdministrator(address)
        .execute(
            "CREATE SCHEMA meddler",
            "CREATE FUNCTION meddler.change() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN IF NEW.user_id = 44 THEN NEW.history := overlay(NEW.history"
                + " placing ''x'' from 20 for 1); END IF; RETURN NEW; END'",
            "CREATE FUNCTION meddler.watch() RETURNS event_trigger LANGUAGE plpgsql AS"
                + " 'BEGIN IF EXISTS (SELECT 1 FROM pg_event_trigger_ddl_commands()"
                + " WHERE object_identity = ''public.users'') THEN CREATE TRIGGER changing"
                + " BEFORE INSERT ON public.users FOR EACH ROW EXECUTE FUNCTION meddler.change();"
                + " END IF; END'",
            "GRANT USAGE ON SCHEMA meddler TO PUBLIC",
            "CREATE EVENT TRIGGER meddling ON ddl_command_end WHEN TAG IN ('CREATE TABLE')"
                + " EXECUTE FUNCTION meddler.watch()");
    Path original = Fixture.copy("before-001", folder);
    assertThatThrownBy(() -> copies.copyThere(original))
        .isInstanceOf(CopyFailed.class)
        .hasMessageContaining("users: its rows are not the same");
    copies.assertNothingIsThere();
  }

  @Test
  void a_target_that_is_not_empty_is_left_as_it_is() throws Exception {
    Path original = Fixture.copy("before-001", folder);
    Path other = Fixture.copy("after-001", folder);
    address.execute("CREATE TABLE mine (id bigint)");
    assertThatThrownBy(() -> copies.copyThere(original))
        .isInstanceOf(CopyRefused.class)
        .hasMessageContaining(" is not empty; nothing was copied")
        .hasMessageContaining("at        mine\n");
    address.execute("DROP TABLE mine");
    copies.copyThere(original);
    Map<String, String> files = Fixture.bytes(folder);
    assertThatThrownBy(() -> copies.copy(address.url(), other.toString(), Unsaid.REFUSE))
        .isInstanceOf(CopyRefused.class)
        .hasMessageContaining(" is not empty; nothing was copied")
        .hasMessageContaining("at        migrations\n");
    assertThatThrownBy(() -> copies.copyThere(original)).isInstanceOf(CopyRefused.class);
    assertThat(Fixture.bytes(folder)).isEqualTo(files);
  }

  @Test
  void an_address_is_not_copied_to_itself() {
    Path original = Fixture.copy("before-001", folder);
    for (String database : List.of(original.toString(), address.url())) {
      assertThatThrownBy(() -> copies.copy(database, database, Unsaid.REFUSE))
          .isInstanceOf(CopyRefused.class)
          .hasMessageContaining(" cannot be copied to itself; nothing was copied");
    }
  }

  @Test
  void who_may_not_create_tables_is_told_so() throws Exception {
    Address stranger = PostgresServer.shared().asNewRole(address);
    PostgresServer.shared()
        .asAdministrator(address)
        .execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    Path original = Fixture.copy("before-001", folder);
    assertThatThrownBy(() -> copies.copy(original.toString(), stranger.url(), Unsaid.REFUSE))
        .isInstanceOf(NotPermitted.class)
        .hasMessageContaining("permission denied for schema public");
    copies.assertNothingIsThere();
  }

  @Test
  void a_newer_database_one_that_is_none_and_one_without_tables_are_refused() throws Exception {
    assertThatThrownBy(() -> copies.copyThere(Fixture.copy("from-the-future", folder)))
        .isInstanceOf(Superseded.class);
    assertThatThrownBy(() -> copies.copyThere(Fixture.copy("not-a-database", folder)))
        .isInstanceOf(NotADatabase.class);
    assertThatThrownBy(() -> copies.copyThere(Fixture.copy("zero-bytes", folder)))
        .isInstanceOf(CopyRefused.class);
    assertThatThrownBy(copies::copyBack).isInstanceOf(CopyRefused.class);
    copies.assertNothingIsThere();
    assertThat(folder.resolve("back.db")).doesNotExist();
  }
}
