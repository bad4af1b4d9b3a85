package botdb.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTests {
  private static final LocalDateTime TIME = LocalDateTime.of(2025, 11, 5, 15, 30, 45, 999);

  @Test
  void is_written_as_the_contract_says() {
    assertThat(Message.of("user", "2+2?\n\"да\"", TIME).json())
        .isEqualTo(
            "{\"role\": \"user\", \"content\": \"2+2?\\n\\\"да\\\"\","
                + " \"timestamp\": \"2025-11-05 15:30:45\"}");
  }

  @Test
  void reads_what_it_wrote() {
    Message message = Message.of("assistant", "\u0000\ud83d 🦔", TIME);
    assertThat(Message.parse(message.json())).isEqualTo(message);
    assertThat(message.timestamp()).isEqualTo(TIME.withNano(0));
    assertThat(message.content()).isEqualTo("\u0000\ud83d 🦔");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"timestamp\": null}",
        "{\"timestamp\": 1762356645}",
        "{\"timestamp\": \"yesterday\"}",
        "{\"timestamp\": \"2025-02-30 00:00:00\"}",
        "{\"timestamp\": {\"timestamp\": \"2025-11-05 15:30:45\"}}",
      })
  void has_no_time_where_none_can_be_read(String json) {
    assertThat(Message.parse(json).timestamp()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"content\":\"a\",\"role\":\"user\",\"n\":1.0,\"big\":123456789012345678901234567890,"
            + "\"exp\":1E400,\"neg\":-0.0,\"timestamp\":null}",
        "{ \"role\" : \"user\" , \"role\" : \"tool\" }",
        "{\"content\":null,\"tool_calls\":[{\"id\":\"c1\"}]}",
        "{\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"x\"}}]}",
        "{\"a\":\"\\u0041\\ud83d\"}",
      })
  void keeps_its_json_to_the_letter(String json) {
    assertThat(Message.parse(json).json()).isEqualTo(json);
  }

  @Test
  void reads_the_texts_of_a_content_in_parts() {
    String json =
        "{\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"image_url\":{\"text\":\"no\"}},"
            + "\"b\",7,[\"c\"],{\"text\":\"d\",\"type\":\"text\"}]}";
    assertThat(Message.parse(json).content()).isEqualTo("a\nb\nd");
  }

  @Test
  void takes_the_last_of_two_members_of_one_name() {
    Message message =
        Message.parse("{\"role\":\"user\",\"content\":\"a\",\"role\":\"tool\",\"content\":null}");
    assertThat(message.role()).isEqualTo("tool");
    assertThat(message.content()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{", "{} {}", "{\"a\":01}", "null", "{\"secret\" \"words\"}"})
  void refuses_what_is_no_object_without_showing_it(String json) {
    assertThatThrownBy(() -> Message.parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void reads_the_numbers_of_the_python_bot_and_writes_them_as_json() {
    Message message =
        Message.parse(
            "{\"a\":[Infinity,-Infinity,NaN],\"NaN\":\"Infinity \\\" NaN\",\"b\":\"$1 \\\\\"}");
    assertThat(message.strictJson())
        .isEqualTo("{\"a\":[1e999,-1e999,null],\"NaN\":\"Infinity \\\" NaN\",\"b\":\"$1 \\\\\"}");
    Message many = Message.parse("{\"a\":NaN,\"b\":\"" + "x\\n".repeat(200_000) + "\"}");
    assertThat(many.strictJson())
        .startsWith("{\"a\":null,\"b\":\"x")
        .hasSize(many.json().length() + 1);
  }

  @Test
  void does_not_let_its_parts_and_its_json_disagree() {
    assertThatThrownBy(
            () -> new Message("user", "a", null, "{\"role\": \"user\", \"content\": \"b\"}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nests_as_deep_as_it_gets() {
    String json = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"role\":\"user\"}";
    assertThat(Message.parse(json).role()).isEqualTo("user");
  }
}
