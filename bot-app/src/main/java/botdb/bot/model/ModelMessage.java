package botdb.bot.model;

import botdb.catalog.Message;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stored message as a model is shown it: the members that the interface knows, as they are
 * stored, and no others; servers refuse what they do not know, and times are none of theirs.
 *
 * @param json what is sent
 * @param tokens how many tokens it is taken for
 */
record ModelMessage(ObjectNode json, int tokens) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");
  private static final List<String> MEMBERS =
      List.of("role", "content", "name", "tool_calls", "tool_call_id", "function_call", "refusal");

  /** Few languages have tokens of less than three bytes. */
  private static final int BYTES_OF_A_TOKEN = 3;

  /** Makes a message of its JSON. */
  static ModelMessage of(ObjectNode json) {
    int bytes = json.toString().getBytes(StandardCharsets.UTF_8).length;
    return new ModelMessage(json, 1 + bytes / BYTES_OF_A_TOKEN);
  }

  /** Makes a message of text. */
  static ModelMessage of(String role, String content) {
    return of(JSON.createObjectNode().put("role", role).put("content", content));
  }

  /** Makes a message of a stored one; null where a model could make nothing of it. */
  static @Nullable ModelMessage of(Message message) {
    if (message.role() == null || !ROLES.contains(message.role())) {
      return null;
    }
    try {
      JsonNode stored = JSON.readTree(message.strictJson());
      ObjectNode json = JSON.createObjectNode();
      for (String name : MEMBERS) {
        JsonNode member = stored.get(name);
        if (member != null) {
          json.set(name, member);
        }
      }
      boolean saysNothing = json.path("content").isNull() || json.path("content").isMissingNode();
      boolean asksNothing = !json.hasNonNull("tool_calls") && !json.hasNonNull("function_call");
      return saysNothing && asksNothing ? null : of(json);
    } catch (JacksonException e) {
      return null; // deeper or longer than any model takes
    }
  }

  /** Returns whether it is the result of a tool. */
  boolean isToolResult() {
    return json.path("role").asString("").equals("tool");
  }

  /** Returns the call that it is the result of. */
  String toolCallId() {
    return json.path("tool_call_id").asString("");
  }

  /** Returns the calls of tools that it asks for. */
  List<String> toolCallIds() {
    return json.path("tool_calls").valueStream().map(c -> c.path("id").asString("")).toList();
  }
}
