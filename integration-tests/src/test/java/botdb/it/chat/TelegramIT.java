package botdb.it.chat;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What users do on Telegram, and what they see. */
@Timeout(180)
class TelegramIT {
  @TempDir private Path folder;

  @Test
  void answers_in_private_and_in_groups_and_keeps_what_was_said() throws Exception {
    try (TelegramStandIn telegram = new TelegramStandIn();
        ChattingBot bot = ChattingBot.start(folder, telegram)) {
      telegram.write(42, "Hello <b>you</b> *and* _me_", "en");
      telegram.write(-1001234567890L, "Привет", "ru");
      telegram.await("sendMessage", call -> call.chat() == 42);
      telegram.await("sendMessage", call -> call.chat() == -1001234567890L);
      telegram.awaitAllConfirmed();
      assertThat(telegram.textsTo(42)).singleElement().asString().startsWith("No model is");
      assertThat(telegram.textsTo(-1001234567890L))
          .singleElement()
          .asString()
          .startsWith("Модель не настроена");
      assertThat(telegram.calls("sendMessage"))
          .noneMatch(c -> c.parameters().containsKey("parse_mode"));
      assertThat(telegram.calls("sendChatAction")).isNotEmpty();
      assertThat(bot.terminate().status()).isZero();
    }
    JsonNode history = ChattingBot.history(folder, 42);
    assertThat(history.valueStream().map(m -> m.get("role").asString()))
        .containsExactly("user", "assistant");
    assertThat(history.get(0).get("content").asString()).isEqualTo("Hello <b>you</b> *and* _me_");
    assertThat(history.get(0).get("update_id").asInt()).isEqualTo(1001);
    assertThat(history.get(1).get("message_ids").size()).isEqualTo(1);
    assertThat(ChattingBot.history(folder, -1001234567890L).size()).isEqualTo(2);
  }

  @Test
  void registers_its_commands_in_two_languages_and_follows_them() throws Exception {
    try (TelegramStandIn telegram = new TelegramStandIn();
        ChattingBot bot = ChattingBot.start(folder, telegram)) {
      assertThat(telegram.calls("setMyCommands"))
          .extracting(call -> call.get("language_code"))
          .containsExactly("", "ru");
      assertThat(telegram.calls("setMyCommands").get(1).get("commands"))
          .contains("\"start\"", "\"help\"", "\"history\"", "\"search\"", "\"clear\"", "\"export\"")
          .contains("забыть наш разговор");
      telegram.write(7, "/start");
      telegram.write(7, "/help", "ru-RU");
      telegram.write(7, "/history");
      telegram.write(7, "/search");
      telegram.write(7, "/search tea");
      telegram.write(7, "/export");
      telegram.write(7, "/nothing");
      telegram.sendPhoto(7);
      telegram.write(-7, "/help@other_bot");
      telegram.write(-7, "/nothing");
      telegram.write(-7, "/help@Test_Bot");
      telegram.awaitAllConfirmed();
      assertThat(telegram.textsTo(7))
          .satisfiesExactly(
              text -> assertThat(text).startsWith("Hello!"),
              text -> assertThat(text).contains("/clear — забыть наш разговор"),
              text -> assertThat(text).isEqualTo("There is nothing stored yet."),
              text -> assertThat(text).contains("/search tea with lemon"),
              text -> assertThat(text).isEqualTo("No message holds “tea”."),
              text -> assertThat(text).isEqualTo("There is nothing stored yet."),
              text -> assertThat(text).startsWith("I do not know this command."),
              text -> assertThat(text).isEqualTo("Пока я умею читать только текст."));
      assertThat(telegram.textsTo(-7)).singleElement().asString().contains("/export — ");
      assertThat(bot.terminate().status()).isZero();
    }
  }

  @Test
  void shows_an_old_history_page_by_page_and_finds_and_exports_what_is_in_it() throws Exception {
    adopt(20);
    try (TelegramStandIn telegram = new TelegramStandIn();
        ChattingBot bot = ChattingBot.start(folder, telegram)) {
      telegram.write(5, "/history");
      ApiCall page = telegram.await("sendMessage", call -> call.chat() == 5);
      assertThat(page.get("text"))
          .startsWith("Messages 13–20 of 20\n\ntime unknown · you\nёжик 12\n\n")
          .endsWith("time unknown · you\nёжик 19");
      assertThat(page.get("reply_markup")).contains("history:12").doesNotContain("history:20");
      telegram.press(5, 5, page.messageId(), "history:12");
      ApiCall older = telegram.await("editMessageText", call -> call.chat() == 5);
      assertThat(older.get("text")).startsWith("Messages 5–12 of 20\n").contains("ёжик 11");
      assertThat(older.get("message_id")).isEqualTo(String.valueOf(page.messageId()));
      assertThat(older.get("reply_markup")).contains("history:4", "history:20");

      telegram.write(5, "/search ЕЖИК 1", "ru");
      telegram.await("sendMessage", call -> call.get("text").startsWith("Последние сообщения"));
      telegram.write(5, "/search ежик 7", "ru");
      ApiCall found = telegram.await("sendMessage", call -> call.get("text").contains("ежик 7"));
      assertThat(found.get("text"))
          .isEqualTo(
              "Сообщения с «ежик 7»\n\nвремя неизвестно · вы\nёжик 7\n\nвремя неизвестно · вы\nёжик 17");

      telegram.write(5, "/export", "ru");
      ApiCall export = telegram.await("sendDocument", call -> call.chat() == 5);
      assertThat(export.get("document.name")).isEqualTo("history-5.json");
      assertThat(export.get("caption")).isEqualTo("20 сообщений");
      JsonNode exported = Json.read(export.get("document"));
      assertThat(exported.size()).isEqualTo(20);
      assertThat(exported.get(3).get("content").asString()).isEqualTo("ёжик 3");
      assertThat(bot.terminate().status()).isZero();
    }
  }

