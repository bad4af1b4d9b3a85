package botdb.bot.model;

import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * The word in which a server says what is the matter, such as {@code invalid_api_key}.
 *
 * <p>Its sentences stay out of the log: they quote keys and messages.
 */
final class ErrorCode {
  private static final Pattern WORD = Pattern.compile("[a-z]{2,30}(_[a-z]{1,30}){0,8}");
  private static final ObjectReader JSON = JsonMapper.builder().build().readerFor(JsonNode.class);

  private ErrorCode() {}

  /** Returns the word of an answer in parentheses, after a space; empty if it has none. */
  static String of(String body) {
    try {
      JsonNode json = JSON.readValue(body);
      return json == null ? "" : of(json);
    } catch (JacksonException e) {
      return "";
    }
  }

  /** Returns the same of an answer that is read already. */
  static String of(JsonNode json) {
    for (String name : new String[] {"code", "type"}) {
      String word = json.path("error").path(name).asString("");
      if (WORD.matcher(word).matches()) {
        return " (" + word + ")";
      }
    }
    return "";
  }
}
