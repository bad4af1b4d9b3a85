package botdb.bot.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.bot.ScriptedServer;
import botdb.bot.settings.TelegramSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PollerTests {
  private final List<Duration> pauses = new ArrayList<>();

  /** Asks a server that first refuses three times; returns how long the poller waited. */
  private List<Long> secondsAfter(int status, String more) throws IOException {
    try (ScriptedServer server = new ScriptedServer();
        BotApi api = new BotApi(new TelegramSettings("1:a", server.url()), Duration.ofSeconds(1))) {
      for (int i = 0; i < 3; i++) {
        server.then(
            status,
            "application/json",
            "{\"ok\": false, \"error_code\": %d%s}".formatted(status, more));
      }
      server.then(200, "application/json", "{\"ok\": true, \"result\": []}");
      Window window = new Window();
      Lanes lanes = new Lanes(1);
      Inbox inbox = new Inbox(window, lanes, null, pauses::add);
      Poller poller = new Poller(api, window, inbox, pauses::add);
      poller.attempt(poller::poll, () -> false);
      assertThat(server.asked()).isEqualTo(4);
    }
    return pauses.stream().map(Duration::toSeconds).toList();
  }

  @ParameterizedTest
  @CsvSource({"409, 5, 10, 20", "401, 5, 10, 20", "404, 5, 10, 20", "500, 1, 2, 4"})
  void waits_the_longer_the_less_it_can_do_about_it(int status, long first, long then, long last)
      throws IOException {
    assertThat(secondsAfter(status, "")).containsExactly(first, then, last);
  }

  @Test
  void waits_as_long_as_telegram_says() throws IOException {
    assertThat(secondsAfter(429, ", \"parameters\": {\"retry_after\": 9}")).containsOnly(9L);
  }

  @Test
  void goes_on_after_what_nobody_thought_of() throws IOException {
    try (ScriptedServer server = new ScriptedServer();
        BotApi api = new BotApi(new TelegramSettings("1:a", server.url()), Duration.ofSeconds(1))) {
      Poller poller = new Poller(api, new Window(), null, pauses::add);
      List<String> done = new ArrayList<>();
      poller.attempt(
          () -> {
            done.add("attempt");
            if (done.size() == 1) {
              throw new IllegalStateException("secret");
            }
          },
          () -> false);
      assertThat(done).hasSize(2);
      assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    }
  }
}