  /** A database of the old bot, with so many messages of user 5. */
  private void adopt(int count) throws Exception {
    List<String> messages =
        IntStream.range(0, count)
            .mapToObj(i -> "{\"role\": \"user\", \"content\": \"ёжик " + i + "\"}")
            .toList();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("users.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE users (user_id INTEGER PRIMARY KEY, history TEXT)");
      statement.execute("INSERT INTO users VALUES (5, '[" + String.join(", ", messages) + "]')");
    }
  }

  @Test
  void asks_before_it_forgets_and_lets_nobody_else_decide() throws Exception {
    try (TelegramStandIn telegram = new TelegramStandIn();
        ChattingBot bot = ChattingBot.start(folder, telegram)) {
      telegram.write(9, "remember this");
      telegram.write(9, "/clear");
      ApiCall question = telegram.await("sendMessage", call -> !call.get("reply_markup").isEmpty());
      assertThat(question.get("reply_markup")).contains("clear:yes:9", "clear:no:9");
      telegram.press(9, 9, question.messageId(), "clear:no:9");
      telegram.await("editMessageText", call -> call.get("text").equals("Nothing was forgotten."));
      telegram.press(9, 666, question.messageId(), "clear:yes:9");
      telegram.await("answerCallbackQuery", call -> call.get("text").startsWith("Only who asked"));
      telegram.awaitAllConfirmed();
      assertThat(ChattingBot.history(folder, 9).size()).isEqualTo(2);

      telegram.press(9, 9, question.messageId(), "clear:yes:9");
      telegram.write(9, "and now?");
      telegram.await("editMessageText", call -> call.get("text").startsWith("Forgotten."));
      telegram.awaitAllConfirmed();
      assertThat(ChattingBot.history(folder, 9).size()).isEqualTo(2);
      assertThat(telegram.textsTo(9).get(2)).contains("the first thing you wrote");
      assertThat(bot.terminate().status()).isZero();
    }
  }

  @Test
  void keeps_the_order_of_one_user_while_another_one_waits_for_the_model() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    try (TelegramStandIn telegram = new TelegramStandIn();
        ModelStandIn model = new ModelStandIn();
        ChattingBot bot = ChattingBot.start(folder, telegram, model)) {
      model.next(
          (exchange, request) -> {
            ModelStandIn.await(slow);
            ModelStandIn.stream(exchange, "At last.");
            ModelStandIn.end(exchange);
          });
      int first = telegram.write(1, "slow question");
      model.awaitAsked(1);
      for (int i = 0; i < 10; i++) {
        telegram.write(2, "question " + i);
        telegram.write(3, "question " + i);
      }
      telegram.await("sendMessage", c -> c.chat() == 2 && c.get("text").endsWith("question 9"));
      telegram.await("sendMessage", c -> c.chat() == 3 && c.get("text").endsWith("question 9"));
      assertThat(telegram.textsTo(1)).isEmpty();
      assertThat(telegram.unconfirmed()).contains(first);
      slow.countDown();
      telegram.awaitAllConfirmed();
      assertThat(telegram.textsTo(1)).containsExactly("At last.");
      assertThat(telegram.textsTo(2))
          .containsExactlyElementsOf(
              IntStream.range(0, 10).mapToObj(i -> "You asked: question " + i).toList());
      assertThat(telegram.textsTo(3)).isEqualTo(telegram.textsTo(2));
      assertThat(bot.terminate().status()).isZero();
    }
  }

  @Test
  void sends_a_long_reply_in_pieces_and_stores_it_whole() throws Exception {
    String words = "слово ".repeat(3_000).strip();
    try (TelegramStandIn telegram = new TelegramStandIn();
        ModelStandIn model = new ModelStandIn();
        ChattingBot bot = ChattingBot.start(folder, telegram, model)) {
      model.next(
          (exchange, request) -> {
            ModelStandIn.stream(exchange, words);
            ModelStandIn.end(exchange);
          });
      telegram.write(4, "tell me");
      telegram.awaitAllConfirmed();
      List<String> pieces = telegram.textsTo(4);
      assertThat(pieces).hasSize(5).allMatch(piece -> piece.length() <= 4096);
      assertThat(String.join(" ", pieces)).isEqualTo(words);
      assertThat(bot.terminate().status()).isZero();
    }
    JsonNode reply = ChattingBot.history(folder, 4).get(1);
    assertThat(reply.get("content").asString()).isEqualTo(words);
    assertThat(reply.get("message_ids").size()).isEqualTo(5);
  }

  @Test
  void confirms_what_is_done_when_it_is_asked_to_stop_and_still_serves_http() throws Exception {
    try (TelegramStandIn telegram = new TelegramStandIn();
        ChattingBot bot = ChattingBot.start(folder, telegram)) {
      bot.awaitLog("serving on http://127.0.0.1:");
      telegram.write(8, "/start");
      telegram.await("sendMessage", call -> call.chat() == 8);
      Bot.Result ended = bot.terminate();
      assertThat(ended.status()).as(ended.err()).isZero();
      assertThat(telegram.unconfirmed()).isEmpty();
    }
    assertThat(Files.exists(folder.resolve("users.db-wal"))).isFalse();
  }
}
