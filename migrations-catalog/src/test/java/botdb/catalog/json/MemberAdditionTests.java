package botdb.catalog.json;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberAdditionTests {
  private static final MemberAddition ADDITION = new MemberAddition("timestamp", "null");
  private static final int CASES = 20_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"role\":\"user\"}] | [{\"role\":\"user\", \"timestamp\": null}]",
        "[{}] | [{\"timestamp\": null}]",
        "[{ }] | [{\"timestamp\": null }]",
        "[ {\"a\" : 1 } , {\"b\":[{}]} ] | [ {\"a\" : 1, \"timestamp\": null } , {\"b\":[{}], \"timestamp\": null} ]",
        "[{\"timestamp\":null}] | [{\"timestamp\":null}]",
        "[{\"time\\u0073tamp\":7}] | [{\"time\\u0073tamp\":7}]",
        "[{\"meta\":{\"timestamp\":1}}] | [{\"meta\":{\"timestamp\":1}, \"timestamp\": null}]",
        "[{\"timestamps\":1}] | [{\"timestamps\":1, \"timestamp\": null}]",
        "[{\"timestam\":1}] | [{\"timestam\":1, \"timestamp\": null}]",
        "[{\"\\u0074ime\":1}] | [{\"\\u0074ime\":1, \"timestamp\": null}]",
        "[] | []",
        "[ ] | [ ]",
      })
  void adds_the_member_where_it_is_missing(String before, String after) {
    assertThat(apply(before)).isEqualTo(after);
  }

  @Test
  void knows_a_name_however_it_is_escaped() {
    MemberAddition addition = new MemberAddition("a/b\tc", "1");
    for (String name : new String[] {"a/b\\tc", "a\\/b\\tc", "\\u0061\\u002Fb\\u0009c"}) {
      byte[] history = ("[{\"" + name + "\":2}]").getBytes(UTF_8);
      assertThat(addition.apply(history, CellEncoding.UTF_8)).as(name).isSameAs(history);
    }
    for (String name : new String[] {"a/bc", "a\\/b\\nc", "a/b\\tc\\t", "a/b\\tC"}) {
      byte[] history = ("[{\"" + name + "\":2}]").getBytes(UTF_8);
      assertThat(addition.apply(history, CellEncoding.UTF_8)).as(name).isNotSameAs(history);
    }
  }

  @Test
  void tells_the_offset_of_a_fault_in_bytes() {
    byte[] text = "[{\"é\":1 2}]".getBytes(UTF_8);
    assertThatThrownBy(() -> ADDITION.apply(text, CellEncoding.UTF_8))
        .isInstanceOfSatisfying(JsonFault.class, f -> assertThat(f.offset()).isEqualTo(9));
  }

  @Test
  void agrees_with_the_slow_implementation_on_any_history() {
    for (long seed = 0; seed < CASES; seed++) {
      byte[] history = RandomJson.history(seed);
      String expected = SlowJson.withTimestamps(history);
      assertThat(expected).isNotNull();
      assertThat(new String(ADDITION.apply(history, CellEncoding.UTF_8), UTF_8))
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }

  @Test
  void agrees_with_the_slow_implementation_on_what_is_no_history() {
    int refused = 0;
    for (long seed = 0; seed < CASES; seed++) {
      refused += isTaken(RandomJson.damaged(seed)) ? 0 : 1;
    }
    assertThat(refused).as("most of them are damaged for good").isGreaterThan(CASES / 3);
  }

  @Test
  void agrees_with_the_slow_implementation_on_any_bytes() {
    int taken = 0;
    for (long seed = 0; seed < CASES; seed++) {
      taken += isTaken(RandomJson.bytes(seed)) ? 1 : 0;
    }
    assertThat(taken).as("some happen to be JSON").isPositive();
  }

  @Test
  void agrees_with_the_slow_implementation_wherever_a_history_is_cut_off() {
    for (long seed = 0; seed < CASES / 400; seed++) {
      byte[] history = RandomJson.history(seed);
      for (int end = 0; end < history.length; end++) {
        isTaken(Arrays.copyOf(history, end));
      }
    }
  }

  @Test
  void agrees_with_the_slow_implementation_on_any_number_of_messages() {
    for (int messages = 0; messages <= 130; messages++) {
      for (String message : new String[] {"{}", "{\"a\":1}", "{\"timestamp\":1}"}) {
        String history = "[" + String.join(",", Collections.nCopies(messages, message)) + "]";
        assertThat(isTaken(history.getBytes(UTF_8))).isTrue();
      }
    }
  }

  /**
   * Whether it is a history; the slow implementation must say the same, and make the same of it.
   */
  private static boolean isTaken(byte[] text) {
    String expected = SlowJson.withTimestamps(text);
    String actual;
    try {
      actual = new String(ADDITION.apply(text, CellEncoding.UTF_8), UTF_8);
    } catch (JsonFault e) {
      actual = null;
      assertThat(e.offset()).isBetween(0, text.length);
      assertThat(e.describe(text)).matches("(?s).* \\(character \\d+ of \\d+\\)");
    }
    assertThat(actual).as(() -> HexFormat.of().formatHex(text)).isEqualTo(expected);
    return actual != null;
  }

  @Test
  void changes_nothing_the_second_time() {
    for (long seed = 0; seed < CASES / 10; seed++) {
      byte[] once = ADDITION.apply(RandomJson.history(seed), CellEncoding.UTF_8);
      assertThat(ADDITION.apply(once, CellEncoding.UTF_8)).isSameAs(once);
    }
  }

  @Test
  void does_the_same_in_utf_16() {
    for (long seed = 0; seed < CASES / 4; seed++) {
      byte[] history = RandomJson.history(seed);
      String text = new String(history, UTF_8);
      String expected = new String(ADDITION.apply(history, CellEncoding.UTF_8), UTF_8);
      assertThat(ADDITION.apply(text.getBytes(UTF_16LE), CellEncoding.UTF_16LE))
          .isEqualTo(expected.getBytes(UTF_16LE));
      assertThat(ADDITION.apply(text.getBytes(UTF_16BE), CellEncoding.UTF_16BE))
          .isEqualTo(expected.getBytes(UTF_16BE));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"role\":1} | not a JSON array (character 1 of 10)",
        "42 | not a JSON array (character 1 of 2)",
        "[{\"a\":\"б | the text ends inside a string (character 8 of 8)",
        "[{}, 7] | element 2 is not an object (character 6 of 7)",
        "[{}] x | more text after the array (character 6 of 6)",
        "[{},] | element 2 is not an object (character 5 of 5)",
        "[{'a':1}] | a name in double quotes expected (character 3 of 9)",
        "[{\"é\":1 2}] | a comma or the end of the object expected (character 9 of 11)",
        "[{\"a\":[1 2]}] | a comma or the end of the array expected (character 10 of 13)",
        "[{\"a\" 1}] | a colon expected (character 7 of 9)",
        "[{\"a\":01}] | a comma or the end of the object expected (character 8 of 10)",
        "[{\"a\":1.}] | a digit expected (character 9 of 10)",
        "[{\"a\":nul}] | a value expected (character 10 of 11)",
        "[{\"a\":\"\\x\"}] | an escape that JSON does not have (character 8 of 12)",
        "[{\"a\":\"\\u12G4\"}] | an escape without four hexadecimal digits (character 8 of 16)",
        "[{} | the text ends where a comma or the end of the array is expected (character 3 of 3)",
        "[ | the text ends where an object is expected (character 1 of 1)",
      })
  void says_where_and_why(String text, String message) {
    assertThatThrownBy(() -> apply(text))
        .isInstanceOfSatisfying(
            JsonFault.class,
            fault -> assertThat(fault.describe(text.getBytes(UTF_8))).isEqualTo(message));
  }

  @Test
  void refuses_control_characters_and_bytes_that_are_not_utf_8() {
    assertFault("[{\"a\":\"\t\"}]".getBytes(UTF_8), "a control character inside a string");
    for (int[] bad :
        new int[][] {
          {0x80},
          {0xC0, 0x80},
          {0xC3},
          {0xE0, 0x9F, 0x80},
          {0xED, 0xA0, 0x80},
          {0xF0, 0x8F, 0x80, 0x80},
          {0xF4, 0x90, 0x80, 0x80},
          {0xF5, 0x80, 0x80, 0x80},
          {0xE2, 0x82}
        }) {
      byte[] text = "[{\"a\":\"....\"}]".getBytes(UTF_8);
      for (int i = 0; i < bad.length; i++) {
        text[7 + i] = (byte) bad[i];
      }
      assertFault(text, "bytes that are not UTF-8");
    }
  }

  @Test
  void refuses_half_surrogates_and_half_units_in_utf_16() {
    byte[] half = "[{\"a\":\"\ud83d\"}]".getBytes(UTF_16LE);
    // The encoder replaces what it cannot encode: put the half back.
    half[14] = 0x3D;
    half[15] = (byte) 0xD8;
    assertThatThrownBy(() -> ADDITION.apply(half, CellEncoding.UTF_16LE))
        .hasMessage("bytes that are not UTF-16");
    byte[] odd = Arrays.copyOf("[]".getBytes(UTF_16LE), 5);
    assertThatThrownBy(() -> ADDITION.apply(odd, CellEncoding.UTF_16LE))
        .hasMessage("bytes that are not UTF-16");
  }

  @Test
  void nests_as_deep_as_it_gets() {
    String deep = "[{\"a\":" + "[".repeat(500_000) + "{}" + "]".repeat(500_000);
    assertThat(apply(deep + "}]").equals(deep + ", \"timestamp\": null}]")).isTrue();
    assertThatThrownBy(() -> apply("[".repeat(100_000))).hasMessage("element 1 is not an object");
  }

  private static void assertFault(byte[] text, String message) {
    assertThatThrownBy(() -> ADDITION.apply(text, CellEncoding.UTF_8))
        .isInstanceOf(JsonFault.class)
        .hasMessage(message);
  }

  private static String apply(String text) {
    return new String(ADDITION.apply(text.getBytes(UTF_8), CellEncoding.UTF_8), UTF_8);
  }
}
