package botdb.bot.http;

import io.javalin.http.Context;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads requests, and takes nothing on trust. */
public final class Requests {
  private static final int MAX_BODY = 1 << 20;
  private static final int MAX_CONTENT = 100_000;
  private static final ObjectReader JSON = JsonMapper.builder().build().readerFor(JsonNode.class);

  private Requests() {}

  /** The user that the path names: 64 bits in decimal digits, maybe negative. */
  static long userId(Context context) {
    String text = context.pathParam("id");
    try {
      if (isDecimal(text)) {
        return Long.parseLong(text);
      }
    } catch (NumberFormatException e) {
      // More than 64 bits; said below, the same for all that is no id.
    }
    throw new Problem(400, "invalid_user_id", "the id of a user is a whole number of 64 bits");
  }

  /** Returns a number of the query between two bounds. */
  public static int number(Context context, String name, int otherwise, int min, int max) {
    String text = context.queryParam(name);
    if (text == null) {
      return otherwise;
    }
    try {
      if (isDecimal(text) && Integer.parseInt(text) >= min && Integer.parseInt(text) <= max) {
        return Integer.parseInt(text);
      }
    } catch (NumberFormatException e) {
      // More than 32 bits; said below, the same for all that does not fit.
    }
    throw new Problem(
        400, "invalid_" + name, "%s is a number from %d to %d".formatted(name, min, max));
  }

  /** {@link Long#parseLong} takes a plus and the digits of every script. */
  private static boolean isDecimal(String text) {
    int first = text.startsWith("-") ? 1 : 0;
    return text.length() > first && text.chars().skip(first).allMatch(c -> c >= '0' && c <= '9');
  }

  /** Returns what the user wrote. */
  public static String content(Context context) {
    requireJson(context.contentType());
    JsonNode content = parse(body(context)).get("content");
    if (content == null || !content.isString() || content.stringValue().isBlank()) {
      throw new Problem(400, "invalid_content", "content is a string that is not blank");
    }
    String text = content.stringValue();
    if (text.codePointCount(0, text.length()) > MAX_CONTENT) {
      throw new Problem(
          400, "content_too_long", "content has at most %d characters".formatted(MAX_CONTENT));
    }
    return text;
  }

  private static void requireJson(@Nullable String contentType) {
    String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
    if (!type.equalsIgnoreCase("application/json")) {
      throw new Problem(415, "not_json", "send the body as application/json");
    }
  }

  private static byte[] body(Context context) {
    return body(context, MAX_BODY);
  }

  /** Returns the body, of no more bytes than that. */
  public static byte[] body(Context context, int longest) {
    try {
      byte[] body = context.req().getInputStream().readNBytes(longest + 1);
      if (body.length <= longest) {
        return body;
      }
    } catch (IOException e) {
      throw new Problem(400, "incomplete", "the body of the request did not arrive");
    }
    throw new Problem(413, "too_large", "the body has at most %d bytes".formatted(longest));
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode json = JSON.readValue(body);
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JacksonException e) {
      // Its message quotes the body; said below.
    }
    throw new Problem(400, "malformed_json", "the body is not a JSON object");
  }
}
