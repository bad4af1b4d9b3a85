package botdb.bot.chat;

import botdb.bot.database.BotDatabase;
import botdb.bot.responder.Conversation;
import botdb.bot.responder.Responder;
import botdb.catalog.Message;
import botdb.catalog.history.Histories;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Consumer;

/**
 * The conversations of all users.
 *
 * <p>What a user wrote is stored before anybody is asked to answer it, and stays whatever comes of
 * that. Every method throws {@link org.jooq.exception.DataAccessException} if the database fails
 * and {@link botdb.catalog.json.JsonFault} if the history of the user cannot be read.
 */
public final class Chat {
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
    // Read first: so the question is not among what it is compared with.
    List<Message> earlier = database.read(histories -> histories.list(userId));
    Message message = store(userId, "user", content);
    String reply;
    try {
      reply = responder.reply(new Conversation(earlier, message), parts);
    } catch (RuntimeException e) {
      throw new NoReplyException(e);
    }
    return new Exchange(message, store(userId, "assistant", reply));
  }

  private Message store(long userId, String role, String content) {
    Message message = Message.of(role, content, LocalDateTime.now(clock));
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

  /** Forgets what a user wrote and was told. */
  public void clear(long userId) {
    database.write(histories -> histories.clear(userId));
  }
}
