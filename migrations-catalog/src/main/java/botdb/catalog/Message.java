package botdb.catalog;

import botdb.catalog.json.JsonStrings;
import botdb.catalog.message.MessageFields;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One message of a user's history.
 *
 * <p>A message that was read keeps its JSON to the letter: members that this record does not name,
 * their order, numbers that a {@code double} cannot hold. Written again, it is the same.
 *
 * <pre>{@code
 * Message question = Message.of("user", "2+2?", LocalDateTime.now(ZoneOffset.UTC));
 * Message old = Message.parse("{\"role\": \"user\", \"content\": \"Hi\", \"timestamp\": null}");
 * old.timestamp();   // null: nobody noted the time
 * }</pre>
 *
 * @param role who wrote it, {@code user}, {@code assistant}, {@code system} or {@code tool}; null
 *     if the JSON does not say
 * @param content its text, of a content in parts the texts of its parts; null if it has none
 * @param timestamp when it was written, in the zone that the bot is set to (UTC unless told
 *     otherwise); null if nobody noted it or it is not written as {@code 2025-11-05 15:30:45}
 * @param json the JSON object that it is stored as
 */
public record Message(
    @Nullable String role,
    @Nullable String content,
    @Nullable LocalDateTime timestamp,
    String json) {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

  /**
   * A string, which is passed over whole, or one of the words; possessive, so that it never recurs.
   */
  private static final Pattern NON_NUMBER =
      Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|Infinity|NaN");

  /**
   * Checks that the parts and the JSON say the same.
   *
   * @throws IllegalArgumentException if they do not, or the JSON is no object; {@link #of} and
   *     {@link #parse} cannot disagree with themselves
   */
  public Message {
    MessageFields fields = MessageFields.read(json);
    boolean same =
        java.util.Objects.equals(role, fields.role())
            && java.util.Objects.equals(content, fields.content())
            && java.util.Objects.equals(timestamp, time(fields.timestamp()));
    if (!same) {
      throw new IllegalArgumentException(
          "the parts of a message and its JSON say different things");
    }
  }

  /**
   * Makes a new message.
   *
   * @param timestamp when it was written; fractions of a second are cut off
   */
  public static Message of(String role, String content, LocalDateTime timestamp) {
    LocalDateTime second = timestamp.withNano(0);
    String json =
        "{\"role\": %s, \"content\": %s, \"timestamp\": \"%s\"}"
            .formatted(
                JsonStrings.quote(role), JsonStrings.quote(content), TIMESTAMP.format(second));
    return new Message(role, content, second, json);
  }

  /**
   * Reads a message from its JSON, which is kept as it is.
   *
   * @throws IllegalArgumentException if it is no JSON object
   */
  public static Message parse(String json) {
    MessageFields fields = MessageFields.read(json);
    return new Message(fields.role(), fields.content(), time(fields.timestamp()), json);
  }

  /**
   * Returns the JSON for readers that know RFC 8259 alone.
   *
   * <p>The Python bot wrote {@code Infinity} and {@code NaN}, which are no JSON: the first becomes
   * a number too large for a {@code double}, which reads as infinity again, the second null.
   */
  public String strictJson() {
    Matcher matcher = NON_NUMBER.matcher(json);
    return matcher.replaceAll(
        found ->
            switch (found.group()) {
              case "Infinity" -> "1e999";
              case "NaN" -> "null";
              default -> Matcher.quoteReplacement(found.group());
            });
  }

  private static @Nullable LocalDateTime time(@Nullable String text) {
    try {
      return text == null ? null : LocalDateTime.parse(text, TIMESTAMP);
    } catch (DateTimeException e) {
      return null; // somebody else's notation stays in the JSON, untouched
    }
  }
}
