package botdb.bot.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.bot.ScriptedServer;
import botdb.bot.responder.Conversation;
import botdb.bot.responder.Earlier;
import botdb.bot.responder.ResponderException;
import botdb.bot.responder.ResponderException.Reason;
import botdb.bot.settings.ModelSettings;
import botdb.catalog.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ModelResponderTests {
  private static final String STOP =
      "{\"choices\": [{\"delta\": {}, \"finish_reason\": \"stop\"}]}";
  private static final ChatCompletions.Limits SHORT =
      new ChatCompletions.Limits(
          Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofSeconds(20));

  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> parts = new ArrayList<>();

  private static String piece(String text) {
    return "{\"choices\": [{\"delta\": {\"content\": \"" + text + "\"}, \"finish_reason\": null}]}";
  }

  private ModelResponder responder(URI server, ChatCompletions.Limits limits) {
    return new ModelResponder(
        new ModelSettings(server, "sk-secret", "m", "", 1000), limits, pauses::add);
  }

  private String ask(ScriptedServer server) {
    return ask(responder(server.url(), ChatCompletions.Limits.USUAL), parts::add);
  }

  private static String ask(ModelResponder responder, Consumer<String> parts) {
    Message question = Message.of("user", "private words", LocalDateTime.of(2025, 11, 5, 15, 30));
    return responder.reply(new Conversation(question, Earlier.of(List.of())), parts);
  }

  private void assertFails(ScriptedServer server, Reason reason, String fact) {
    assertThatThrownBy(() -> ask(server))
        .isInstanceOfSatisfying(
            ResponderException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessage("the model did not answer: " + fact)
        .hasNoCause();
  }

  @Test
  void gives_the_answer_piece_by_piece() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      server.thenEvents(piece("Hel"), piece("lo"), "{\"choices\": []}", STOP, "[DONE]");
      assertThat(ask(server)).isEqualTo("Hello");
      assertThat(parts).containsExactly("Hel", "lo");
      assertThat(pauses).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[DONE]", "{\"choices\": [{\"finish_reason\": \"length\"}]}"})
  void takes_either_end_for_the_end(String end) throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      assertThat(ask(server.thenEvents(piece("x"), end))).isEqualTo("x");
    }
  }

  @Test
  void takes_the_answer_of_a_server_that_does_not_stream() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      server.then(200, "application/json", "{\"choices\": [{\"message\": {\"content\": \"Hi\"}}]}");
      assertThat(ask(server)).isEqualTo("Hi");
      assertThat(parts).containsExactly("Hi");
    }
  }

  @Test
  void asks_again_after_growing_pauses_while_nothing_has_come() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      server.then(500, "text/plain", "x").thenEvents().thenEvents(piece("Hello"), STOP);
      assertThat(ask(server)).isEqualTo("Hello");
      assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }
  }

  @Test
  void gives_up_after_three_attempts() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      for (int i = 0; i < 4; i++) {
        server.then(429, "application/json", "{\"error\": {\"type\": \"requests\", \"code\": 7}}");
      }
      assertFails(server, Reason.BUSY, "status 429 (requests)");
      assertThat(server.asked()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400, context_length_exceeded, status 400 (context_length_exceeded)",
    "401, invalid_api_key, status 401 (invalid_api_key); see to OPENAI_API_KEY",
    "403, sk-secret, status 403; see to OPENAI_API_KEY",
    "404, model_not_found, status 404 (model_not_found); see to OPENAI_BASE_URL and OPENAI_MODEL",
    "429, insufficient_quota, status 429 (insufficient_quota)"
  })
  void does_not_ask_again_where_the_answer_would_be_the_same(int status, String code, String fact)
      throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      String error = "{\"error\": {\"message\": \"private words sk-secret\", \"code\": \"%s\"}}";
      server.then(status, "application/json", error.formatted(code));
      assertFails(server, Reason.REFUSED, fact);
      assertThat(server.asked()).isEqualTo(1);
    }
  }

  @Test
  void does_not_ask_again_once_a_piece_was_given() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      assertFails(
          server.thenEvents(piece("Hel")),
          Reason.BROKEN_OFF,
          "the answer broke off before its end");
      assertFails(
          server.thenEvents(piece("Hel"), "{\"error\": {\"code\": \"server_error\"}}"),
          Reason.BROKEN_OFF,
          "the server broke off with an error (server_error)");
      assertFails(
          server.thenEvents(piece("Hel"), "private words"),
          Reason.BROKEN_OFF,
          "a piece of the answer is not JSON");
      assertThat(server.asked()).isEqualTo(3);
    }
  }

  @Test
  void takes_an_empty_answer_for_none() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      assertFails(server.thenEvents(STOP), Reason.UNAVAILABLE, "the answer is empty");
    }
  }

  @Test
  void takes_no_answer_without_end() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      String endless = "x".repeat(600_000);
      assertFails(
          server.thenEvents(piece(endless), piece(endless)),
          Reason.BROKEN_OFF,
          "the answer does not end");
    }
  }

  @Test
  void does_not_wait_for_ever() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      assertThatThrownBy(() -> ask(responder(url, SHORT), parts::add))
          .hasMessage("the model did not answer: no answer in time");
      assertThat(pauses).isEmpty();
    }
  }

  @Test
  void says_that_nobody_is_there() throws IOException {
    URI url;
    try (ScriptedServer server = new ScriptedServer()) {
      url = server.url();
    }
    assertThatThrownBy(() -> ask(responder(url, ChatCompletions.Limits.USUAL), parts::add))
        .hasMessage("the model did not answer: it cannot be reached: ConnectException");
    assertThat(pauses).hasSize(2);
  }

  @Test
  void passes_on_what_who_takes_the_pieces_throws() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      server.thenEvents(piece("Hel"), STOP);
      assertThatThrownBy(
              () ->
                  ask(
                      responder(server.url(), ChatCompletions.Limits.USUAL),
                      part -> {
                        throw new IllegalStateException("gone");
                      }))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
