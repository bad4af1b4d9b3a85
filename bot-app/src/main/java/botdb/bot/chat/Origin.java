package botdb.bot.chat;

import botdb.catalog.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a stored message notes of its way through a messenger: {@code "update_id"}, the update that
 * brought it or that it answers, and {@code "message_ids"}, the messages that answered it or that
 * it was sent as. A start after a crash reads from them what is left to do.
 *
 * @param updateId the update
 * @param messageIds what was sent, in its order
 */
record Origin(long updateId, List<Long> messageIds) {
  private static final String UPDATE = "update_id";
  private static final String SENT = "message_ids";
  private static final ObjectReader JSON = JsonMapper.builder().build().readerFor(JsonNode.class);

  /** Returns the origin of an update nothing of which was sent. */
  static Origin of(long updateId) {
    return new Origin(updateId, List.of());
  }

  /** Returns whether a message belongs to an update. */
  static boolean isOf(Message message, long updateId) {
    // Most do not, and are not worth being parsed.
    if (!message.json().contains(String.valueOf(updateId))) {
      return false;
    }
    Origin origin = read(message);
    return origin != null && origin.updateId == updateId;
  }

  /** Reads the origin of a message; null if it came another way. */
  static @Nullable Origin read(Message message) {
    if (!message.json().contains("\"" + UPDATE + "\"")) {
      return null;
    }
    JsonNode json = JSON.readValue(message.strictJson());
    JsonNode update = json.get(UPDATE);
    if (update == null || !update.isIntegralNumber()) {
      return null;
    }
    List<Long> sent = new ArrayList<>();
    json.path(SENT).forEach(id -> sent.add(id.asLong(0)));
    return new Origin(update.asLong(), List.copyOf(sent));
  }

  /** Returns the message with this origin, which it must not have one of yet. */
  Message on(Message message) {
    String open = message.json().substring(0, message.json().length() - 1);
    return Message.parse(open + members() + "}");
  }

  /**
   * Returns the message after one more was sent for it.
   *
   * @param message one that {@link #on} made
   */
  static Message sent(Message message, long messageId) {
    Origin before = read(message);
    if (before == null || !message.json().endsWith(before.members() + "}")) {
      throw new IllegalArgumentException("a message of another origin");
    }
    List<Long> sent = new ArrayList<>(before.messageIds);
    sent.add(messageId);
    int end = message.json().length() - before.members().length() - 1;
    String open = message.json().substring(0, end);
    return Message.parse(open + new Origin(before.updateId, sent).members() + "}");
  }

  private String members() {
    String members = ", \"%s\": %d".formatted(UPDATE, updateId);
    if (messageIds.isEmpty()) {
      return members;
    }
    String ids = messageIds.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return members + ", \"%s\": [%s]".formatted(SENT, ids);
  }
}
