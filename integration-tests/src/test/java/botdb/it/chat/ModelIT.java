package botdb.it.chat;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The bot asks a model, shows it what it may see, and tells users when it does not answer. */
@Timeout(180)
class ModelIT {
  @TempDir private Path folder;

  @Test
  void shows_the_model_the_prompt_and_the_history_without_times() throws Exception {
    adopt(
        """
        [{"role": "user", "content": "weather?", "timestamp": "2025-11-05 15:30:45", "mood": 1},
         {"role": "assistant", "content": null, "tool_calls": [{"id": "c1", "type": "function",
          "function": {"name": "look", "arguments": "{}"}}], "timestamp": null},
         {"role": "tool", "tool_call_id": "c1", "content": "rain", "timestamp": null},
         {"role": "assistant", "content": [{"type": "text", "text": "It rains."}]}]""");
    try (TelegramStandIn telegram = new TelegramStandIn();
        ModelStandIn model = new ModelStandIn();
        ChattingBot bot = ChattingBot.start(folder, telegram, settings(model))) {
      telegram.write(5, "and tomorrow?");
      telegram.awaitAllConfirmed();
      assertThat(telegram.textsTo(5)).containsExactly("You asked: and tomorrow?");
      ModelStandIn.Asked asked = model.asked().get(0);
      assertThat(asked.path()).isEqualTo("/v1/chat/completions");
      assertThat(asked.authorization()).isEqualTo("Bearer sk-marked-key");
      assertThat(asked.json())
          .isEqualTo(
              Json.read(
                  """
                  {"model": "test-model", "stream": true, "messages": [
                    {"role": "system", "content": "Be brief."},
                    {"role": "user", "content": "weather?"},
                    {"role": "assistant", "content": null, "tool_calls": [{"id": "c1",
                      "type": "function", "function": {"name": "look", "arguments": "{}"}}]},
                    {"role": "tool", "content": "rain", "tool_call_id": "c1"},
                    {"role": "assistant", "content": [{"type": "text", "text": "It rains."}]},
                    {"role": "user", "content": "and tomorrow?"}]}"""));
      assertThat(bot.terminate().status()).isZero();
    }
  }

  private static Map<String, String> settings(ModelStandIn model) {
    Map<String, String> settings = new HashMap<>(ChattingBot.with(model));
    settings.put("BOT_SYSTEM_PROMPT", "Be brief.");
    return settings;
  }

  private void adopt(String history) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("users.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE users (user_id INTEGER PRIMARY KEY, history TEXT)");
      statement.execute("INSERT INTO users VALUES (5, '" + history + "')");
    }
  }

  @Test
  void asks_again_where_that_makes_sense_and_tells_the_user_where_it_does_not() throws Exception {
    try (TelegramStandIn telegram = new TelegramStandIn();
        ModelStandIn model = new ModelStandIn();
        ChattingBot bot = ChattingBot.start(folder, telegram, model)) {
      model.next(ModelStandIn.refusing(429, "rate_limit_exceeded", "slow down"));
      model.next(ModelStandIn.refusing(503, "overloaded", "sk-marked-key"));
      telegram.write(1, "first");
      telegram.awaitAllConfirmed();
      assertThat(telegram.textsTo(1)).containsExactly("You asked: first");
      assertThat(model.asked()).hasSize(3);

      model.next(ModelStandIn.refusing(401, "invalid_api_key", "Incorrect key: sk-marked-key"));
      telegram.write(1, "второе", "ru");
      telegram.awaitAllConfirmed();
      assertThat(telegram.textsTo(1).get(1)).startsWith("Ваше сообщение сохранено, но модель");
      assertThat(model.asked()).hasSize(4);
      bot.awaitLog("the model did not answer: status 401 (invalid_api_key); see to OPENAI_API_KEY");
      Bot.Result ended = bot.terminate();
      assertThat(ended.status()).isZero();
      assertThat(ended.err()).contains("status 429 (rate_limit_exceeded); asking again");
    }
    JsonNode history = ChattingBot.history(folder, 1);
    assertThat(history.valueStream().map(m -> m.get("role").asString()))
        .containsExactly("user", "assistant", "user");
    assertThat(history.get(2).get("message_ids").size()).isEqualTo(1);
  }

  @Test
  void stores_nothing_of_an_answer_that_broke_off() throws Exception {
    try (TelegramStandIn telegram = new TelegramStandIn();
        ModelStandIn model = new ModelStandIn();
        ChattingBot bot = ChattingBot.start(folder, telegram, model)) {
      model.next((exchange, request) -> ModelStandIn.stream(exchange, "Half an ans"));
      telegram.write(1, "question");
      telegram.awaitAllConfirmed();
      assertThat(telegram.textsTo(1))
          .containsExactly("Your message is stored, but the answer broke off. Please ask again.");
      assertThat(model.asked()).hasSize(1);

      telegram.write(1, "again");
      telegram.awaitAllConfirmed();
      assertThat(model.asked().get(1).contents()).containsExactly("question", "again");
      assertThat(bot.terminate().status()).isZero();
    }
  }

  @Test
  void shows_the_model_no_more_than_the_budget_allows() throws Exception {
    Map<String, String> settings = new HashMap<>();
    try (TelegramStandIn telegram = new TelegramStandIn();
        ModelStandIn model = new ModelStandIn()) {
      settings.putAll(ChattingBot.with(model));
      settings.put("BOT_CONTEXT_TOKENS", "82");
      settings.put("OPENAI_API_KEY", "");
      try (ChattingBot bot = ChattingBot.start(folder, telegram, settings)) {
        for (int i = 0; i < 4; i++) {
          telegram.write(1, "question " + i);
        }
        telegram.awaitAllConfirmed();
        assertThat(model.asked().get(3).authorization()).isEmpty();
        assertThat(model.asked().get(3).contents())
            .containsExactly(
                "question 1",
                "You asked: question 1",
                "question 2",
                "You asked: question 2",
                "question 3");
        assertThat(bot.terminate().status()).isZero();
      }
    }
  }
}
