package botdb.bot.model;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.bot.responder.Earlier;
import botdb.catalog.Message;
import botdb.catalog.history.Histories;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContextWindowTests {
  private static final int PLENTY = 1_000_000;

  private static List<String> shown(int budget, String... messages) {
    List<Message> stored = new ArrayList<>();
    for (String json : messages) {
      stored.add(Message.parse(json));
    }
    return ContextWindow.of(Earlier.of(stored), budget).stream()
        .map(message -> message.json().toString())
        .toList();
  }

  private static String user(String content) {
    return "{\"role\":\"user\",\"content\":\"" + content + "\"}";
  }

  private static String call(String... ids) {
    List<String> calls = new ArrayList<>();
    for (String id : ids) {
      calls.add("{\"id\":\"" + id + "\",\"type\":\"function\"}");
    }
    return "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
        + String.join(",", calls)
        + "]}";
  }

  private static String result(String id) {
    return "{\"role\":\"tool\",\"content\":\"r\",\"tool_call_id\":\"" + id + "\"}";
  }

  @Test
  void sends_what_the_interface_knows_and_nothing_else() {
    assertThat(
            shown(
                PLENTY,
                "{\"role\": \"user\", \"content\": \"a\", \"timestamp\": null, \"update_id\": 5}",
                "{\"timestamp\": \"x\", \"role\": \"assistant\", \"content\": [{\"type\": \"text\"}], \"cost\": 1}",
                "{\"role\": \"user\", \"name\": \"Ann\", \"content\": \"b\", \"exp\": Infinity}"))
        .containsExactly(
            user("a"),
            "{\"role\":\"assistant\",\"content\":[{\"type\":\"text\"}]}",
            "{\"role\":\"user\",\"content\":\"b\",\"name\":\"Ann\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"role\": \"stranger\", \"content\": \"x\"}",
        "{\"role\": \"assistant\", \"content\": null}",
        "{\"role\": \"user\"}"
      })
  void leaves_out_what_a_model_could_make_nothing_of(String message) {
    assertThat(shown(PLENTY, user("a"), message, user("b"))).containsExactly(user("a"), user("b"));
  }

  @Test
  void takes_the_newest_that_fit_to_the_token() {
    int tokens = ModelMessage.of("user", "abc").tokens();
    String[] messages = {user("abc"), user("def"), user("ghi")};
    assertThat(shown(3 * tokens, messages)).hasSize(3);
    assertThat(shown(3 * tokens - 1, messages)).containsExactly(user("def"), user("ghi"));
    assertThat(shown(tokens - 1, messages)).isEmpty();
    assertThat(shown(0, messages)).isEmpty();
  }

  @Test
  void takes_cyrillic_for_more_tokens_than_latin() {
    assertThat(ModelMessage.of("user", "жжжжжж").tokens())
        .isEqualTo(ModelMessage.of("user", "zzzzzz").tokens() + 2);
  }

  @Test
  void keeps_calls_of_tools_and_their_results_together() {
    String[] turn = {call("1", "2"), result("2"), result("1")};
    assertThat(shown(PLENTY, turn)).containsExactly(turn);
    int tokens =
        ContextWindow.of(
                Earlier.of(
                    List.of(
                        Message.parse(turn[0]), Message.parse(turn[1]), Message.parse(turn[2]))),
                PLENTY)
            .stream()
            .mapToInt(ModelMessage::tokens)
            .sum();
    assertThat(shown(tokens, turn)).hasSize(3);
    assertThat(shown(tokens - 1, turn)).isEmpty();
  }

  @Test
  void leaves_out_calls_without_results_and_results_without_calls() {
    assertThat(shown(PLENTY, result("1"), user("a"), call("1", "2"), result("1"), user("b")))
        .containsExactly(user("a"), user("b"));
    assertThat(shown(PLENTY, call("1"), result("1"), result("1"), result("9"), user("b")))
        .containsExactly(call("1"), result("1"), user("b"));
    assertThat(shown(PLENTY, user("a"), call("1"))).containsExactly(user("a"));
  }

  @Test
  void reads_no_more_of_a_long_history_than_it_has_to() {
    List<Message> stored =
        IntStream.range(0, 100_000)
            .mapToObj(i -> Message.of("user", "message " + i, LocalDateTime.of(2025, 1, 1, 0, 0)))
            .toList();
    AtomicInteger read = new AtomicInteger();
    Earlier counted =
        (before, limit) -> {
          Histories.Page page = Earlier.of(stored).page(before, limit);
          read.addAndGet(page.messages().size());
          return page;
        };
    List<ModelMessage> shown = ContextWindow.of(counted, 4000);
    assertThat(shown.size()).isBetween(200, 400);
    assertThat(shown.get(shown.size() - 1).json().get("content").asString())
        .isEqualTo("message 99999");
    assertThat(read.get()).isLessThanOrEqualTo(500);
  }
}
