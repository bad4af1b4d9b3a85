package botdb.catalog.message;

import org.jspecify.annotations.Nullable;

/**
 * A message before migration 001: it has no time.
 *
 * @param role who wrote it; null if the JSON does not say
 * @param content its text; null if it has none
 * @param json the object as it stands in the history, with whatever else it holds
 */
public record MessageV000(@Nullable String role, @Nullable String content, String json) {

  /**
   * Reads a message.
   *
   * @throws IllegalArgumentException if it is no JSON object
   */
  public static MessageV000 parse(String json) {
    MessageFields fields = MessageFields.read(json);
    return new MessageV000(fields.role(), fields.content(), json);
  }
}
