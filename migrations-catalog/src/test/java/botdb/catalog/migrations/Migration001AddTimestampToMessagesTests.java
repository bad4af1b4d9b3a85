package botdb.catalog.migrations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.catalog.TestDatabase;
import botdb.catalog.json.JsonColumn;
import botdb.catalog.json.JsonDialect;
import botdb.catalog.schema.v000.tables.Users;
import botdb.migrations.MigrationException;
import botdb.migrations.Migrator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Migration001AddTimestampToMessagesTests {
  private static final String BEFORE = "[{\"role\": \"user\", \"content\": \"Привет 🦔\"}]";
  private static final String AFTER =
      "[{\"role\": \"user\", \"content\": \"Привет 🦔\", \"timestamp\": null}]";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE users (user_id INTEGER PRIMARY KEY, history TEXT)",
        "CREATE TABLE users (user_id TEXT PRIMARY KEY, history JSON)",
        "CREATE TABLE users (user_id, history, PRIMARY KEY (user_id, history)) WITHOUT ROWID",
        "CREATE TABLE users (history BLOB, user_id INT UNIQUE)",
        "CREATE TABLE users (user_id INTEGER PRIMARY KEY, history TEXT NOT NULL) STRICT",
        "CREATE TABLE USERS (\"USER_ID\" INTEGER PRIMARY KEY, \"History\" TEXT)",
        "CREATE TABLE users (user_id, a INT AS (length(history)) STORED, history TEXT COLLATE NOCASE)",
      })
  void works_whatever_key_the_table_has(String table) throws SQLException {
    for (String encoding : new String[] {"UTF-8", "UTF-16le", "UTF-16be"}) {
      try (TestDatabase database =
          TestDatabase.of(
              TestDatabase.folder(folder, encoding),
              "PRAGMA encoding = '" + encoding + "'",
              table,
              "INSERT INTO users (user_id, history) VALUES (-7, '" + BEFORE + "'), (42, '[]')")) {
        database.migrate();
        assertThat(database.rows("SELECT user_id, typeof(history), history FROM users ORDER BY 1"))
            .as(encoding)
            .containsExactly("-7|text|" + AFTER, "42|text|[]");
        assertThat(database.rows("PRAGMA encoding")).containsExactly(encoding);
        assertThat(database.rows("PRAGMA integrity_check")).containsExactly("ok");
      }
    }
  }

  @Test
  void tells_how_far_it_has_come() throws SQLException {
    try (TestDatabase database =
        TestDatabase.of(
            folder,
            "CREATE TABLE users (user_id INTEGER PRIMARY KEY, history TEXT)",
            "INSERT INTO users VALUES (1, '[{}]'), (2, '[]'), (3, NULL), (4, '[{}, {}]')")) {
      List<String> told = new ArrayList<>();
      Migrator.of(database.file(), BotCatalog.migrations())
          .withListener(
              new Migrator.Listener() {
                @Override
                public void progress(String name, long done, long total) {
                  if (name.startsWith("migration_001_")) {
                    told.add(done + " of " + total);
                  }
                }
              })
          .migrate();
      assertThat(told).containsExactly("1 of 2", "2 of 2");
    }
  }

  @Test
  void leaves_no_function_behind_on_the_connection() throws SQLException {
    try (TestDatabase database =
        TestDatabase.of(
            folder,
            "CREATE TABLE users (user_id INTEGER PRIMARY KEY, history TEXT)",
            "INSERT INTO users VALUES (1, '7')")) {
      DSLContext dsl = database.dsl();
      assertThat(JsonColumn.of(Users.USERS.HISTORY).faults(database.cells(), JsonDialect.RFC_8259))
          .hasSize(1);
      assertThatThrownBy(() -> dsl.fetchValue("SELECT botdb_fault('text', x'37', 1)"))
          .hasMessageContaining("no such function");
    }
  }

  @Test
  void leaves_a_blob_a_blob_and_an_empty_cell_empty() throws SQLException {
    String hex = HexFormat.of().formatHex(BEFORE.getBytes(UTF_8));
    for (String encoding : new String[] {"UTF-8", "UTF-16le"}) {
      try (TestDatabase database =
          TestDatabase.of(
              TestDatabase.folder(folder, encoding),
              "PRAGMA encoding = '" + encoding + "'",
              "CREATE TABLE users (user_id INTEGER PRIMARY KEY, history)",
              "INSERT INTO users VALUES (1, x'"
                  + hex
                  + "'), (2, NULL), (3, ''), (4, x''), (5, x'5b5d')")) {
        database.migrate();
        assertThat(database.rows("SELECT user_id, typeof(history), hex(history) FROM users"))
            .containsExactly(
                "1|blob|" + HexFormat.of().withUpperCase().formatHex(AFTER.getBytes(UTF_8)),
                "2|null|",
                "3|text|",
                "4|blob|",
                "5|blob|5B5D");
      }
    }
  }

  @Test
  void keeps_a_history_that_one_cannot_read_as_text_to_the_byte() throws SQLException {
    String before =
        "[{\"n\":1E400,\"big\":123456789012345678901234567890,\"a\":\"\\ud83d\",\"n\":-0.0}]";
    try (TestDatabase database = users("(1, '" + before + "')")) {
      database.migrate();
      assertThat(database.rows("SELECT history FROM users"))
          .containsExactly(before.replace("}]", ", \"timestamp\": null}]"));
    }
  }

  @Test
  void may_be_applied_twice() throws SQLException {
    try (TestDatabase database = users("(1, '" + BEFORE + "')")) {
      database.migrate();
      database.run("DELETE FROM migrations WHERE name LIKE 'migration_001_%'");
      assertThat(database.migrate().steps()).hasSize(1);
      assertThat(database.rows("SELECT history FROM users")).containsExactly(AFTER);
    }
  }

  @Test
  void does_not_let_the_triggers_of_the_owner_fire_and_keeps_them() throws SQLException {
    try (TestDatabase database = users("(1, '" + BEFORE + "'), (2, '[]')")) {
      database.run(
          "CREATE TABLE audit (note TEXT)",
          "CREATE TRIGGER second AFTER UPDATE ON users BEGIN INSERT INTO audit VALUES ('? {0} ; '); END",
          "CREATE TRIGGER \"fi;rst\" BEFORE UPDATE OF history ON Users WHEN 0 = 0"
              + " BEGIN SELECT RAISE(ABORT, 'no'); END");
      String schema = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid";
      var before = database.rows(schema);
      database.migrate();
      assertThat(database.rows(schema)).isEqualTo(before).hasSize(2);
      assertThat(database.rows("SELECT * FROM audit")).isEmpty();
      assertThat(database.rows("SELECT history FROM users")).containsExactly(AFTER, "[]");
    }
  }

  @Test
  void counts_the_rows_that_it_rewrote() throws SQLException {
    try (TestDatabase database = users("(1, '" + BEFORE + "'), (2, '[]'), (3, '" + BEFORE + "')")) {
      assertThat(database.migrate().steps().get(0).rows()).isEqualTo(2);
    }
  }

  @Test
  void names_the_first_twenty_faulty_histories_and_how_many_there_are() throws Exception {
    String values =
        IntStream.rangeClosed(1, 25)
            .mapToObj(i -> "(" + i + ", 'тайна')")
            .collect(Collectors.joining(","));
    try (TestDatabase database = users(values + ", (99, '" + BEFORE + "')")) {
      byte[] before = Files.readAllBytes(database.file().file());
      assertThatThrownBy(database::migrate)
          .isInstanceOf(MigrationException.MigrationFailed.class)
          .hasMessageStartingWith(
              """
              migration_001_add_timestamp_to_messages failed and was rolled back; the database is as it was
                database  %s
                at        users.history of user 1: not a JSON array (character 1 of 5)
                          users.history of user 2: not a JSON array (character 1 of 5)
              """
                  .formatted(database.file().file()))
          .hasMessageContaining("users.history of user 20: ")
          .hasMessageNotContaining("users.history of user 21: ")
          .hasMessageEndingWith(
              "\n            25 in all\n  to do     repair or empty each such history,"
                  + " then start again, or run migrate --set-aside, which keeps them in a table of"
                  + " their own; nothing else was changed")
          .hasMessageNotContaining("тайна");
      assertThat(Files.readAllBytes(database.file().file())).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE users (name TEXT PRIMARY KEY, history) WITHOUT ROWID; INSERT INTO users VALUES ('k', 7)",
        "CREATE TABLE users (name TEXT, history); INSERT INTO users (rowid, name, history) VALUES (5, 'k', 7.5)",
        "CREATE TABLE users (User_Id TEXT, history); INSERT INTO users VALUES ('k', x'ff')",
      })
  void names_a_row_by_what_it_has(String script) throws SQLException {
    try (TestDatabase database = TestDatabase.of(folder, script)) {
      assertThatThrownBy(database::migrate)
          .message()
          .containsPattern(
              "users.history of (row k|row 5|user k): not a JSON array \\(character 1 of \\d\\)")
          .contains(
              "repair or empty this history, then start again, or run migrate --set-aside, which"
                  + " keeps it in a table of its own;");
    }
  }

  @Test
  void rewrites_one_history_of_twenty_megabytes_and_one_that_is_nested_deep() throws SQLException {
    String message = "{\"role\": \"user\", \"content\": \"" + "x".repeat(200) + "\"}";
    String many = "[" + String.join(", ", java.util.Collections.nCopies(85_000, message)) + "]";
    String deep = "[{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}]";
    try (TestDatabase database = users("(0, NULL)")) {
      database.dsl().execute("INSERT INTO users VALUES (1, ?), (2, ?)", many, deep);
      database.migrate();
      assertThat(database.rows("SELECT history FROM users WHERE user_id > 0"))
          .containsExactly(
              many.replace("\"}", "\", \"timestamp\": null}"),
              deep.replace("}", ", \"timestamp\": null}"));
    }
  }

  private TestDatabase users(String values) throws SQLException {
    return TestDatabase.of(
        folder,
        "CREATE TABLE users (user_id INTEGER PRIMARY KEY, history TEXT)",
        "INSERT INTO users VALUES " + values);
  }
}
