package botdb.bot.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.catalog.Message;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTextTests {
  @Test
  void tells_times_and_that_one_is_unknown_in_two_languages() {
    List<Message> messages =
        List.of(
            Message.of("assistant", "Hi", LocalDateTime.of(2025, 11, 5, 15, 30, 45)),
            Message.parse("{\"role\": \"user\", \"content\": \"<b>\", \"timestamp\": null}"),
            Message.parse("{\"role\": \"tool\", \"content\": null}"),
            Message.parse("{}"));
    assertThat(HistoryText.of("T", messages, Texts.in("en")))
        .isEqualTo(
            """
            T

            2025-11-05 15:30:45 · bot
            Hi

            time unknown · you
            <b>

            time unknown · tool
            (no text)

            time unknown · ?
            (no text)""");
    assertThat(HistoryText.of("T", messages, Texts.in("ru-RU"))).contains("время неизвестно · вы");
  }

  @Test
  void always_fits_into_one_message() {
    Message longest =
        Message.of(
            "r".repeat(50), "👩‍👩‍👧‍👦".repeat(500), LocalDateTime.of(2025, 11, 5, 15, 30, 45));
    List<Message> page = Collections.nCopies(HistoryText.PAGE, longest);
    String text = HistoryText.of("t".repeat(200), page, Texts.in("ru"));
    assertThat(text.length()).isBetween(3_000, MessageSplitter.LIMIT);
    assertThat(text).endsWith("👩‍👩‍👧‍👦…");
  }
}
