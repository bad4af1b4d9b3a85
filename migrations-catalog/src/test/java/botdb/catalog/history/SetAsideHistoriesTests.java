package botdb.catalog.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.catalog.Message;
import botdb.catalog.TestDatabase;
import botdb.catalog.history.SetAsideHistories.PutBack;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetAsideHistoriesTests {
  private static final String BROKEN = "[{\"role\": \"user\", \"n\": 1.0} ]  нет";
  private static final String REPAIRED = "[{\"role\": \"user\", \"n\": 1.0} ]";
  private static final String BACK = "[{\"role\": \"user\", \"n\": 1.0, \"timestamp\": null} ]";

  @TempDir private Path folder;

  @Test
  void are_listed_in_their_order_without_their_content() throws SQLException {
    try (TestDatabase database = users("(-7, 'aa'), (42, 'ёж'), (43, '[]')")) {
      database.run("UPDATE set_aside SET set_aside_at = '2025-11-05 15:30:45'");
      String reason = "not a JSON array (character 1 of 2)";
      SetAsideHistory first = aside(1, "-7", reason, 2);
      SetAsideHistory second = aside(2, "42", reason, 4);
      assertThat(in(database).list()).containsExactly(first, second);
      assertThat(in(database).list("-7")).containsExactly(first);
      assertThat(in(database).list("43")).isEmpty();
    }
  }

  private static SetAsideHistory aside(long id, String user, String reason, long size) {
    String migration = "migration_001_add_timestamp_to_messages";
    return new SetAsideHistory(id, user, "2025-11-05 15:30:45", migration, reason, size);
  }

  @Test
  void are_none_where_nothing_was_ever_set_aside() throws SQLException {
    try (TestDatabase database = users("(1, '[]')")) {
      assertThat(in(database).list()).isEmpty();
      assertThat(in(database).list("1")).isEmpty();
      database.run("CREATE TABLE set_aside (mine)");
      assertThat(in(database).list()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16le", "UTF-16be"})
  void give_out_a_text_in_utf_8_and_everything_else_as_its_bytes(String encoding)
      throws SQLException {
    try (TestDatabase database =
        in(encoding, "(1, 'нет 🦔'), (2, x'ff00'), (3, 7), (4, CAST(x'd8d8d8d8' AS TEXT))")) {
      Map<String, byte[]> expected =
          Map.of(
              "1", "нет 🦔".getBytes(UTF_8),
              "2", new byte[] {-1, 0},
              "4", new byte[] {-40, -40, -40, -40});
      expected.forEach(
          (user, bytes) ->
              assertThat(in(database).content(newest(database, user))).isEqualTo(bytes));
      assertThat(new String(in(database).content(newest(database, "3")), UTF_8)).contains("7");
    }
  }

  @Test
  void come_back_repaired_before_what_was_written_since() throws SQLException {
    for (String encoding : List.of("UTF-8", "UTF-16le", "UTF-16be")) {
      try (TestDatabase database = in(encoding, "(7, '" + BROKEN + "'), (8, 'no')")) {
        Message since =
            Message.of("user", "с тех пор 🦔", LocalDateTime.of(2025, 11, 5, 15, 30, 45));
        Histories.in(database.cells()).append(7, since);
        Histories.in(database.cells()).append(7, since);

        PutBack done = in(database).putBack(newest(database, "7"), REPAIRED.getBytes(UTF_8));

        assertThat(done).isEqualTo(new PutBack(1, 2));
        assertThat(database.rows("SELECT history, typeof(history) FROM users WHERE user_id = 7"))
            .containsExactly(
                BACK.replace(" ]", "") + ", " + since.json() + ", " + since.json() + "]|text");
        assertThat(database.rows("SELECT key FROM set_aside")).containsExactly("8");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"a\":1}]  | []                    | [{\"a\":1, \"timestamp\": null}]",
        "[{\"a\":1}]  | ``                    | [{\"a\":1, \"timestamp\": null}]",
        "[ ]          | [{\"timestamp\":\"x\"}] | [{\"timestamp\":\"x\"}]",
        "[ ]          | [ ]                   | [ ]",
        "` [{} ,{}\n] ` | `\t[ {\"n\":NaN} , {}]\n` | ` [{\"timestamp\": null} ,{\"timestamp\": null}, {\"n\":NaN} , {}]\n`",
      })
  void keep_every_byte_of_both(String repaired, String since, String joined) throws SQLException {
    try (TestDatabase database = users("(1, 'no')")) {
      database.dsl().execute("UPDATE users SET history = ?", since);
      in(database).putBack(newest(database, "1"), repaired.getBytes(UTF_8));
      assertThat(database.rows("SELECT history FROM users")).containsExactly(joined);
    }
  }

  @Test
  void come_back_as_a_blob_where_they_were_one_and_where_nothing_is_any_more() throws SQLException {
    try (TestDatabase database = users("(1, x'ff'), (2, 'no')")) {
      database.run("UPDATE users SET history = NULL WHERE user_id = 2");
      in(database).putBack(newest(database, "1"), REPAIRED.getBytes(UTF_8));
      in(database).putBack(newest(database, "2"), REPAIRED.getBytes(UTF_8));
      assertThat(database.rows("SELECT typeof(history), CAST(history AS TEXT) FROM users"))
          .containsExactly("blob|" + BACK, "text|" + BACK);
      assertThat(database.rows("SELECT * FROM set_aside")).isEmpty();
    }
  }

  @Test
  void come_back_in_their_order_if_one_user_has_several() throws SQLException {
    try (TestDatabase database = users("(1, 'first')")) {
      database.run("UPDATE users SET history = 'second'", "DELETE FROM migrations");
      database.migrateSettingAside();
      for (String text : List.of("[{\"timestamp\":2}]", "[{\"timestamp\":1}]")) {
        in(database).putBack(newest(database, "1"), text.getBytes(UTF_8));
      }
      assertThat(database.rows("SELECT history FROM users"))
          .containsExactly("[{\"timestamp\":1}, {\"timestamp\":2}]");
    }
  }

  @Test
  void stay_where_they_are_while_they_cannot_be_read() throws SQLException {
    try (TestDatabase database = users("(1, '" + BROKEN + "')")) {
      refuses(
          database,
          BROKEN,
          "it cannot be read yet: more text after the array (character 32 of 34)",
          "export it, repair this place, then give the file to set-aside put-back");
      refuses(database, "", "it cannot be read yet: not a JSON array", "export it, repair");
      refuses(
          database,
          "[{\"n\": NaN}]",
          "it cannot be read yet: a value expected",
          "export it, repair");
    }
  }

  @Test
  void stay_where_they_are_if_what_was_written_since_cannot_be_read() throws SQLException {
    for (String since : List.of("'тайна'", "7", "x'ff'", "'[7]'")) {
      Path own = TestDatabase.folder(folder, "since");
      try (TestDatabase database = users(own, "(1, 'no')")) {
        database.run("UPDATE users SET history = " + since);
        refuses(
            database,
            REPAIRED,
            "what stands in its place by now cannot be read: ",
            "repair or empty the present history first");
      }
    }
  }

  @Test
  void stay_where_they_are_without_the_one_row_that_they_belong_to() throws SQLException {
    try (TestDatabase database =
        TestDatabase.of(
            folder,
            "CREATE TABLE users (user_id INTEGER, history)",
            "INSERT INTO users VALUES (1, 'no')")) {
      database.migrateSettingAside();
      database.run("INSERT INTO users VALUES (1, '[]')");
      refuses(database, REPAIRED, "2 rows are of this user", "make them one row");
      database.run("DELETE FROM users");
      refuses(database, REPAIRED, "this user is not there any more", "let him write first");
    }
  }

  @Test
  void stay_where_they_are_if_their_row_had_no_user() throws SQLException {
    try (TestDatabase database =
        TestDatabase.of(
            folder, "CREATE TABLE users (history)", "INSERT INTO users VALUES ('no')")) {
      database.migrateSettingAside();
      refuses(database, REPAIRED, "its row had no user_id", "export it");
    }
  }

  @Test
  void come_back_once() throws SQLException {
    try (TestDatabase database = users("(1, 'no')")) {
      SetAsideHistory aside = newest(database, "1");
      in(database).putBack(aside, REPAIRED.getBytes(UTF_8));
      assertThatThrownBy(() -> in(database).putBack(aside, REPAIRED.getBytes(UTF_8)))
          .isInstanceOf(NotPutBackException.class)
          .hasMessage("it is not set aside any more");
      assertThat(database.rows("SELECT history FROM users")).containsExactly(BACK);
    }
  }

  @Test
  void come_back_and_leave_the_table_in_one_transaction_or_not_at_all() throws SQLException {
    try (TestDatabase database = users("(1, 'no')")) {
      database.run(
          "CREATE TRIGGER stay BEFORE DELETE ON set_aside BEGIN SELECT RAISE(FAIL, 'stay'); END");
      SetAsideHistory aside = newest(database, "1");
      assertThatThrownBy(() -> in(database).putBack(aside, REPAIRED.getBytes(UTF_8)))
          .isInstanceOf(DataAccessException.class);
      database.run("DROP TRIGGER stay");
      assertThat(database.rows("SELECT history FROM users")).containsExactly("[]");
      assertThat(in(database).list()).containsExactly(aside);
    }
  }

  private static void refuses(TestDatabase database, String text, String reason, String remedy)
      throws SQLException {
    String everything =
        "SELECT quote(history), (SELECT group_concat(quote(cell)) FROM set_aside) FROM users";
    List<String> before = database.rows(everything);
    assertThatThrownBy(() -> in(database).putBack(in(database).list().get(0), text.getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            NotPutBackException.class, e -> assertThat(e.remedy()).startsWith(remedy))
        .hasMessageStartingWith(reason)
        .hasMessageNotContaining("тайна");
    assertThat(database.rows(everything)).isEqualTo(before);
    assertThat(database.rows("SELECT count(*) FROM set_aside")).containsExactly("1");
  }

  private static SetAsideHistories in(TestDatabase database) {
    return SetAsideHistories.in(database.file(), database.dsl());
  }

  private static SetAsideHistory newest(TestDatabase database, String user) {
    List<SetAsideHistory> all = in(database).list(user);
    return all.get(all.size() - 1);
  }

  private TestDatabase users(String values) throws SQLException {
    return users(folder, values);
  }

  private static TestDatabase users(Path folder, String values) throws SQLException {
    return in(folder, "UTF-8", values);
  }

  private TestDatabase in(String encoding, String values) throws SQLException {
    return in(TestDatabase.folder(folder, encoding), encoding, values);
  }

  private static TestDatabase in(Path folder, String encoding, String values) throws SQLException {
    TestDatabase database =
        TestDatabase.of(
            folder,
            "PRAGMA encoding = '" + encoding + "'",
            "CREATE TABLE users (user_id INTEGER PRIMARY KEY, history)",
            "INSERT INTO users VALUES " + values);
    database.migrateSettingAside();
    return database;
  }
}
