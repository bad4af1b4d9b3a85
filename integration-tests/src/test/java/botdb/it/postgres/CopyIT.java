package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import botdb.catalog.Message;
import botdb.catalog.history.Histories;
import botdb.catalog.history.SetAsideHistories;
import botdb.catalog.history.SetAsideHistory;
import botdb.catalog.migrations.BotCatalog;
import botdb.it.Dump;
import botdb.it.Fixture;
import botdb.migrations.Database;
import botdb.migrations.DatabaseCopy;
import botdb.migrations.DatabaseCopy.Unsaid;
import botdb.migrations.Migration;
import botdb.migrations.MigrationException.CopyFailed;
import botdb.migrations.MigrationException.CopyRefused;
import botdb.migrations.MigrationException.NotADatabase;
import botdb.migrations.MigrationException.NotPermitted;
import botdb.migrations.MigrationException.Superseded;
import botdb.migrations.Migrator;
import botdb.migrations.Schema;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database goes from a file to a server and back, and is what it was. */
final class CopyIT {
  private static final String USERS =
      """
      CREATE TABLE users (
          user_id INTEGER PRIMARY KEY,
          username TEXT,
          history TEXT NOT NULL DEFAULT '[]',
          created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
      );
      """;

  @TempDir private Path folder;
  private Address address;

  @BeforeEach
  void makeDatabase() throws SQLException {
    address = PostgresServer.shared().freshDatabase();
  }

  private DatabaseCopy.Report copy(String from, String to, Unsaid unsaid) {
    return DatabaseCopy.of(Database.parse(from), Database.parse(to), BotCatalog.migrations())
        .copy(unsaid);
  }

  private DatabaseCopy.Report copyThere(Path from) {
    return copy(from.toString(), address.url(), Unsaid.REFUSE);
  }

  private Path copyBack() {
    Path back = folder.resolve("back.db");
    copy(address.url(), back.toString(), Unsaid.REFUSE);
    return back;
  }

  private Path create(String script) throws SQLException {
    Path file = folder.resolve("users.db");
    execute(file, script);
    return file;
  }

