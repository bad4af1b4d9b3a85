package botdb.catalog.message;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * The members of a message that have a meaning, read from its JSON; all others are passed over.
 *
 * <p>Where a name stands twice, the last one counts, as it did for the Python bot.
 *
 * @param role who wrote it; null if it is missing or no string
 * @param content its text: the string, or the texts of its parts in lines of their own; null if
 *     there is none
 * @param timestamp the text of its time; null if it is missing or no string
 */
public record MessageFields(
    @Nullable String role, @Nullable String content, @Nullable String timestamp) {

  /** The sizes of what users wrote are no reason to refuse it; it was stored before. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  /**
   * Reads a message.
   *
   * @param json a JSON object
   * @throws IllegalArgumentException if it is none
   */
  public static MessageFields read(String json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("a message is a JSON object");
      }
      String role = null;
      String content = null;
      String timestamp = null;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "role" -> role = string(parser);
          case "content" -> content = text(parser);
          case "timestamp" -> timestamp = string(parser);
          default -> parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more text after the message");
      }
      return new MessageFields(role, content, timestamp);
    } catch (tools.jackson.core.JacksonException e) {
      // Its own message shows a piece of the text.
      throw new IllegalArgumentException("a message is a JSON object");
    }
  }

  private static @Nullable String string(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    parser.skipChildren();
    return null;
  }

  private static @Nullable String text(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return string(parser);
    }
    StringBuilder text = new StringBuilder();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      String part = parser.currentToken() == JsonToken.START_OBJECT ? part(parser) : string(parser);
      if (part != null) {
        text.append(text.isEmpty() ? "" : "\n").append(part);
      }
    }
    return text.toString();
  }

  /** The text of a part: {@code {"type": "text", "text": "…"}}; pictures have none. */
  private static @Nullable String part(JsonParser parser) {
    String text = null;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      boolean isText = parser.currentName().equals("text");
      parser.nextToken();
      if (isText) {
        text = string(parser);
      } else {
        parser.skipChildren();
      }
    }
    return text;
  }
}
