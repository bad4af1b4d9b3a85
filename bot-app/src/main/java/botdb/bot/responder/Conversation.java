package botdb.bot.responder;

import botdb.catalog.Message;
import java.util.List;

/**
 * What a responder knows when it is asked.
 *
 * @param earlier what was said before, oldest first; the question is not among it
 * @param question what the user has just written
 */
public record Conversation(List<Message> earlier, Message question) {

  /** Copies the list. */
  public Conversation {
    earlier = List.copyOf(earlier);
  }
}
