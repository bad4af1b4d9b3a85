package botdb.bot.page;

import botdb.catalog.Message;
import botdb.catalog.json.JsonStrings;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A message as the page gets it: who, what, and when as a moment that every reader can put into his
 * own zone; as it is stored, it has the time of the bot's zone.
 */
final class ShownMessage {
  private ShownMessage() {}

  /** {@code {"position": 7, "role": "user", "content": "Hello!", "time": "…Z"}}. */
  static String json(int position, Message message, ZoneId zone) {
    String time =
        message.timestamp() == null
            ? null
            : message.timestamp().atZone(zone).toInstant().toString();
    return "{\"position\": %d, \"role\": %s, \"content\": %s, \"time\": %s}"
        .formatted(position, quote(message.role()), quote(message.content()), quote(time));
  }

  private static String quote(@Nullable String text) {
    return text == null ? "null" : JsonStrings.quote(text);
  }
}