  private static void execute(Path file, String script) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(script);
    }
  }

  private static Schema schema(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      return Database.of(file).schema(connection);
    }
  }

  private void assertNothingIsThere() throws SQLException {
    assertThat(
            address.query(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
        .isEmpty();
  }

  // --- There and back ---

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before-001",
        "after-001",
        "after-001-py-suffix",
        "empty-users",
        "null-history",
        "hot-wal",
        "malformed"
      })
  void a_database_of_the_old_bot_comes_back_as_it_was(String name) throws SQLException {
    Path original = Fixture.copy(name, folder);
    Map<String, String> files = Fixture.bytes(folder);
    DatabaseCopy.Report report = copyThere(original);
    assertThat(Fixture.bytes(folder)).isEqualTo(files);
    assertThat(report.left()).isEmpty();
    Path back = copyBack();
    assertThat(schema(back)).isEqualTo(schema(original));
    assertThat(Dump.rows(back)).isEqualTo(Dump.rows(original));
  }

  @Test
  void what_the_owner_has_added_goes_along_and_what_has_no_words_is_named_first() throws Exception {
    Path original = Fixture.copy("grown-by-hand", folder);
    CopyRefused refused = catchThrowableOfType(CopyRefused.class, () -> copyThere(original));
    assertThat(refused)
        .hasMessage(
            """
            %s has what %s has no words for; nothing was copied
              database  %1$s
              at        trigger users_audit
                        view talkers
              to do     remove it first, or go on without it with --leave-behind"""
                .formatted(original, Database.parse(address.url()).name()));
    assertNothingIsThere();

    DatabaseCopy.Report report = copy(original.toString(), address.url(), Unsaid.LEAVE_BEHIND);
    assertThat(report.left()).containsExactly("trigger users_audit", "view talkers");
    assertThat(report.rows()).isEqualTo(Map.of("audit", 0L, "payments", 2L, "users", 13L));
    Path back = copyBack();
    execute(original, "DROP TRIGGER users_audit; DROP VIEW talkers");
    assertThat(schema(back)).isEqualTo(schema(original));
    assertThat(Dump.rows(back)).isEqualTo(Dump.rows(original));
  }

  @Test
  void keys_of_the_owner_hold_there_also_where_rows_point_nowhere_already() throws Exception {
    Path original =
        create(
            USERS
                + "CREATE TABLE payments (id INTEGER PRIMARY KEY AUTOINCREMENT,"
                + " user_id INTEGER REFERENCES users ON DELETE CASCADE, amount NUMERIC);"
                + "INSERT INTO users (user_id) VALUES (1);"
                + "INSERT INTO payments VALUES (1, 1, 2.5), (7, 99, 3);"
                + "DELETE FROM payments WHERE id = 8");
    copyThere(original);
    assertThatThrownBy(() -> address.execute("INSERT INTO payments (user_id) VALUES (98)"))
        .hasMessageContaining("violates foreign key constraint");
    address.execute("INSERT INTO payments (user_id) VALUES (1)", "DELETE FROM users");
    assertThat(address.query("SELECT id, user_id, amount FROM payments")).containsExactly("7|99|3");
  }

  @Test
  void numbers_that_were_given_once_are_not_given_again() throws Exception {
    Path original = Fixture.copy("after-001", folder);
    execute(original, "UPDATE sqlite_sequence SET seq = 41");
    copyThere(original);
    address.execute("INSERT INTO migrations (name) VALUES ('another')");
    assertThat(address.query("SELECT max(id) FROM migrations")).containsExactly("42");
    address.execute("DELETE FROM migrations WHERE name = 'another'");
    Path back = copyBack();
    execute(back, "INSERT INTO migrations (name) VALUES ('one more')");
    assertThat(Dump.rows(back)).contains("43|'one more'");
    assertThat(
            Dump.of(back)
                .contains(
                    """
                    CREATE TABLE migrations (
                        id INTEGER PRIMARY KEY AUTOINCREMENT,
                        name TEXT UNIQUE NOT NULL,
                        applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
                    )"""))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16le", "UTF-16be"})
  void every_value_that_both_can_hold_comes_back_to_the_last_bit(String encoding) throws Exception {
    Path original =
        create(
            "PRAGMA encoding = '%s';".formatted(encoding)
                + USERS
                + """
                CREATE TABLE kept (number INTEGER, real REAL, text TEXT, blob BLOB, at TIMESTAMP,
                                   exact DATETIME, loose, flag BOOLEAN DEFAULT 0, name VARCHAR(3));
                INSERT INTO kept VALUES
                  (9223372036854775807, 1e308, 'tab\tline' || char(10) || 'back\\slash \\N ёж 🦔',
                   x'00ff5c0a', '0001-01-01 00:00:00', '2025-11-05 15:30:45.000001', 7, 1, 'longer'),
                  (-9223372036854775808, 4.9406564584124654e-324, '', x'', '9999-12-31 23:59:59',
                   '2025-11-05 15:30:45', -1, 0, ''),
                  (0, 9007199254740992, '"\\u0000"', x'7f', '2000-01-01 00:00:00',
                   '1969-12-31 23:59:59.999999', NULL, NULL, NULL),
                  (NULL, -0.1, NULL, NULL, NULL, NULL, 0, 1, '''');
                INSERT INTO users VALUES
                  (8273645123987, char(8232, 128, 65533, 1114111), '[{"a": 1e999, "a": "\\ud800"}]', NULL);
                """);
    copyThere(original);
    assertThat(Dump.rows(copyBack())).isEqualTo(Dump.rows(original));
  }

  @Test
  void a_cell_of_twenty_megabytes_goes_along() throws Exception {
    Path original =
        create(
            USERS
                + "INSERT INTO users (user_id, history) VALUES"
                + " (1, printf('[\"%.*c\"]', 20000000, 'x')), (2, '[]')");
    copyThere(original);
    assertThat(address.query("SELECT octet_length(history) FROM users ORDER BY 1"))
        .containsExactly("2", "20000004");
    assertThat(Dump.hash(copyBack())).hasSize(64);
  }

  @Test
  void a_migration_that_is_under_way_stays_where_it_is() throws Exception {
    Path original = Fixture.copy("before-001", folder);
    execute(
        original,
        "CREATE TABLE migration_progress (migration TEXT PRIMARY KEY, edition TEXT,"
            + " position TEXT NOT NULL, steps INTEGER NOT NULL, rows INTEGER NOT NULL,"
            + " done INTEGER NOT NULL, total INTEGER NOT NULL, started_at TEXT NOT NULL);"
            + "INSERT INTO migration_progress VALUES"
            + " ('migration_001_add_timestamp_to_messages', 'x', '7', 1, 2, 3, 4, 'then')");
    copyThere(original);
    assertThat(Dump.rows(copyBack())).isEqualTo(Dump.rows(original));
  }

  @Test
  void what_is_set_aside_can_be_put_back_there_and_here() throws Exception {
    Path original = Fixture.copy("malformed", folder);
    Migrator.of(Database.parse(original.toString()), BotCatalog.migrations())
        .withDirtyData(Migration.DirtyData.SET_ASIDE)
        .migrate();
    copyThere(original);
    assertThat(Dump.rows(copyBack()))
        .isEqualTo(Dump.rows(original))
        .contains("set_aside: 1|'users'|'history'|'user_id'|101|");
    Database server = Database.parse(address.url());
    try (Connection connection = server.open()) {
      SetAsideHistories aside = SetAsideHistories.in(server, server.jooq(connection));
      SetAsideHistory first = aside.list("101").get(0);
      assertThat(aside.content(first)).isNotEmpty();
      assertThat(aside.putBack(first, "[]".getBytes(StandardCharsets.UTF_8)).messages()).isZero();
    }
  }

  @Test
  void from_file_to_file_nothing_changes_but_the_file() throws Exception {
    Path original = Fixture.copy("after-001", folder);
    Path other = folder.resolve("other.db");
    copy(original.toString(), other.toString(), Unsaid.REFUSE);
    assertThat(schema(other)).isEqualTo(schema(original));
    assertThat(Dump.rows(other)).isEqualTo(Dump.rows(original));
  }

  @Test
  void from_server_to_server_everything_goes_along() throws Exception {
    Path original = Fixture.copy("after-001", folder);
    copyThere(original);
    Address other = PostgresServer.shared().freshDatabase();
    copy(address.url(), other.url(), Unsaid.REFUSE);
    address = other;
    assertThat(Dump.rows(copyBack())).isEqualTo(Dump.rows(original));
  }

  @Test
  void what_was_appended_on_a_server_comes_back_in_its_cell() throws Exception {
    copyThere(Fixture.copy("after-001", folder));
    Message message = Message.of("user", "another word", LocalDateTime.of(2025, 11, 5, 15, 30, 45));
    String before = address.query("SELECT history FROM users WHERE user_id = 48").get(0);
    Database server = Database.parse(address.url());
    try (Database.Sessions<Histories> sessions =
        server.sessions(dsl -> Histories.in(server.cells(dsl)))) {
      sessions.write(
          histories -> {
            histories.append(48, message);
            histories.append(48, message);
            return true;
          });
    }
    assertThat(address.query("SELECT history FROM users WHERE user_id = 48"))
        .containsExactly(before);
    Path back = copyBack();
    String appended =
        ", {\"role\": \"user\", \"content\": \"another word\", \"timestamp\": \"2025-11-05 15:30:45\"}";
    assertThat(Dump.rows(back))
        .contains(before.substring(0, before.length() - 1) + appended + appended + "]")
        .doesNotContain("botdb_");
  }

  @ParameterizedTest
  @ValueSource(strings = {"before-001", "empty-users", "null-history"})
  void migrating_here_or_there_comes_to_the_same(String name) throws Exception {
    Path original = Fixture.copy(name, folder);
    copyThere(original);
    Migrator.of(Database.parse(original.toString()), BotCatalog.migrations()).migrate();
    Migrator.of(Database.parse(address.url()), BotCatalog.migrations()).migrate();
    Path back = copyBack();
    assertThat(usersOf(back)).isEqualTo(usersOf(original)).isNotEqualTo("");
    assertThat(schema(back)).isEqualTo(schema(original));
  }

  private static String usersOf(Path file) throws SQLException {
    return Dump.rows(file)
        .lines()
        .filter(line -> line.startsWith("users: ") || line.startsWith("sqlite_sequence: "))
        .collect(Collectors.joining("\n"));
  }

  // --- Refused ---

  @Test
  void values_that_a_column_cannot_hold_are_named_and_nothing_is_copied() throws Exception {
    Path original =
        create(
            USERS
                + """
                CREATE TABLE kept (id INTEGER PRIMARY KEY, number INTEGER, real REAL, text TEXT);
                INSERT INTO users VALUES (1, CAST(x'61ff' AS TEXT), '[]', NULL),
                  (2, CAST(x'610062' AS TEXT), '[]', NULL), (3, x'61', '[]', NULL),
                  (4, NULL, '[]', 'yesterday'), (5, NULL, '[]', '2025-02-30 00:00:00'),
                  (6, NULL, '[]', 1762356645), (7, NULL, '[]', '2025-11-05 15:30:45.5');
                INSERT INTO kept VALUES (1, 'private', 1, ''), (2, 1, 'private', ''),
                  (3, 1.5, 0, '');
                """);
    assertThat(catchThrowableOfType(CopyRefused.class, () -> copyThere(original)))
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
    assertNothingIsThere();
  }

  @Test
  void what_a_file_cannot_say_is_named_and_nothing_is_created() throws Exception {
    copyThere(Fixture.copy("before-001", folder));
    address.execute(
        "CREATE VIEW seen AS SELECT 1 AS one",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION f()",
        "CREATE INDEX lower_name ON users (lower(username))",
        "ALTER TABLE users ADD tags text[] DEFAULT ARRAY['a']",
        "ALTER TABLE users ADD UNIQUE (username)");
    CopyRefused refused = catchThrowableOfType(CopyRefused.class, this::copyBack);
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
    copy(address.url(), back.toString(), Unsaid.LEAVE_BEHIND);
    assertThat(schema(back).facts()).contains("unique users (username binary)");
  }

  @Test
  void values_that_only_a_server_can_hold_are_named() throws Exception {
    address.execute(
        "CREATE TABLE users (user_id bigint PRIMARY KEY, score float8, created_at timestamp)",
        "INSERT INTO users VALUES (1, 'NaN', 'infinity'), (2, '-inf', '0044-03-15 12:00:00 BC')");
    assertThat(catchThrowableOfType(CopyRefused.class, this::copyBack))
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
    assertThatThrownBy(() -> copyThere(original))
        .isInstanceOf(CopyFailed.class)
        .hasMessageContaining("users: its rows are not the same");
    assertNothingIsThere();
  }

  @Test
  void a_target_that_is_not_empty_is_left_as_it_is() throws Exception {
    Path original = Fixture.copy("before-001", folder);
    Path other = Fixture.copy("after-001", folder);
    address.execute("CREATE TABLE mine (id bigint)");
    assertThatThrownBy(() -> copyThere(original))
        .isInstanceOf(CopyRefused.class)
        .hasMessageContaining(" is not empty; nothing was copied")
        .hasMessageContaining("at        mine\n");
    address.execute("DROP TABLE mine");
    copyThere(original);
    Map<String, String> files = Fixture.bytes(folder);
    assertThatThrownBy(() -> copy(address.url(), other.toString(), Unsaid.REFUSE))
        .isInstanceOf(CopyRefused.class)
        .hasMessageContaining(" is not empty; nothing was copied")
        .hasMessageContaining("at        migrations\n");
    assertThatThrownBy(() -> copyThere(original)).isInstanceOf(CopyRefused.class);
    assertThat(Fixture.bytes(folder)).isEqualTo(files);
  }

  @Test
  void an_address_is_not_copied_to_itself() {
    Path original = Fixture.copy("before-001", folder);
    for (String database : List.of(original.toString(), address.url())) {
      assertThatThrownBy(() -> copy(database, database, Unsaid.REFUSE))
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
    assertThatThrownBy(() -> copy(original.toString(), stranger.url(), Unsaid.REFUSE))
        .isInstanceOf(NotPermitted.class)
        .hasMessageContaining("permission denied for schema public");
    assertNothingIsThere();
  }

  @Test
  void a_newer_database_one_that_is_none_and_one_without_tables_are_refused() throws Exception {
    assertThatThrownBy(() -> copyThere(Fixture.copy("from-the-future", folder)))
        .isInstanceOf(Superseded.class);
    assertThatThrownBy(() -> copyThere(Fixture.copy("not-a-database", folder)))
        .isInstanceOf(NotADatabase.class);
    assertThatThrownBy(() -> copyThere(Fixture.copy("zero-bytes", folder)))
        .isInstanceOf(CopyRefused.class);
    assertThatThrownBy(this::copyBack).isInstanceOf(CopyRefused.class);
    assertNothingIsThere();
    assertThat(folder.resolve("back.db")).doesNotExist();
  }
}
