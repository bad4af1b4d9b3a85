package botdb.catalog.json;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberChangeTests {
  private static final JsonChange RENAME = JsonChange.rename("a", "b");
  private static final JsonChange REMOVE = JsonChange.remove("a");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|[]",
        "[{}]|[{}]",
        "[ { \"a\" : 1.0 , \"c\":\"\\u0061\" } ]|[ { \"b\" : 1.0 , \"c\":\"\\u0061\" } ]",
        "[{\"\\u0061\":1}]|[{\"b\":1}]",
        "[{\"c\":{\"a\":1}},{\"a\":[{\"a\":2}],\"a\":3}]|[{\"c\":{\"a\":1}},{\"b\":[{\"a\":2}],\"b\":3}]",
        "[{\"я🦔\":\"🦔\",\"a\":\"я\"}]|[{\"я🦔\":\"🦔\",\"b\":\"я\"}]",
      })
  void renames_the_member_of_each_element_and_nothing_else(String before, String after) {
    assertChanged(RENAME, before, after);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[{\"a\":1}]|[{}]",
        "[{ \"a\":1 }]|[{  }]",
        "[{\"a\":1, \"b\":2}]|[{\"b\":2}]",
        "[{\"b\":2, \"a\":1}]|[{\"b\":2}]",
        "[{\"b\":2 , \"a\":1 , \"c\":3}]|[{\"b\":2 , \"c\":3}]",
        "[{\"a\":1,\"a\":1,\"b\":2,\"a\":1,\"a\":1}]|[{\"b\":2}]",
        "[{\"a\":1,\"a\":{}}]|[{}]",
      })
  void removes_the_member_with_its_comma(String before, String after) {
    assertChanged(REMOVE, before, after);
  }

  @Test
  void transforms_the_value_of_a_member() {
    JsonChange upper = JsonChange.transform("a", v -> v.equals("1") ? "[true]" : v);
    assertChanged(
        upper,
        "[{\"a\": 1},{\"a\":11},{\"x\":{\"a\":1}}]",
        "[{\"a\": [true]},{\"a\":11},{\"x\":{\"a\":1}}]");
    assertThatThrownBy(
            () -> JsonChange.transform("a", v -> "no").apply("[{\"a\":1}]".getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void follows_a_path_and_leaves_alone_what_is_of_another_form() {
    assertChanged(
        JsonChange.rename("a", "b").at(JsonPath.elements().eachOf("calls")),
        "[{\"calls\":[{\"a\":1},7,[{\"a\":1}]],\"a\":1},{\"calls\":\"a\"},{\"calls\":{\"a\":1}},7]",
        "[{\"calls\":[{\"b\":1},7,[{\"a\":1}]],\"a\":1},{\"calls\":\"a\"},{\"calls\":{\"a\":1}},7]");
    assertChanged(
        JsonChange.remove("a").at(JsonPath.root().member("m")),
        " {\"a\":1,\"m\":{\"a\":1}} ",
        " {\"a\":1,\"m\":{}} ");
    assertChanged(JsonChange.remove("a").at(JsonPath.root()), "{\"a\":1}", "{}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "{\"a\":1}",
        "[7]",
        "[{\"a\":1}",
        "[{\"a\":1}]]",
        "[{\"a\":1,}]",
        "[{\"a\":1},]",
        "[{\"a\":[1,]}]",
        "[{\"a\":[,1]}]",
        "[{\"a\":{\"b\"}}]",
        "[{\"a\":{\"b\":1,}}]",
        "[{\"a\":{\"b\":1 \"c\":2}}]",
        "[{\"a\":[1}]}]",
        "[{\"a\":01}]",
        "[{\"a\":1.}]",
        "[{\"a\":-}]",
        "[{\"a\":1e}]",
        "[{\"a\":NaN}]",
        "[{\"a\":nul}]",
        "[{\"a\":\"\n\"}]",
        "[{\"a\" 1}]",
        "[{a:1}]",
        "[{\"a\":1,\"b\":2}]",
      })
  void refuses_what_is_not_json_of_that_form(String text) {
    assertThatThrownBy(() -> RENAME.apply(text.getBytes(UTF_8))).isInstanceOf(JsonFault.class);
  }

  @Test
  void passes_over_what_the_scanner_of_arrays_passes_over() {
    String values =
        "[{\"x\":[[],{},[{}],{\"y\":{}},-0,-0.5,1E+5,1e-5,true,false,null,\"\\\"\\u00e9\",[1,[2,{\"z\":[3]}],4]]}]";
    assertThat(RENAME.apply(values.getBytes(UTF_8))).isEqualTo(values.getBytes(UTF_8));
    String deep = "[{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"a\":1}]";
    assertChanged(RENAME, deep, deep.replace("\"a\"", "\"b\""));
  }

  private static void assertChanged(JsonChange change, String before, String after) {
    assertThat(new String(change.apply(before.getBytes(UTF_8)), UTF_8)).isEqualTo(after);
    assertThat(new String(change.apply(after.getBytes(UTF_8)), UTF_8)).isEqualTo(after);
    assertThat(new String(change.apply(before.getBytes(UTF_16LE), CellEncoding.UTF_16LE), UTF_16LE))
        .isEqualTo(after);
    assertThat(new String(change.apply(before.getBytes(UTF_16BE), CellEncoding.UTF_16BE), UTF_16BE))
        .isEqualTo(after);
  }
}
