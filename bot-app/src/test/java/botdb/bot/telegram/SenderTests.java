package botdb.bot.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.bot.ScriptedServer;
import botdb.bot.TestDatabase;
import botdb.bot.chat.Chat;
import botdb.bot.chat.Received;
import botdb.bot.database.BotDatabase;
import botdb.bot.settings.TelegramSettings;
import botdb.catalog.Message;
import botdb.migrations.Database;
import com.pengrad.telegrambot.request.SendMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SenderTests {
  private static final String JSON = "application/json";

  @TempDir private Path folder;
  private final List<Duration> pauses = new ArrayList<>();
  private ScriptedServer server;
  private BotDatabase database;
  private BotApi api;
  private Chat chat;
  private Sender sender;

  @BeforeEach
  void open() throws IOException {
    server = new ScriptedServer();
    database = BotDatabase.open(Database.of(TestDatabase.migrated(folder)));
    api = new BotApi(new TelegramSettings("1:secret", server.url()), Duration.ofSeconds(1));
    chat = new Chat(database, (conversation, parts) -> "one ".repeat(2_000), Clock.systemUTC());
    sender = new Sender(api, chat, pauses::add);
  }

  @AfterEach
  void close() {
    api.close();
    database.close();
    server.close();
  }

  private void thenSent(int messageId) {
    server.then(200, JSON, "{\"ok\": true, \"result\": {\"message_id\": " + messageId + "}}");
  }

  private void thenRefused(int status, String more) {
    String form = "{\"ok\": false, \"error_code\": %d, \"description\": \"of 1:secret\"%s}";
    server.then(status, JSON, form.formatted(status, more));
  }

  @Test
  void waits_as_long_as_telegram_says() {
    thenRefused(429, ", \"parameters\": {\"retry_after\": 35}");
    thenRefused(429, ", \"parameters\": {\"retry_after\": 7}");
    thenRefused(429, "");
    thenSent(5);
    sender.send(new SendMessage(1L, "x"));
    assertThat(pauses)
        .containsExactly(Duration.ofSeconds(35), Duration.ofSeconds(7), Duration.ofSeconds(1));
  }

  @Test
  void waits_longer_from_failure_to_failure_and_never_gives_up() {
    for (int i = 0; i < 9; i++) {
      server.then(502, "text/html", i % 2 == 0 ? "<html>1:secret</html>" : "");
    }
    thenSent(5);
    sender.send(new SendMessage(1L, "x"));
    assertThat(pauses.stream().map(Duration::toSeconds))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
  }

  @Test
  void takes_a_rejection_for_an_answer_and_shows_no_token() {
    thenRefused(403, "");
    assertThatThrownBy(() -> sender.send(new SendMessage(1L, "x")))
        .isInstanceOf(ApiFailure.class)
        .hasMessage("403 of …")
        .hasNoCause();
    assertThat(pauses).isEmpty();
  }

  @Test
  void sends_only_the_pieces_that_were_not_sent_and_notes_each() {
    Received received = chat.receive(7, 100, "tell me");
    Message reply = chat.reply(received, part -> {});
    thenSent(901);
    thenRefused(403, "");
    assertThatThrownBy(() -> sender.deliver(7, reply, reply.content()))
        .isInstanceOf(ApiFailure.class);
    Message begun = chat.receive(7, 100, "tell me").reply();
    assertThat(Chat.sent(begun)).isEqualTo(1);

    thenSent(902);
    sender.deliver(7, begun, begun.content());
    assertThat(server.asked()).isEqualTo(3);
    Message sent = chat.receive(7, 100, "tell me").reply();
    assertThat(sent.json()).endsWith("\"message_ids\": [901, 902]}");

    sender.deliver(7, sent, sent.content());
    assertThat(server.asked()).isEqualTo(3);
  }
}
