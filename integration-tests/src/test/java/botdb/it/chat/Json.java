package botdb.it.chat;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as another program would read and write it. */
final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static String quote(String text) {
    return MAPPER.writeValueAsString(text);
  }

  static JsonNode read(String json) {
    return MAPPER.readTree(json);
  }
}
