package botdb.bot.responder;

import botdb.bot.output.Phrases;
import botdb.catalog.Message;
import botdb.catalog.history.Histories;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers from what is stored, without a model: how much that is, since when, and what the user
 * wrote about the same thing before, among the newest thousand messages.
 *
 * <p>Answers in Russian where the question holds a Cyrillic letter, in English everywhere else. The
 * same conversation at the same time gets the same answer.
 */
public final class OfflineResponder implements Responder {
  static final String PHRASES = "botdb.bot.responder.messages";
  private static final int QUOTE_LENGTH = 200;
  private static final int SEARCHED = 1_000;

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
    Phrases phrases = Phrases.inLanguageOf(question, PHRASES);
    StringBuilder reply = new StringBuilder(phrases.get("no-model")).append(' ');
    Histories.Page newest = conversation.earlier().page(Histories.END, SEARCHED);
    if (newest.messages().isEmpty()) {
      return reply.append(phrases.get("first")).toString();
    }
    Message first =
        conversation.earlier().page(1, 1).messages().stream()
            .findFirst()
            .orElse(newest.messages().get(0));
    reply.append(stored(first, newest, phrases)).append('\n');
    Message similar = new Search(newest.messages()).bestFor(question);
    return reply
        .append(similar == null ? phrases.get("nothing-alike") : quote(similar, phrases))
        .toString();
  }

  private static String stored(Message first, Histories.Page newest, Phrases phrases) {
    String count = phrases.count("messages", newest.total());
    if (first.timestamp() != null) {
      return phrases.get("stored-since", count, first.timestamp().toLocalDate().toString());
    }
    LocalDateTime known =
        newest.messages().stream()
            .map(Message::timestamp)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
    // Of what lies before the newest, only the first message was looked at.
    return known == null || newest.first() > 0
        ? phrases.get("stored", count)
        : phrases.get("stored-known-since", count, known.toLocalDate().toString());
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
