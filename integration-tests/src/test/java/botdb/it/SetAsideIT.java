package botdb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way out for histories that cannot be read: nothing of them and of all others is lost. */
class SetAsideIT {
  private static final String FAULTY = "user_id BETWEEN 101 AND 110";

  private static final Map<Integer, String> REPAIRED = new LinkedHashMap<>();

  static {
    REPAIRED.put(101, "[{\"role\":\"user\",\"content\":\"обрыв\"}]");
    REPAIRED.put(103, "[{\"role\":\"user\",\"content\":\"да\"}, {\"n\":1E400}]");
    REPAIRED.put(105, " [{\"role\":\"user\",\"content\":\"x\"}]\n");
    REPAIRED.put(110, "[]");
  }

  @TempDir private Path folder;
  private Path database;

  @BeforeEach
  void copy() throws Exception {
    database = Files.move(Fixture.copy("malformed", folder), folder.resolve("users.db"));
  }

  @Test
  void moves_what_is_faulty_to_the_byte_and_migrates_all_others_as_if_it_were_empty()
      throws Exception {
    List<String> faulty =
        column("SELECT user_id || typeof(history) || hex(history) FROM users WHERE " + FAULTY);
    Bot.Result result = Bot.run(folder, "migrate", "--set-aside");
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).startsWith("001  migration_001_add_timestamp_to_messages  32 rows");
    assertThat(result.err())
        .matches("backup: .*\n10 histories were set aside; set-aside list shows them\n");

    assertThat(column("SELECT key || typeof(cell) || hex(cell) FROM set_aside ORDER BY id"))
        .isEqualTo(faulty)
        .hasSize(10);
    assertThat(column("PRAGMA integrity_check")).containsExactly("ok");
    assertThat(withoutSetAside()).isEqualTo(migratedAfter("UPDATE users SET history = '[]'"));

    Map<String, String> once = Fixture.bytes(folder);
    assertThat(Bot.run(folder, "migrate", "--set-aside").out()).isEqualTo("nothing to apply\n");
    assertThat(Bot.run(folder, "set-aside", "list").out().lines()).hasSize(10);
    assertThat(Bot.run(folder, "set-aside", "export", "109").out()).hasSize(200_000);
    assertThat(Bot.run(folder, "verify").status()).isZero();
    assertThat(Fixture.bytes(folder)).isEqualTo(once);
  }

  @Test
  void is_never_done_by_itself() {
    String before = Fixture.bytes(folder).get("users.db");
    for (String command : new String[] {"migrate", "serve"}) {
      Bot.Result result = Bot.run(folder, command);
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err()).contains("or run migrate --set-aside");
      assertThat(Fixture.bytes(folder).get("users.db")).isEqualTo(before);
    }
  }

  @Test
  void what_is_repaired_and_put_back_is_as_if_it_had_been_repaired_before() throws Exception {
    Bot.run(folder, "migrate", "--set-aside");
    String before = Dump.of(database);
    for (int user = 101; user <= 110; user++) {
      Bot.Result result = Bot.run(folder, "set-aside", "put-back", String.valueOf(user));
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err()).contains("nothing was changed").doesNotContain("обрыв", "строка");
    }
    assertThat(Dump.of(database)).isEqualTo(before);

    StringBuilder repair = new StringBuilder("UPDATE users SET history = CASE user_id");
    for (Map.Entry<Integer, String> repaired : REPAIRED.entrySet()) {
      String user = repaired.getKey().toString();
      Files.writeString(folder.resolve("repaired"), repaired.getValue());
      Bot.Result result = Bot.run(folder, "set-aside", "put-back", user, "repaired");
      assertThat(result.status()).as(result.err()).isZero();
      repair.append(" WHEN ").append(user).append(" THEN '").append(repaired.getValue());
      repair.append('\'');
    }
    assertThat(column("SELECT count(*) FROM set_aside")).containsExactly("6");
    assertThat(withoutSetAside()).isEqualTo(migratedAfter(repair + " ELSE '[]' END"));
  }

  @Test
  void a_bot_that_serves_says_how_many_there_are_and_loses_no_message_when_one_comes_back()
      throws Exception {
    Bot.run(folder, "migrate", "--set-aside");
    try (Served bot = Served.in(folder)) {
      assertThat(bot.send("GET", "/health", "").body()).endsWith("\"set_aside\": 10}");
      bot.send("POST", "/api/users/105/messages", "{\"content\": \"с тех пор\"}");
      Files.writeString(folder.resolve("repaired"), REPAIRED.get(105));
      assertThat(Bot.run(folder, "set-aside", "put-back", "105", "repaired").out())
          .isEqualTo("user 105 has his history back; messages put back: 1, written since: 2\n");
      assertThat(bot.send("GET", "/api/users/105/messages", "").body())
          .contains("\"total\": 3")
          .contains(
              "\"content\":\"x\", \"timestamp\": null}, {\"role\": \"user\", \"content\": \"с тех");
      assertThat(bot.send("GET", "/health", "").body()).endsWith("\"set_aside\": 9}");
    }
  }

  /** The whole database, {@code set_aside} taken away. */
  private String withoutSetAside() throws Exception {
    Path copy = Files.copy(database, Files.createTempDirectory(folder, "copy").resolve("users.db"));
    run(copy, "DROP TABLE set_aside");
    return Dump.of(copy);
  }

  /** The whole database as it would be if somebody had changed the faulty histories before. */
  private String migratedAfter(String change) throws Exception {
    Path other = Files.createTempDirectory(folder, "other");
    Path copy = Fixture.copy("malformed", other);
    run(copy, change + " WHERE " + FAULTY);
    Bot.Result result = Bot.run(other, "migrate", "--database", "malformed.db");
    assertThat(result.status()).as(result.err()).isZero();
    return Dump.of(copy);
  }

  private List<String> column(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      return Dump.column(connection, query);
    }
  }

  private static void run(Path database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
