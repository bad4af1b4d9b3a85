package botdb.bot.responder;

import botdb.catalog.Message;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers from what is stored, without a model: how much that is, since when, and what the user
 * wrote about the same thing before.
 *
 * <p>Answers in Russian where the question holds a Cyrillic letter, in English everywhere else. The
 * same conversation at the same time gets the same answer.
 */
public final class OfflineResponder implements Responder {
  private static final int QUOTE_LENGTH = 200;

  private final Clock clock;

  /** Makes a responder that tells the time, in the zone of the timestamps, by a clock. */
  public OfflineResponder(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String reply(Conversation conversation, Consumer<String> parts) {
    String reply = reply(conversation);
    parts.accept(reply);
    return reply;
  }

  private String reply(Conversation conversation) {
    String question = text(conversation.question());
    Phrases phrases = Phrases.inLanguageOf(question);
    StringBuilder reply = new StringBuilder(phrases.get("no-model")).append(' ');
    if (conversation.earlier().isEmpty()) {
      return reply.append(phrases.get("first")).toString();
    }
    reply.append(stored(conversation.earlier(), phrases)).append('\n');
    Message similar = new Search(conversation.earlier()).bestFor(question);
    return reply
        .append(similar == null ? phrases.get("nothing-alike") : quote(similar, phrases))
        .toString();
  }

  private static String stored(List<Message> earlier, Phrases phrases) {
    String count = phrases.count("messages", earlier.size());
    LocalDateTime known =
        earlier.stream().map(Message::timestamp).filter(Objects::nonNull).findFirst().orElse(null);
    if (known == null) {
      return phrases.get("stored", count);
    }
    String key = known.equals(earlier.get(0).timestamp()) ? "stored-since" : "stored-known-since";
    return phrases.get(key, count, known.toLocalDate().toString());
  }

  private String quote(Message message, Phrases phrases) {
    return phrases.get("you-wrote", when(message.timestamp(), phrases), shortened(text(message)));
  }

  private String when(@Nullable LocalDateTime timestamp, Phrases phrases) {
    return timestamp == null
        ? phrases.get("time-unknown")
        : new TimeAgo(phrases).between(timestamp, LocalDateTime.now(clock));
  }

  private static String text(Message message) {
    return message.content() == null ? "" : message.content();
  }

  /** In one line, and never with half of a character at its end. */
  private static String shortened(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    if (line.codePointCount(0, line.length()) <= QUOTE_LENGTH) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, QUOTE_LENGTH - 1)).stripTrailing() + "…";
  }
}
