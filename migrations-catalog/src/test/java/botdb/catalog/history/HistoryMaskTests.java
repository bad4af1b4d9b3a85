package botdb.catalog.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HistoryMaskTests {
  private static final String MARKED =
      """
      [{"role": "user", "content": "Secret \\"words\\" of secret\\u0041\\nand сЕКРЕТ 👩‍👩‍👧, 7!",
        "timestamp": "2025-11-05 15:30:45", "n": -1.5e3, "ok": true, "none": null},
       {"role": "assistant", "content": null, "tool_calls": [{"type": "function", "id": "secret1",
        "function": {"name": "secret", "arguments": "{\\"secret\\": \\"secret\\"}"}}]},
       {"role": ["secret"], "type": {"role": "secret", "type": "a secret"}, "a secret": 1,
        "секрет": 2, "timestamp": "the secret time"}]""";

  @Test
  void shows_how_a_history_is_built_and_not_a_word_of_it() {
    assertThat(mask(MARKED))
        .isEqualTo(
            """
            [{"role": "user", "content": "xxxxxx xxxxxxx xx xxxxxxxxxxx xxxxxx xxx…",
              "timestamp": "2025-11-05 15:30:45", "n": -1.5e3, "ok": true, "none": null},
             {"role": "assistant", "content": null, "tool_calls": [{"type": "function", "id": "xxxxxxx",
              "function": {"name": "xxxxxx", "arguments": "{xxxxxxxx: xxxxxxxx}"}}]},
             {"role": ["xxxxxx"], "type": {"role": "xxxxxx", "type": "x xxxxxx"}, "x xxxxxx": 1,
              "xxxxxx": 2, "timestamp": "xxx xxxxxx xxxx"}]""");
  }

  @Test
  void shows_not_a_word_wherever_the_text_is_cut_off() {
    for (int end = 0; end <= MARKED.length(); end++) {
      assertThat(mask(MARKED.substring(0, end)).toLowerCase(java.util.Locale.ROOT))
          .doesNotContain("sec", "секр", "сек", "👩");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"role\": \"user\", \"content\": secret}]",
        "[{'role': 'secret'}]",
        "{\"role\": \"user\", \"secret\": 1}",
        "[{\"secret\": 1}] secret",
        "[\"secret\"]",
        "\"secret\"",
        "the secret",
        "secret42"
      })
  void masks_the_whole_of_what_is_no_history(String text) {
    assertThat(mask(text)).doesNotContain("secret", "role").hasSameSizeAs(text);
    assertThat(mask(text)).doesNotContainPattern("[a-wyz0-9]");
  }

  @ParameterizedTest
  @CsvSource({
    "2025-10-01 09:00:00, xxxx-xx-xx xx:xx:xx",
    "'Ada O''Neil', x x'x",
    "12345, xxxxx",
    "नमस्ते 👋🏽, x x",
    "'', ''",
    "[], []"
  })
  void masks_other_text_character_by_character(String text, String masked) {
    assertThat(mask(text).replaceAll("x+", "x")).isEqualTo(masked.replaceAll("x+", "x"));
  }

  @Test
  void cuts_off_what_is_long() {
    assertThat(mask("s".repeat(1000))).isEqualTo("x".repeat(40) + "…");
  }

  private static String mask(String text) {
    return new HistoryMask().apply(text);
  }
}
