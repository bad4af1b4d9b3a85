package botdb.catalog.history;

import static botdb.catalog.schema.current.tables.Users.USERS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.catalog.Message;
import botdb.catalog.TestDatabase;
import botdb.catalog.json.JsonColumn;
import botdb.catalog.json.JsonDialect;
import botdb.catalog.json.JsonFault;
import botdb.catalog.json.JsonStrings;
import botdb.catalog.migrations.Snapshots;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoriesTests {
  private static final LocalDateTime TIME = LocalDateTime.of(2025, 11, 5, 15, 30, 45);
  private static final Message MESSAGE = Message.of("user", "ёж ? {0} '", TIME);

  @TempDir private Path folder;

  @Test
  void creates_a_user_with_the_first_message() throws SQLException {
    try (TestDatabase database = TestDatabase.of(folder, Snapshots.sql(1))) {
      Histories histories = Histories.in(database.cells());
      histories.append(-1001234567890L, MESSAGE);
      histories.append(9007199254740993L, MESSAGE);
      histories.append(-1001234567890L, MESSAGE);
      assertThat(database.rows("SELECT user_id, username, history FROM users ORDER BY 1"))
          .containsExactly(
              "-1001234567890|null|[" + MESSAGE.json() + ", " + MESSAGE.json() + "]",
              "9007199254740993|null|[" + MESSAGE.json() + "]");
      assertThat(database.rows("SELECT created_at LIKE '20__-%' FROM users")).containsOnly("1");
      assertThat(histories.list(9007199254740993L)).containsExactly(MESSAGE);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | [NEW]",
        "`` | [NEW]",
        "` [ ] ` | ` [ NEW]`",
        "[{\"a\":\"[\"}] | [{\"a\":\"[\"}, NEW]",
        "[{\"a\":[]}] | [{\"a\":[]}, NEW]",
        "`[{}\n]\n` | `[{}\n, NEW]`",
      })
  void splices_a_message_in_and_keeps_the_rest(String before, String after) throws SQLException {
    try (TestDatabase utf8 = database("UTF-8");
        TestDatabase utf16 = database("UTF-16be")) {
      for (TestDatabase database : List.of(utf8, utf16)) {
        database.dsl().execute("INSERT INTO users (user_id, history) VALUES (1, ?)", before);
        Histories.in(database.cells()).append(1, MESSAGE);
        assertThat(database.rows("SELECT typeof(history), history FROM users"))
            .containsExactly("text|" + after.replace("NEW", MESSAGE.json()));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "[{\"a\":1.0}]", " [ {\"ё\":[]} ] "})
  void leaves_a_blob_a_blob(String before) throws SQLException {
    try (TestDatabase utf8 = database("UTF-8");
        TestDatabase utf16 = database("UTF-16be")) {
      for (TestDatabase database : List.of(utf8, utf16)) {
        database
            .dsl()
            .execute("INSERT INTO users (user_id, history) VALUES (1, ?)", before.getBytes(UTF_8));
        Histories histories = Histories.in(database.cells());
        List<Message> expected = new ArrayList<>(histories.list(1));
        expected.add(MESSAGE);
        histories.append(1, MESSAGE);
        assertThat(histories.list(1)).isEqualTo(expected);
        assertThat(database.rows("SELECT typeof(history) FROM users")).containsExactly("blob");
      }
    }
  }

  private TestDatabase database(String encoding) throws SQLException {
    return TestDatabase.of(
        TestDatabase.folder(folder, encoding),
        "PRAGMA encoding = '" + encoding + "'",
        Snapshots.sql(1));
  }

  @Test
  void appends_to_a_history_that_is_null() throws SQLException {
    try (TestDatabase database =
        TestDatabase.of(
            folder,
            "CREATE TABLE users (user_id INTEGER PRIMARY KEY, history TEXT)",
            "INSERT INTO users VALUES (1, NULL)")) {
      Histories histories = Histories.in(database.cells());
      assertThat(histories.page(1, Histories.END, 5))
          .isEqualTo(new Histories.Page(List.of(), 0, 0));
      histories.append(1, MESSAGE);
      assertThat(histories.list(1)).containsExactly(MESSAGE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":[]}", "42", "[{}", "тайна]"})
  void leaves_a_history_that_is_no_array_as_it_is(String history) throws SQLException {
    try (TestDatabase database = TestDatabase.of(folder, Snapshots.sql(1))) {
      database.dsl().execute("INSERT INTO users (user_id, history) VALUES (7, ?)", history);
      assertThatThrownBy(() -> Histories.in(database.cells()).append(7, MESSAGE))
          .isInstanceOf(JsonFault.class);
      assertThat(database.rows("SELECT history FROM users")).containsExactly(history);
    }
  }

  @Test
  void reads_and_appends_to_what_the_python_bot_wrote() throws SQLException {
    String history =
        "[{\"role\": \"user\", \"exp\": [Infinity, -Infinity, NaN], \"timestamp\": null}]";
    try (TestDatabase database = TestDatabase.of(folder, Snapshots.sql(1))) {
      database.dsl().execute("INSERT INTO users (user_id, history) VALUES (46, ?)", history);
      Histories histories = Histories.in(database.cells());
      histories.append(46, MESSAGE);
      assertThat(histories.list(46)).extracting(Message::role).containsExactly("user", "user");
      JsonColumn column = JsonColumn.of(USERS.HISTORY).rowsNamed("user", USERS.USER_ID);
      assertThat(column.faults(database.cells(), JsonDialect.PYTHON)).isEmpty();
      assertThat(column.faults(database.cells(), JsonDialect.RFC_8259))
          .containsExactly("users.history of user 46: a value expected (character 27 of 151)");
    }
  }

  @Test
  void pages_from_the_newest_to_the_oldest() throws SQLException {
    try (TestDatabase database = TestDatabase.of(folder, Snapshots.sql(1))) {
      Histories histories = Histories.in(database.cells());
      List<Message> all =
          IntStream.range(0, 205).mapToObj(i -> Message.of("user", "№ " + i, TIME)).toList();
      all.forEach(message -> histories.append(1, message));
      List<Message> read = new ArrayList<>();
      int before = Histories.END;
      do {
        Histories.Page page = histories.page(1, before, 50);
        assertThat(page.total()).isEqualTo(205);
        read.addAll(0, page.messages());
        before = page.first();
      } while (before > 0);
      assertThat(read).isEqualTo(all).isEqualTo(histories.list(1));
      assertThat(histories.page(1, -5, 10)).isEqualTo(new Histories.Page(List.of(), 0, 205));
      assertThat(histories.page(1, 3, -1)).isEqualTo(new Histories.Page(List.of(), 3, 205));
      assertThat(histories.page(2, 3, 10)).isEqualTo(new Histories.Page(List.of(), 0, 0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16le"})
  void replaces_one_message_and_keeps_every_other_byte(String encoding) throws SQLException {
    Message old = Message.of("assistant", "ёж {\"role\": 1} ' ?", TIME);
    String quoting = "{ \"content\" : " + JsonStrings.quote(old.json()) + ", \"n\": 1.0 }";
    String history = " [" + quoting + ",\n" + old.json() + " , " + MESSAGE.json() + "]\n";
    try (TestDatabase database = database(encoding)) {
      database.dsl().execute("INSERT INTO users (user_id, history) VALUES (1, ?)", history);
      Histories histories = Histories.in(database.cells());
      assertThat(histories.replace(1, old, Message.parse("{\"$1\": \"\\\\\"}"))).isTrue();
      assertThat(histories.replace(1, old, MESSAGE)).isFalse();
      assertThat(histories.replace(2, MESSAGE, old)).isFalse();
      assertThat(database.rows("SELECT typeof(history), history FROM users"))
          .containsExactly("text|" + history.replace("\n" + old.json(), "\n{\"$1\": \"\\\\\"}"));
    }
  }

  @Test
  void replaces_a_message_in_a_blob() throws SQLException {
    try (TestDatabase database = database("UTF-8")) {
      byte[] blob = ("[" + MESSAGE.json() + "]").getBytes(UTF_8);
      database.dsl().execute("INSERT INTO users (user_id, history) VALUES (1, ?)", blob);
      Histories histories = Histories.in(database.cells());
      assertThat(histories.replace(1, MESSAGE, Message.parse("{}"))).isTrue();
      assertThat(histories.replace(1, MESSAGE, Message.parse("{}"))).isFalse();
      assertThat(database.rows("SELECT typeof(history), CAST(history AS TEXT) FROM users"))
          .containsExactly("blob|[{}]");
    }
  }

  @Test
  void finds_the_newest_and_gives_all_in_their_order() throws SQLException {
    try (TestDatabase database = TestDatabase.of(folder, Snapshots.sql(1))) {
      Histories histories = Histories.in(database.cells());
      List<Message> all =
          IntStream.range(0, 100).mapToObj(i -> Message.of("user", "№ " + i, TIME)).toList();
      all.forEach(message -> histories.append(1, message));
      List<Message> read = new ArrayList<>();
      assertThat(histories.forEach(1, read::add)).isEqualTo(100);
      assertThat(read).isEqualTo(all);
      assertThat(histories.find(1, message -> message.content().endsWith("7"), 3))
          .containsExactly(all.get(77), all.get(87), all.get(97));
      assertThat(histories.find(1, message -> false, 3)).isEmpty();
      assertThat(histories.find(2, message -> true, 3)).isEmpty();
      assertThat(histories.forEach(2, read::add)).isZero();
    }
  }

  @Test
  void clears_one_history_and_keeps_the_user() throws SQLException {
    try (TestDatabase database = TestDatabase.of(folder, Snapshots.sql(1))) {
      Histories histories = Histories.in(database.cells());
      histories.append(1, MESSAGE);
      histories.append(2, MESSAGE);
      assertThat(histories.clear(1)).isTrue();
      assertThat(histories.clear(3)).isFalse();
      assertThat(database.rows("SELECT user_id, history FROM users"))
          .containsExactly("1|[]", "2|[" + MESSAGE.json() + "]");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void loses_nothing_when_two_bots_append_at_once(String mode) throws Exception {
    try (TestDatabase database = TestDatabase.of(folder, Snapshots.sql(1))) {
      database.rows("PRAGMA journal_mode = " + mode);
      int each = 100;
      ExecutorService bots = Executors.newFixedThreadPool(2);
      List<Future<Void>> running = new ArrayList<>();
      for (String name : new String[] {"a", "b"}) {
        running.add(bots.submit(bot(database, name, each)));
      }
      for (Future<Void> bot : running) {
        bot.get();
      }
      bots.shutdown();
      for (long user = 0; user < 2; user++) {
        List<String> contents =
            Histories.in(database.cells()).list(user).stream().map(Message::content).toList();
        assertThat(contents).hasSize(each).doesNotHaveDuplicates();
        assertThat(contents.stream().filter(c -> c.startsWith("a")).toList()).isSorted();
      }
    }
  }

  private static Callable<Void> bot(TestDatabase database, String name, int count) {
    return () -> {
      try (Connection connection = database.file().open()) {
        Histories histories = Histories.in(database.file().cells(database.file().jooq(connection)));
        for (int i = 0; i < count; i++) {
          histories.append(i % 2, Message.of("user", "%s %03d".formatted(name, i), TIME));
        }
      }
      return null;
    };
  }
}
