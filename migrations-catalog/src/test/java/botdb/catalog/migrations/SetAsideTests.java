package botdb.catalog.migrations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.catalog.TestDatabase;
import botdb.catalog.setaside.SetAsideTable;
import botdb.migrations.Migration.DirtyData;
import botdb.migrations.MigrationException;
import botdb.migrations.Migrator;
import botdb.migrations.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the way of migration 001 is moved, to the byte, where the owner asks for it. */
class SetAsideTests {
  private static final String GOOD = "[{\"role\": \"user\"}]";
  private static final String REWRITTEN = "[{\"role\": \"user\", \"timestamp\": null}]";
  private static final String ASIDE = "SELECT key, typeof(cell), hex(cell) FROM set_aside";
  private static final String NOW =
      "strftime('%s', 'now') - strftime('%s', set_aside_at) BETWEEN 0 AND 60";

  @TempDir private Path folder;

  @Test
  void keeps_text_a_blob_and_numbers_as_they_were_and_rewrites_the_rest() throws SQLException {
    try (TestDatabase database =
        TestDatabase.of(
            folder,
            "CREATE TABLE users (user_id INTEGER PRIMARY KEY, history)",
            "INSERT INTO users VALUES (-7, '"
                + GOOD
                + "'), (1, 'no'), (2, x'ff00'), (3, 7),"
                + " (4, -0.5), (5, ''), (6, NULL), (7, '[]'), (8, CAST(x'5bff' AS TEXT)),"
                + " (9223372036854775807, x'"
                + hex(GOOD)
                + "')")) {
      assertThat(database.migrateSettingAside().steps()).hasSize(1);

      assertThat(database.rows("SELECT key, typeof(key), quote(cell), typeof(cell) FROM set_aside"))
          .containsExactly(
              "1|integer|'no'|text",
              "2|integer|X'FF00'|blob",
              "3|integer|7|integer",
              "4|integer|-0.5|real",
              "8|integer|'[�'|text");
      assertThat(database.rows(ASIDE + " WHERE key = 8")).containsExactly("8|text|5BFF");
      assertThat(database.rows("SELECT user_id, typeof(history), hex(history) FROM users"))
          .containsExactly(
              "-7|text|" + hex(REWRITTEN),
              "1|text|5B5D",
              "2|blob|5B5D",
              "3|text|5B5D",
              "4|text|5B5D",
              "5|text|",
              "6|null|",
              "7|text|5B5D",
              "8|text|5B5D",
              "9223372036854775807|blob|" + hex(REWRITTEN));
    }
  }

  @Test
  void notes_table_column_key_reason_migration_and_time() throws SQLException {
    try (TestDatabase database = users("(-1001234567890, '" + GOOD + " тайна')")) {
      database.migrateSettingAside();
      assertThat(
              database.rows(
                  "SELECT id, table_name, column_name, key_name, key, reason, migration, "
                      + NOW
                      + ", typeof(set_aside_at) FROM set_aside"))
          .containsExactly(
              "1|users|history|user_id|-1001234567890|more text after the array (character 20 of"
                  + " 24)|migration_001_add_timestamp_to_messages|1|text");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE users (user_id INTEGER PRIMARY KEY, history TEXT)",
        "CREATE TABLE users (user_id TEXT PRIMARY KEY, history JSON)",
        "CREATE TABLE users (user_id, history, PRIMARY KEY (user_id, history)) WITHOUT ROWID",
        "CREATE TABLE users (history BLOB, user_id INT)",
        "CREATE TABLE users (user_id INTEGER PRIMARY KEY, history TEXT NOT NULL) STRICT",
        "CREATE TABLE USERS (\"USER_ID\" INTEGER PRIMARY KEY, \"History\" TEXT UNIQUE)",
      })
  void works_whatever_key_the_table_has_in_every_encoding(String table) throws SQLException {
    for (String encoding : new String[] {"UTF-8", "UTF-16le", "UTF-16be"}) {
      try (TestDatabase database =
          TestDatabase.of(
              TestDatabase.folder(folder, encoding),
              "PRAGMA encoding = '" + encoding + "'",
              table,
              "INSERT INTO users (user_id, history) VALUES (1, 'не массив 🦔'), (2, '"
                  + GOOD
                  + "')")) {
        String broken = "SELECT hex(history), typeof(user_id) FROM users WHERE user_id = 1";
        List<String> before = database.rows(broken);
        database.migrateSettingAside();
        assertThat(database.rows("SELECT hex(cell), typeof(key) FROM set_aside"))
            .as(encoding)
            .isEqualTo(before);
        assertThat(database.rows("SELECT user_id, history FROM users ORDER BY user_id"))
            .containsExactly("1|[]", "2|" + REWRITTEN);
        assertThat(database.rows("PRAGMA integrity_check")).containsExactly("ok");
      }
    }
  }

