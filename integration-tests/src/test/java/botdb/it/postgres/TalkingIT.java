package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import botdb.it.Served;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bot over HTTP, on a server. */
class TalkingIT {
  @TempDir private Path folder;

  @Test
  void migrates_an_empty_database_then_talks() throws Exception {
    Address database = PostgresServer.shared().freshDatabase();
    try (Served bot = serve(folder, database.url())) {
      talk(bot);
      assertThat(bot.terminate().status()).isZero();
    }
    assertThat(database.query("select name from migrations"))
        .containsExactly("migration_001_add_timestamp_to_messages");
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".serving"));
  }

  @Test
  void talks_through_a_pooler_that_hands_each_transaction_to_another_session() throws Exception {
    Address database = PostgresServer.shared().freshDatabase();
    try (Pooler pooler = Pooler.inFrontOf(database);
        Served bot = serve(folder, pooler.address().url());
        Talkers talkers = new Talkers()) {
      talk(bot);
      List<Long> users = List.of(11L, 12L, 13L);
      users.forEach(user -> talkers.add(bot, user));
      talkers.awaitMore(50);
      assertThat(talkers.stop()).isEmpty();
      talkers.assertStored(bot, users);
      assertThat(bot.terminate().status()).isZero();
      for (String session : List.of("status", "verify")) {
        Bot.Result looked = Bot.run(folder, session, "--database", pooler.address().url());
        assertThat(looked.status()).as(looked.out() + looked.err()).isZero();
      }
    }
  }

  @Test
  void four_bots_write_to_the_same_users_and_lose_and_double_nothing() throws Exception {
    Address database = PostgresServer.shared().freshDatabase();
    List<Long> users = List.of(1L, 2L, 3L);
    List<Served> bots = new ArrayList<>();
    try (Talkers talkers = new Talkers()) {
      for (int i = 0; i < 4; i++) {
        Path own = Files.createDirectory(folder.resolve("bot" + i));
        Served bot = serve(own, database.url());
        bots.add(bot);
        users.forEach(user -> talkers.add(bot, user));
      }
      talkers.awaitMore(120);
      assertThat(talkers.stop()).isEmpty();
      talkers.assertStored(bots.get(0), users);
    } finally {
      bots.forEach(Served::close);
    }
  }

  @Test
  void shows_the_name_of_the_database_and_never_its_password() throws Exception {
    Address database = PostgresServer.shared().freshDatabase();
    try (Served bot = serve(folder, database.url())) {
      assertThat(bot.send("POST", "/api/users/1/messages", "{\"content\": \"Hello\"}").statusCode())
          .isEqualTo(201);
      awaitPlot(bot);
      for (String path : List.of("/status", "/metrics", "/health", "/")) {
        HttpResponse<String> answer = page(bot, path);
        assertThat(answer.statusCode()).as(path + answer.body()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain(database.password());
      }
    }
  }

  /** Question and answer of today are counted beside the requests; the page shows them then. */
  private static void awaitPlot(Served bot) throws Exception {
    String shown = page(bot, "/status").body();
    while (!shown.contains("<svg")) {
      assertThat(shown).doesNotContain("class=\"fault\"");
      shown = page(bot, "/status").body();
    }
    assertThat(shown).contains(": 2</title>");
  }

  /** As a visitor who knows the password of the page. */
  private static HttpResponse<String> page(Served bot, String path)
      throws IOException, InterruptedException {
    return java.net.http.HttpClient.newHttpClient()
        .send(
            java.net.http.HttpRequest.newBuilder(bot.address().resolve(path))
                .header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString("bot:marked-password".getBytes()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void talk(Served bot) throws Exception {
    HttpResponse<String> health = bot.send("GET", "/health", "");
    assertThat(health.body()).contains("\"status\": \"ok\"").contains("\"set_aside\": 0");
    String words = "{\"content\": \"Ёжик 🦔 \\\\ \\\"\\u0000\\\" 1e400\"}";
    assertThat(bot.send("POST", "/api/users/-7/messages", words).statusCode()).isEqualTo(201);
    assertThat(bot.send("POST", "/api/users/-7/messages", words).statusCode()).isEqualTo(201);
    assertThat(bot.send("GET", "/api/users/-7/messages?limit=3", "").body())
        .contains("Ёжик 🦔 \\\\ \\\"")
        .contains("\"first\": 1, \"total\": 4");
    assertThat(bot.send("DELETE", "/api/users/-7/messages", "").statusCode()).isEqualTo(204);
    assertThat(bot.send("GET", "/api/users/-7/messages", "").body()).contains("\"total\": 0");
  }

  private static Served serve(Path folder, String address) throws Exception {
    return Served.in(folder, Map.of("BOT_DATABASE", address));
  }
}
