package botdb.it.chat;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import botdb.it.postgres.Address;
import botdb.it.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bot on Telegram, while the server of its database is away. */
class OutageIT {
  @TempDir private Path folder;

  @Test
  void keeps_what_is_written_for_when_the_server_is_back() throws Exception {
    try (PostgresServer server = PostgresServer.start();
        TelegramStandIn telegram = new TelegramStandIn()) {
      Address database = server.freshDatabase();
      Map<String, String> settings = Map.of("OPENAI_API_KEY", "", "BOT_DATABASE", database.url());
      try (ChattingBot bot = ChattingBot.start(folder, telegram, settings)) {
        telegram.write(1, "before");
        telegram.awaitAllConfirmed();
        server.kill();
        int update = telegram.write(1, "meanwhile");
        bot.awaitLog("the database failed: the server of postgres://");
        assertThat(telegram.unconfirmed()).containsExactly(update);
        server.startAgain();
        telegram.awaitAllConfirmed();
        assertThat(telegram.textsTo(1)).hasSize(2);
        assertThat(bot.terminate().status()).isZero();
      }
      Bot.Result history = Bot.run(folder, "history", "1", "--json", "--database", database.url());
      JsonNode messages = JsonMapper.shared().readTree(history.out());
      assertThat(messages.size()).isEqualTo(4);
      assertThat(messages.get(0).get("content").asString()).isEqualTo("before");
      assertThat(messages.get(2).get("content").asString()).isEqualTo("meanwhile");
    }
  }
}
