package botdb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bot over HTTP, on databases of the old one. */
class ServeIT {
  @TempDir private Path folder;

  @Test
  void migrates_the_old_database_then_talks() throws Exception {
    Files.move(Fixture.copy("before-001", folder), folder.resolve("users.db"));
    try (Served bot = Served.in(folder)) {
      assertThat(bot.send("GET", "/health", "").body())
          .contains("\"status\"")
          .contains("migration_001_add_timestamp_to_messages");
      HttpResponse<String> old = bot.send("GET", "/api/users/-1001234567890/messages", "");
      assertThat(old.body()).contains("👩‍👩‍👧‍👦 🔄").contains("\"timestamp\": null");

      HttpResponse<String> reply =
          bot.send("POST", "/api/users/1/messages", "{\"content\": \"Что я говорил, ёжик 🦔?\"}");
      assertThat(reply.statusCode()).isEqualTo(201);
      HttpResponse<String> page = bot.send("GET", "/api/users/1/messages?limit=2", "");
      assertThat(page.body()).contains("Что я говорил, ёжик 🦔?").contains("\"total\": 4");

      assertThat(bot.send("DELETE", "/api/users/1/messages", "").statusCode()).isEqualTo(204);
      assertThat(bot.send("GET", "/api/users/1/messages", "").body()).contains("\"total\": 0");
      Bot.Result ended = bot.terminate();
      assertThat(ended.status()).as(ended.err()).isZero();
    }
    assertThat(Fixture.bytes(folder)).doesNotContainKeys("users.db-wal", "users.db-journal");
    try (Connection connection =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("users.db"))) {
      assertThat(Dump.column(connection, "PRAGMA journal_mode")).containsExactly("wal");
      assertThat(Dump.column(connection, "PRAGMA integrity_check")).containsExactly("ok");
    }
  }

  @Test
  void opens_no_port_while_another_process_holds_the_database() throws Exception {
    Path database = Files.move(Fixture.copy("before-001", folder), folder.resolve("users.db"));
    try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = writer.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      Bot.Running bot = Served.start(folder);
      try {
        bot.awaitText(bot.err(), "another process is using the database");
        assertThat(Files.readString(bot.err())).doesNotContain("serving on");
        statement.execute("COMMIT");
        bot.awaitText(bot.err(), "serving on");
      } finally {
        bot.kill();
      }
    }
  }

  @Test
  void refuses_what_cannot_be_and_says_so_in_json() throws Exception {
    try (Served bot = Served.in(folder)) {
      List<HttpResponse<String>> refused =
          List.of(
              bot.send("POST", "/api/users/1/messages", "{\"content\": \" \"}"),
              bot.send("POST", "/api/users/1/messages", "{\"content\": 7}"),
              bot.send("POST", "/api/users/1/messages", "{"),
              bot.send("POST", "/api/users/1/messages", "[]"),
              bot.send("POST", "/api/users/me/messages", "{\"content\": \"a\"}"),
              bot.send("GET", "/api/users/9223372036854775808/messages", ""),
              bot.send("GET", "/api/users/1/messages?limit=0", ""),
              bot.send("GET", "/api/users/1/messages?before=soon", ""),
              bot.send("GET", "/nothing", ""),
              bot.send("PUT", "/api/users/1/messages", "{}"),
              bot.send(
                  "POST",
                  "/api/users/1/messages",
                  "{\"content\": \"" + "x".repeat(2_000_000) + "\"}"));
      assertThat(refused)
          .extracting(HttpResponse::statusCode)
          .containsExactly(400, 400, 400, 400, 400, 400, 400, 400, 404, 405, 413);
      assertThat(refused)
          .extracting(HttpResponse::body)
          .allMatch(body -> body.startsWith("{\"error\": {\"code\": \""));
      assertThat(bot.send("GET", "/api/users/1/messages", "").body()).contains("\"total\": 0");
    }
  }

  @Test
  void loses_nothing_of_many_users_and_nothing_of_what_it_acknowledged_when_it_is_killed()
      throws Exception {
    try (Served bot = Served.in(folder)) {
      ExecutorService users = Executors.newFixedThreadPool(8);
      List<Future<Integer>> answers = new ArrayList<>();
      for (int user = 0; user < 8; user++) {
        answers.add(users.submit(talk(bot, user)));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(10);
      }
      users.shutdown();
      bot.process().destroyForcibly().waitFor();
    }
    for (int user = 0; user < 8; user++) {
      String history = Bot.run(folder, "history", String.valueOf(user), "--json").out();
      for (int i = 0; i < 10; i++) {
        assertThat(history).contains("message " + i + " of user " + user);
      }
    }
    try (Served bot = Served.in(folder)) {
      assertThat(bot.send("GET", "/api/users/0/messages", "").body()).contains("\"total\": 20");
    }
  }

  private static Callable<Integer> talk(Served bot, int user) {
    return () -> {
      int stored = 0;
      for (int i = 0; i < 10; i++) {
        String content = "{\"content\": \"message " + i + " of user " + user + "\"}";
        HttpResponse<String> response =
            bot.send("POST", "/api/users/" + user + "/messages", content);
        stored += response.statusCode() == 201 ? 1 : 0;
      }
      return stored;
    };
  }
}
