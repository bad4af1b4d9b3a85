package botdb.catalog.json;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CellEncodingTests {
  private static final String TEXT = "[{\"a\": \"ёжик 🦔\"}]";

  @Test
  void turns_a_cell_of_any_encoding_into_utf_8() {
    byte[] expected = TEXT.getBytes(UTF_8);
    assertThat(CellEncoding.UTF_8.toUtf8(expected)).isSameAs(expected);
    assertThat(CellEncoding.UTF_16LE.toUtf8(TEXT.getBytes(UTF_16LE))).isEqualTo(expected);
    assertThat(CellEncoding.UTF_16BE.toUtf8(TEXT.getBytes(UTF_16BE))).isEqualTo(expected);
  }

  @Test
  void refuses_a_text_that_ends_inside_a_surrogate_pair() {
    byte[] hedgehog = "🦔".getBytes(UTF_16LE);
    for (int length = 1; length < hedgehog.length; length++) {
      byte[] part = Arrays.copyOf(hedgehog, length);
      assertThatThrownBy(() -> CellEncoding.UTF_16LE.scannable(part))
          .isInstanceOf(JsonFault.class)
          .hasMessage("bytes that are not UTF-16");
    }
  }
}
