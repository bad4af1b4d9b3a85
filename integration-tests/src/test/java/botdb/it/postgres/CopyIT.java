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
import botdb.migrations.MigrationException.CopyRefused;
import botdb.migrations.Migrator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database goes from a file to a server and back, and is what it was. */
final class CopyIT {
  @TempDir private Path folder;
  private Address address;
  private Copies copies;

  @BeforeEach
  void makeDatabase() throws SQLException {
    address = PostgresServer.shared().freshDatabase();
    copies = new Copies(folder, address);
  }

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
    DatabaseCopy.Report report = copies.copyThere(original);
    assertThat(Fixture.bytes(folder)).isEqualTo(files);
    assertThat(report.left()).isEmpty();
    Path back = copies.copyBack();
    assertThat(Copies.schema(back)).isEqualTo(Copies.schema(original));
    assertThat(Dump.rows(back)).isEqualTo(Dump.rows(original));
  }

  @Test
  void what_the_owner_has_added_goes_along_and_what_has_no_words_is_named_first() throws Exception {
    Path original = Fixture.copy("grown-by-hand", folder);
    CopyRefused refused = catchThrowableOfType(CopyRefused.class, () -> copies.copyThere(original));
    assertThat(refused)
        .hasMessage(
            """
            %s has what %s has no words for; nothing was copied
              database  %1$s
              at        trigger users_audit
                        view talkers
              to do     remove it first, or go on without it with --leave-behind"""
                .formatted(original, Database.parse(address.url()).name()));
    copies.assertNothingIsThere();

    DatabaseCopy.Report report =
        copies.copy(original.toString(), address.url(), Unsaid.LEAVE_BEHIND);
    assertThat(report.left()).containsExactly("trigger users_audit", "view talkers");
    assertThat(report.rows()).isEqualTo(Map.of("audit", 0L, "payments", 2L, "users", 13L));
    Path back = copies.copyBack();
    Copies.execute(original, "DROP TRIGGER users_audit; DROP VIEW talkers");
    assertThat(Copies.schema(back)).isEqualTo(Copies.schema(original));
    assertThat(Dump.rows(back)).isEqualTo(Dump.rows(original));
  }

  @Test
  void keys_of_the_owner_hold_there_also_where_rows_point_nowhere_already() throws Exception {
    Path original =
        copies.create(
            Copies.USERS
                + "CREATE TABLE payments (id INTEGER PRIMARY KEY AUTOINCREMENT,"
                + " user_id INTEGER REFERENCES users ON DELETE CASCADE, amount NUMERIC);"
                + "INSERT INTO users (user_id) VALUES (1);"
                + "INSERT INTO payments VALUES (1, 1, 2.5), (7, 99, 3);"
                + "DELETE FROM payments WHERE id = 8");
    copies.copyThere(original);
    assertThatThrownBy(() -> address.execute("INSERT INTO payments (user_id) VALUES (98)"))
        .hasMessageContaining("violates foreign key constraint");
    address.execute("INSERT INTO payments (user_id) VALUES (1)", "DELETE FROM users");
    assertThat(address.query("SELECT id, user_id, amount FROM payments")).containsExactly("7|99|3");
  }

  @Test
  void numbers_that_were_given_once_are_not_given_again() throws Exception {
    Path original = Fixture.copy("after-001", folder);
    Copies.execute(original, "UPDATE sqlite_sequence SET seq = 41");
    copies.copyThere(original);
    address.execute("INSERT INTO migrations (name) VALUES ('another')");
    assertThat(address.query("SELECT max(id) FROM migrations")).containsExactly("42");
    address.execute("DELETE FROM migrations WHERE name = 'another'");
    Path back = copies.copyBack();
    Copies.execute(back, "INSERT INTO migrations (name) VALUES ('one more')");
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
        copies.create(
            "PRAGMA encoding = '%s';".formatted(encoding)
                + Copies.USERS
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
    copies.copyThere(original);
    assertThat(Dump.rows(copies.copyBack())).isEqualTo(Dump.rows(original));
  }

  @Test
  void a_cell_of_twenty_megabytes_goes_along() throws Exception {
    Path original =
        copies.create(
            Copies.USERS
                + "INSERT INTO users (user_id, history) VALUES"
                + " (1, printf('[\"%.*c\"]', 20000000, 'x')), (2, '[]')");
    copies.copyThere(original);
    assertThat(address.query("SELECT octet_length(history) FROM users ORDER BY 1"))
        .containsExactly("2", "20000004");
    assertThat(Dump.hash(copies.copyBack())).hasSize(64);
  }

  @Test
  void a_migration_that_is_under_way_stays_where_it_is() throws Exception {
    Path original = Fixture.copy("before-001", folder);
    Copies.execute(
        original,
        "CREATE TABLE migration_progress (migration TEXT PRIMARY KEY, edition TEXT,"
            + " position TEXT NOT NULL, steps INTEGER NOT NULL, rows INTEGER NOT NULL,"
            + " done INTEGER NOT NULL, total INTEGER NOT NULL, started_at TEXT NOT NULL);"
            + "INSERT INTO migration_progress VALUES"
            + " ('migration_001_add_timestamp_to_messages', 'x', '7', 1, 2, 3, 4, 'then')");
    copies.copyThere(original);
    assertThat(Dump.rows(copies.copyBack())).isEqualTo(Dump.rows(original));
  }

  @Test
  void what_is_set_aside_can_be_put_back_there_and_here() throws Exception {
    Path original = Fixture.copy("malformed", folder);
    Migrator.of(Database.parse(original.toString()), BotCatalog.migrations())
        .withDirtyData(Migration.DirtyData.SET_ASIDE)
        .migrate();
    copies.copyThere(original);
    assertThat(Dump.rows(copies.copyBack()))
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
    copies.copy(original.toString(), other.toString(), Unsaid.REFUSE);
    assertThat(Copies.schema(other)).isEqualTo(Copies.schema(original));
    assertThat(Dump.rows(other)).isEqualTo(Dump.rows(original));
  }

  @Test
  void from_server_to_server_everything_goes_along() throws Exception {
    Path original = Fixture.copy("after-001", folder);
    copies.copyThere(original);
    Address other = PostgresServer.shared().freshDatabase();
    copies.copy(address.url(), other.url(), Unsaid.REFUSE);
    address = other;
    assertThat(Dump.rows(copies.copyBack())).isEqualTo(Dump.rows(original));
  }

  @Test
  void what_was_appended_on_a_server_comes_back_in_its_cell() throws Exception {
    copies.copyThere(Fixture.copy("after-001", folder));
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
    Path back = copies.copyBack();
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
    copies.copyThere(original);
    Migrator.of(Database.parse(original.toString()), BotCatalog.migrations()).migrate();
    Migrator.of(Database.parse(address.url()), BotCatalog.migrations()).migrate();
    Path back = copies.copyBack();
    assertThat(usersOf(back)).isEqualTo(usersOf(original)).isNotEqualTo("");
    assertThat(Copies.schema(back)).isEqualTo(Copies.schema(original));
  }

  private static String usersOf(Path file) throws SQLException {
    return Dump.rows(file)
        .lines()
        .filter(line -> line.startsWith("users: ") || line.startsWith("sqlite_sequence: "))
        .collect(Collectors.joining("\n"));
  }
}
