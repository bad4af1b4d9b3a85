package botdb.bot.chat;

import botdb.bot.database.BotDatabase;
import botdb.bot.responder.Conversation;
import botdb.bot.responder.Earlier;
import botdb.bot.responder.Responder;
import botdb.bot.responder.ResponderException;
import botdb.bot.retry.StoppedException;
import botdb.catalog.Message;
import botdb.catalog.history.Histories;
import botdb.migrations.MigrationException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The conversations of all users.
 *
 * <p>What a user wrote is stored before anybody is asked to answer it, and stays whatever comes of
 * that. Every method throws {@link DataAccessException} if the database fails and {@link
 * botdb.catalog.json.JsonFault} if the history of the user cannot be read.
 */
public final class Chat {
  private static final Logger LOG = LoggerFactory.getLogger("botdb.chat");

  /** More than can be under way of one user: a messenger hands out 100 updates at most. */
  private static final int SEARCHED = 300;

  private final BotDatabase database;
  private final Responder responder;
  private final Clock clock;

  /**
   * Opens the conversations in a database.
   *
   * @param clock tells the time of new messages, in the zone of the timestamps
   */
  public Chat(BotDatabase database, Responder responder, Clock clock) {
    this.database = database;
    this.responder = responder;
    this.clock = clock;
  }

  /**
   * What a user wrote and what he was told, both as they are stored.
   *
   * @param message what he wrote
   * @param reply what he was told
   */
  public record Exchange(Message message, Message reply) {}

  /**
   * Stores what a user wrote, has it answered, and stores the answer.
   *
   * @param parts is given the answer piece by piece as it comes, before it is stored
   * @throws NoReplyException if there is no answer; the message is stored all the same
   */
  public Exchange say(long userId, String content, Consumer<String> parts) {
    // Counted first: so the question is not among what it is compared with.
    int position = page(userId, Histories.END, 0).total();
    Message message = store(userId, message("user", content));
    try {
      return new Exchange(message, reply(new Received(userId, message, position, null), parts));
    } catch (DataAccessException e) {
      // He would say it again if he were told only that the database failed.
      MigrationException why = explain(e);
      LOG.error("the database failed: {}", why == null ? e.getClass() : why.getMessage());
      throw new NoReplyException(e);
    }
  }

  /**
   * Stores what an update of a messenger brought, once: one that comes again is found among the
   * newest messages, with the reply to it if there is one.
   *
   * @param updateId what tells the update from all others
   */
  public Received receive(long userId, long updateId, String content) {
    Histories.Page newest = page(userId, Histories.END, SEARCHED);
    Message reply = null;
    for (int i = newest.messages().size() - 1; i >= 0; i--) {
      Message message = newest.messages().get(i);
      if (Origin.isOf(message, updateId)) {
        if ("user".equals(message.role())) {
          return new Received(userId, message, newest.first() + i, reply);
        }
        reply = message;
      }
    }
    Message message = Origin.of(updateId).on(message("user", content));
    return new Received(userId, store(userId, message), newest.total(), null);
  }

  /**
   * Has a stored message answered and stores the answer, unless that is done already.
   *
   * @param parts is given the answer piece by piece as it comes, before it is stored
   * @throws NoReplyException if there is no answer
   */
  public Message reply(Received received, Consumer<String> parts) {
    if (received.reply() != null) {
      return received.reply();
    }
    Earlier earlier = (before, limit) -> earlier(received, before, limit);
    String content;
    try {
      content = responder.reply(new Conversation(received.message(), earlier), parts);
    } catch (StoppedException | DataAccessException e) {
      throw e;
    } catch (RuntimeException e) {
      log(e);
      throw new NoReplyException(e);
    }
    Origin asked = Origin.read(received.message());
    Message reply = message("assistant", content);
    return store(received.userId(), asked == null ? reply : Origin.of(asked.updateId()).on(reply));
  }

  /** Messages of exceptions may quote what people wrote; that of a responder does not. */
  private static void log(RuntimeException e) {
    if (e instanceof ResponderException) {
      LOG.warn(e.getMessage());
    } else {
      StackTraceElement[] trace = e.getStackTrace();
      Object place = trace.length == 0 ? "?" : trace[0];
      LOG.error("the responder failed: {} at {}", e.getClass().getName(), place);
    }
  }

  /** Since the question is stored by now, the history is shown as it was before. */
  private Histories.Page earlier(Received received, int before, int limit) {
    int end = received.position();
    Histories.Page page = page(received.userId(), Math.min(before, end), limit);
    return new Histories.Page(page.messages(), page.first(), Math.min(page.total(), end));
  }

  /**
   * Returns how many messages of a messenger were sent for a stored one.
   *
   * @param message a reply, or a message that had to do without
   */
  public static int sent(Message message) {
    Origin origin = Origin.read(message);
    return origin == null ? 0 : origin.messageIds().size();
  }

  /**
   * Notes that one more was sent for a stored message; a start after a crash does not send it
   * again.
   *
   * @return the message as it is stored now
   */
  public Message noteSent(long userId, Message message, long messageId) {
    Message noted = Origin.sent(message, messageId);
    database.write(histories -> histories.replace(userId, message, noted));
    return noted;
  }

  private Message message(String role, String content) {
    return Message.of(role, content, LocalDateTime.now(clock));
  }

  private Message store(long userId, Message message) {
    database.write(
        histories -> {
          histories.append(userId, message);
          return message;
        });
    return message;
  }

  /** Returns a stretch of the history of a user; nothing for one who never wrote. */
  public Histories.Page page(long userId, int before, int limit) {
    return database.read(histories -> histories.page(userId, before, limit));
  }

  /** Returns the newest messages of a user that somebody wants, oldest first. */
  public List<Message> find(long userId, Predicate<Message> wanted, int limit) {
    return database.read(histories -> histories.find(userId, wanted, limit));
  }

  /**
   * Gives all messages of a user to somebody, oldest first, one at a time.
   *
   * @return how many there are
   */
  public int forEach(long userId, Consumer<Message> reader) {
    return database.read(histories -> histories.forEach(userId, reader));
  }

  /** Returns what a failure of the database means, as {@link BotDatabase#explain} does. */
  public @Nullable MigrationException explain(DataAccessException failure) {
    return database.explain(failure);
  }

  /** Forgets what a user wrote and was told. */
  public void clear(long userId) {
    database.write(histories -> histories.clear(userId));
  }
}