  @Test
  void keeps_bytes_that_are_no_utf_16() throws SQLException {
    try (TestDatabase database =
        TestDatabase.of(
            folder,
            "PRAGMA encoding = 'UTF-16le'",
            "CREATE TABLE users (user_id INTEGER PRIMARY KEY, history TEXT)",
            "INSERT INTO users VALUES (1, CAST(x'5b0000d8' AS TEXT)), (2, CAST(x'5b000041' AS TEXT))")) {
      List<String> before =
          database.rows("SELECT user_id, typeof(history), hex(history) FROM users");
      database.migrateSettingAside();
      assertThat(database.rows(ASIDE)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE users (name TEXT PRIMARY KEY, history) WITHOUT ROWID; INSERT INTO users VALUES ('5', 'no')",
        "CREATE TABLE users (name TEXT, history); INSERT INTO users (rowid, history) VALUES (5, 'no')",
        "CREATE TABLE users (User_Id TEXT, history); INSERT INTO users VALUES ('5', 'no')",
      })
  void names_the_key_that_the_table_has(String script) throws SQLException {
    try (TestDatabase database = TestDatabase.of(folder, script)) {
      database.migrateSettingAside();
      assertThat(database.rows("SELECT key_name, key FROM set_aside").get(0).toLowerCase())
          .isIn("name|5", "rowid|5", "user_id|5");
      assertThat(database.rows("SELECT history FROM users")).containsExactly("[]");
    }
  }

  @Test
  void does_not_let_the_triggers_of_the_owner_fire_and_keeps_them() throws SQLException {
    try (TestDatabase database = users("(1, 'no')")) {
      database.run(
          "CREATE TRIGGER mine BEFORE UPDATE ON users BEGIN SELECT RAISE(ABORT, 'no'); END");
      database.migrateSettingAside();
      assertThat(database.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger'"))
          .containsExactly("mine");
      assertThat(database.rows("SELECT history FROM users")).containsExactly("[]");
    }
  }

  @Test
  void moves_any_number_of_them_and_tells_how_many() throws SQLException {
    try (TestDatabase database = users("(0, '" + GOOD + "')")) {
      database.run(
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
              + " INSERT INTO users SELECT i, 'no ' || i FROM n");
      List<Long> told = new ArrayList<>();
      migrator(database).withListener(hearing(told)).migrate();
      assertThat(told).containsExactly(20_000L);
      assertThat(SetAsideTable.count(database.file())).isEqualTo(20_000);
      assertThat(
              database.rows(
                  "SELECT count(*) FROM set_aside WHERE cell = 'no ' || key AND reason LIKE 'not a%'"))
          .containsExactly("20000");
      assertThat(database.rows("SELECT DISTINCT history FROM users WHERE user_id > 0"))
          .containsExactly("[]");
    }
  }

  @Test
  void is_undone_with_the_migration_if_that_fails() throws Exception {
    try (TestDatabase database =
        TestDatabase.of(
            folder,
            "CREATE TABLE users (user_id INTEGER PRIMARY KEY, history CHECK (length(history) < 20))",
            "INSERT INTO users VALUES (1, 'no'), (2, '" + GOOD + "')")) {
      byte[] before = Files.readAllBytes(database.file().file());
      assertThatThrownBy(database::migrateSettingAside)
          .isInstanceOf(MigrationException.MigrationFailed.class)
          .hasMessageContaining("CHECK constraint failed");
      assertThat(Files.readAllBytes(database.file().file())).isEqualTo(before);
    }
  }

  @Test
  void creates_no_table_where_every_history_can_be_read() throws SQLException {
    try (TestDatabase database = users("(1, '" + GOOD + "')")) {
      List<Long> told = new ArrayList<>();
      migrator(database).withListener(hearing(told)).migrate();
      assertThat(told).isEmpty();
      assertThat(database.rows("SELECT name FROM sqlite_schema WHERE name = 'set_aside'"))
          .isEmpty();
    }
  }

  @Test
  void leaves_a_schema_that_equals_the_snapshot() throws SQLException {
    try (TestDatabase database = TestDatabase.of(folder, Snapshots.sql(0))) {
      database.run("INSERT INTO users (user_id, history) VALUES (1, 'no')");
      database.migrateSettingAside();
      try (Connection connection = database.file().openReadOnly()) {
        assertThat(
                database
                    .file()
                    .schema(connection)
                    .differencesFrom(Schema.ofScript(Snapshots.sql(1))))
            .isEmpty();
      }
    }
  }

  @Test
  void sets_aside_again_what_got_faulty_after_the_first_time() throws SQLException {
    try (TestDatabase database = users("(1, 'first')")) {
      database.migrateSettingAside();
      database.run("UPDATE users SET history = 'second'", "DELETE FROM migrations");
      database.migrateSettingAside();
      assertThat(database.rows("SELECT id, key, cell FROM set_aside"))
          .containsExactly("1|1|first", "2|1|second");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"CREATE TABLE set_aside (id, mine)", "CREATE VIEW Set_Aside AS SELECT 1 AS a"})
  void does_not_write_into_something_else_of_that_name(String other) throws Exception {
    try (TestDatabase database = users("(1, 'no')")) {
      database.run(other);
      byte[] before = Files.readAllBytes(database.file().file());
      assertThat(SetAsideTable.count(database.file())).isZero();
      assertThatThrownBy(database::migrateSettingAside)
          .isInstanceOf(MigrationException.MigrationFailed.class)
          .hasMessageContaining("set_aside is in use already")
          .hasMessageContaining("rename what is named set_aside");
      assertThat(Files.readAllBytes(database.file().file())).isEqualTo(before);
    }
  }

  private static Migrator migrator(TestDatabase database) {
    return Migrator.of(database.file(), BotCatalog.migrations()).withDirtyData(DirtyData.SET_ASIDE);
  }

  private static Migrator.Listener hearing(List<Long> told) {
    return new Migrator.Listener() {
      @Override
      public void setAside(String name, long rows) {
        told.add(rows);
      }
    };
  }

  private static String hex(String text) {
    return HexFormat.of().withUpperCase().formatHex(text.getBytes(UTF_8));
  }

  private TestDatabase users(String values) throws SQLException {
    return TestDatabase.of(
        folder,
        "CREATE TABLE users (user_id INTEGER PRIMARY KEY, history TEXT)",
        "INSERT INTO users VALUES " + values);
  }
}
