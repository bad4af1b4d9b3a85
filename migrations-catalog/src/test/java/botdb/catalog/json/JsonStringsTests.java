package botdb.catalog.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonStringsTests {

  @Test
  void quotes_what_must_be_quoted_and_nothing_else() {
    assertThat(JsonStrings.quote("Привет, \"ёжик\" 🦔\\\n\t\u0000\u001f/\u007f"))
        .isEqualTo("\"Привет, \\\"ёжик\\\" 🦔\\\\\\n\\u0009\\u0000\\u001f/\u007f\"");
  }

  @Test
  void escapes_half_a_surrogate_pair() {
    assertThat(JsonStrings.quote("\ud83d")).isEqualTo("\"\\ud83d\"");
    assertThat(JsonStrings.quote("\udd94\ud83e")).isEqualTo("\"\\udd94\\ud83e\"");
    assertThat(JsonStrings.quote("\ud83d\ud83e\udd94")).isEqualTo("\"\\ud83d🦔\"");
  }

  @Test
  void writes_what_the_scanner_reads() {
    for (char c = 0; c < 0xFFFF; c++) {
      byte[] quoted = JsonStrings.quote("x" + c).getBytes(UTF_8);
      assertThat(JsonStrings.skip(quoted, 0)).isEqualTo(quoted.length);
    }
  }
}
