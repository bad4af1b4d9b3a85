package botdb.it.chat;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import botdb.it.chat.TelegramStandIn.Fault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Telegram says no, is busy, or is not there; the token is never shown. */
@Timeout(180)
class TelegramFaultsIT {
  private static final Pattern ADDRESS = Pattern.compile("serving on (http://\\S+)");

  @TempDir private Path folder;

  @Test
  void obeys_when_telegram_asks_to_be_left_alone_and_sends_once() throws Exception {
    try (TelegramStandIn telegram = new TelegramStandIn();
        ChattingBot bot = ChattingBot.start(folder, telegram)) {
      telegram.failNext(new Fault("sendMessage", 429, ", \"parameters\": {\"retry_after\": 2}"));
      telegram.failNext(new Fault("getUpdates", 429, ", \"parameters\": {\"retry_after\": 1}"));
      telegram.write(1, "Hello");
      telegram.awaitAllConfirmed();
      assertThat(telegram.textsTo(1)).hasSize(1);
      bot.awaitLog("a message could not be sent (429 ");
      assertThat(bot.terminate().status()).isZero();
    }
  }

  @Test
  void says_that_another_bot_has_the_token_and_goes_on_when_it_is_gone() throws Exception {
    try (TelegramStandIn telegram = new TelegramStandIn();
        ChattingBot bot = ChattingBot.start(folder, telegram)) {
      telegram.failNext(new Fault("getUpdates", 409, ""));
      telegram.write(1, "Hello");
      bot.awaitLog("another program asks for the updates of the same bot (409 Fault …); stop it");
      bot.awaitLog("Telegram answers again");
      telegram.awaitAllConfirmed();
      assertThat(telegram.textsTo(1)).hasSize(1);
      assertThat(bot.terminate().status()).isZero();
    }
  }

  @Test
  void says_that_the_token_is_refused_and_serves_http_all_the_same() throws Exception {
    try (TelegramStandIn telegram = new TelegramStandIn();
        ChattingBot bot =
            ChattingBot.begin(
                folder,
                telegram,
                Map.of("TELEGRAM_BOT_TOKEN", "4711:another-token", "OPENAI_API_KEY", ""))) {
      bot.awaitLog("Telegram refuses the token (401 Unauthorized); set TELEGRAM_BOT_TOKEN to");
      bot.awaitLog("serving on http://");
      Matcher address = ADDRESS.matcher(bot.log());
      assertThat(address.find()).isTrue();
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address.group(1) + "/health")).build();
      HttpClient client = HttpClient.newHttpClient();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      Bot.Result ended = bot.terminate();
      assertThat(ended.status()).as(ended.err()).isZero();
      assertThat(ended.err()).doesNotContain("another-token");
    }
  }

  @Test
  void goes_on_by_itself_when_the_network_is_back() throws Exception {
    try (TelegramStandIn telegram = new TelegramStandIn();
        ChattingBot bot = ChattingBot.start(folder, telegram)) {
      telegram.write(1, "before");
      telegram.awaitAllConfirmed();
      telegram.goAway();
      bot.awaitLog("Telegram cannot be reached (");
      telegram.write(1, "after");
      telegram.comeBack();
      telegram.awaitAllConfirmed();
      bot.awaitLog("Telegram answers again");
      assertThat(telegram.textsTo(1)).hasSize(2);
      assertThat(bot.terminate().status()).isZero();
    }
    assertThat(ChattingBot.history(folder, 1).size()).isEqualTo(4);
  }

  @Test
  void tries_again_where_the_server_fails_and_loses_neither_message_nor_reply() throws Exception {
    try (TelegramStandIn telegram = new TelegramStandIn();
        ChattingBot bot = ChattingBot.start(folder, telegram)) {
      telegram.failNext(new Fault("getUpdates", 502, ""));
      telegram.failNext(new Fault("sendMessage", 500, ""));
      telegram.failNext(new Fault("sendMessage", 0, ""));
      telegram.write(1, "Hello");
      telegram.awaitAllConfirmed();
      // The second one was sent before the connection broke, which nobody could know.
      assertThat(telegram.textsTo(1)).hasSize(2);
      assertThat(bot.terminate().status()).isZero();
    }
    assertThat(ChattingBot.history(folder, 1).size()).isEqualTo(2);
  }

  @Test
  void lets_a_user_go_who_has_blocked_the_bot_and_serves_the_others() throws Exception {
    try (TelegramStandIn telegram = new TelegramStandIn();
        ChattingBot bot = ChattingBot.start(folder, telegram)) {
      telegram.failNext(new Fault("sendMessage", 403, ""));
      telegram.write(1, "Hello");
      bot.awaitLog("Telegram did not take a message: 403 Fault …");
      telegram.write(2, "Hello");
      telegram.awaitAllConfirmed();
      assertThat(telegram.textsTo(1)).isEmpty();
      assertThat(telegram.textsTo(2)).hasSize(1);
      assertThat(bot.terminate().status()).isZero();
    }
    assertThat(ChattingBot.history(folder, 1).size()).isEqualTo(2);
  }

  @Test
  void waits_for_a_database_that_somebody_else_holds_and_stores_then() throws Exception {
    try (TelegramStandIn telegram = new TelegramStandIn();
        ChattingBot bot = ChattingBot.start(folder, telegram);
        Connection other = database();
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      int update = telegram.write(1, "Hello");
      bot.awaitLog("the database failed: users.db is in use");
      assertThat(telegram.unconfirmed()).containsExactly(update);
      statement.execute("COMMIT");
      telegram.awaitAllConfirmed();
      assertThat(telegram.textsTo(1)).hasSize(1);
      assertThat(bot.terminate().status()).isZero();
    }
    assertThat(ChattingBot.history(folder, 1).size()).isEqualTo(2);
  }

  @Test
  void tells_who_has_a_history_that_cannot_be_read_and_serves_the_others() throws Exception {
    try (TelegramStandIn telegram = new TelegramStandIn();
        ChattingBot bot = ChattingBot.start(folder, telegram);
        Connection other = database();
        Statement statement = other.createStatement()) {
      statement.execute("INSERT INTO users (user_id, history) VALUES (1, '[{\"Привет')");
      telegram.write(1, "Hello", "ru");
      telegram.write(2, "Hello");
      telegram.awaitAllConfirmed();
      assertThat(telegram.textsTo(1).get(0)).startsWith("Вашу историю не удаётся прочитать");
      assertThat(telegram.textsTo(2)).hasSize(1);
      bot.awaitLog("a history cannot be read (");
      assertThat(bot.terminate().status()).isZero();
    }
  }

  private Connection database() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("users.db"));
  }
}
