package botdb.bot.responder;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.bot.output.Phrases;
import botdb.catalog.Message;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfflineResponderTests {
  private static final LocalDateTime NOW = LocalDateTime.of(2025, 11, 8, 16, 0, 0);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-11-08T16:00:00Z"), ZoneOffset.UTC);

  private static String reply(String question, Message... earlier) {
    StringBuilder parts = new StringBuilder();
    Conversation conversation =
        new Conversation(Message.of("user", question, NOW), Earlier.of(List.of(earlier)));
    String reply = new OfflineResponder(CLOCK).reply(conversation, parts::append);
    assertThat(parts).as("the parts of the answer").hasToString(reply);
    return reply;
  }

  private static Message user(String content, LocalDateTime time) {
    return Message.of("user", content, time);
  }

  private static Message undated(String role, String content) {
    return Message.parse(
        "{\"role\": \"" + role + "\", \"content\": \"" + content + "\", \"timestamp\": null}");
  }

  private static Phrases english() {
    return Phrases.inLanguageOf("x", "botdb.bot.responder.messages");
  }

  private static Phrases russian() {
    return Phrases.inLanguageOf("ж", "botdb.bot.responder.messages");
  }

  @Test
  void says_that_no_model_is_configured() {
    assertThat(reply("Hello"))
        .isEqualTo(
            "No model is configured, so I answer from what is stored."
                + " This is the first thing you wrote to me.");
  }

  @Test
  void quotes_what_the_user_wrote_about_it_before() {
    assertThat(
            reply(
                "Where are my keys?",
                user("The keys are under the mat", NOW.minusDays(3)),
                Message.of("assistant", "keys keys keys", NOW.minusDays(2)),
                user("I like tea", NOW.minusDays(1))))
        .isEqualTo(
            """
            No model is configured, so I answer from what is stored. We have exchanged 3 messages since 2025-11-05.
            You wrote this 3 days ago: “The keys are under the mat”""");
  }

  @Test
  void says_that_a_time_is_unknown() {
    assertThat(reply("keys?", undated("user", "keys"), user("tea", NOW)))
        .contains("2 messages; the times are known since 2025-11-08")
        .endsWith("You wrote this (time unknown): “keys”");
    assertThat(reply("keys?", undated("user", "tea")))
        .endsWith(
            "1 message; since when is not known.\nNothing of what you wrote before is about this.");
  }

  @Test
  void answers_russian_in_russian_whatever_the_language_of_the_machine() {
    Locale machine = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ru"));
    try {
      assertThat(reply("Hello")).startsWith("No model");
      assertThat(reply("Где кошка?", user("Покормить кошку", NOW.minusHours(2))))
          .isEqualTo(
              """
              Модель не настроена, поэтому отвечаю по тому, что сохранено. Всего у нас с вами 1 сообщение, первое от 2025-11-08.
              Вы писали это 2 часа назад: «Покормить кошку»""");
    } finally {
      Locale.setDefault(machine);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1 сообщение",
    "2, 2 сообщения",
    "4, 4 сообщения",
    "5, 5 сообщений",
    "11, 11 сообщений",
    "12, 12 сообщений",
    "21, 21 сообщение",
    "22, 22 сообщения",
    "111, 111 сообщений",
    "121, 121 сообщение",
    "0, 0 сообщений"
  })
  void counts_in_russian(long count, String expected) {
    assertThat(russian().count("messages", count)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-11-08T15:59:30, just now",
    "2025-11-08T15:59:00, 1 minute ago",
    "2025-11-08T14:00:00, 2 hours ago",
    "2025-11-07T15:00:00, 1 day ago",
    "2025-01-02T03:04:05, on 2025-01-02",
    "2025-11-09T00:00:00, on 2025-11-09"
  })
  void says_how_historyago_it_was(LocalDateTime then, String expected) {
    assertThat(new TimeAgo(english()).between(then, NOW)).isEqualTo(expected);
  }

  @Test
  void prefers_rare_words_and_then_the_newest() {
    assertThat(
            reply(
                "what about the tea and the violin",
                user("the violin", NOW.minusDays(5)),
                user("the tea", NOW.minusDays(4)),
                user("the tea again", NOW.minusDays(3)),
                user("the end", NOW.minusDays(2))))
        .endsWith("“the violin”");
    assertThat(reply("tea", user("tea one", NOW), user("tea two", NOW))).endsWith("“tea two”");
  }

  @Test
  void looks_at_the_newest_thousand_of_a_historyhistory_and_at_its_first() {
    Message[] history = new Message[2_500];
    Arrays.fill(history, user("tea", NOW.minusDays(1)));
    history[0] = user("violin", NOW.minusDays(40));
    assertThat(reply("violin", history))
        .contains("2500 messages since 2025-09-29")
        .endsWith("Nothing of what you wrote before is about this.");
    history[0] = undated("user", "violin");
    assertThat(reply("tea", history)).contains("2500 messages; since when is not known");
  }

  @Test
  void shortens_a_historyquote_between_characters_and_keeps_it_in_one_line() {
    String reply = reply("word", user("word\n\n" + "😀".repeat(300), NOW));

    assertThat(reply).contains("“word 😀").endsWith("😀…”").doesNotContain("\n\n");
    assertThat(reply.codePointCount(reply.indexOf('“'), reply.length())).isEqualTo(202);
  }

  @Test
  void survives_braces_quotes_and_messages_without_text() {
    assertThat(
            reply(
                "{0} braces", user("it's {1} braces", NOW), Message.parse("{\"role\": \"user\"}")))
        .endsWith("“it's {1} braces”");
  }
}
