package botdb.bot.responder;

import botdb.catalog.Message;
import botdb.catalog.history.Histories;
import java.util.List;

/**
 * What was said before a question, read only as far as somebody asks for it: a history may have
 * 100,000 messages, and hardly anybody needs more than the newest.
 */
public interface Earlier {

  /**
   * Returns the newest messages before a position, oldest first.
   *
   * @param before the position after the last message wanted; {@link Histories#END} for the newest
   * @param limit how many messages at most
   */
  Histories.Page page(int before, int limit);

  /** Returns what is in memory already. */
  static Earlier of(List<Message> messages) {
    return (before, limit) -> {
      int to = Math.min(before, messages.size());
      int from = Math.max(0, to - limit);
      return new Histories.Page(messages.subList(from, to), from, messages.size());
    };
  }
}
