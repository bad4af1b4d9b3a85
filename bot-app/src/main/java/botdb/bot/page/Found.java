package botdb.bot.page;

import botdb.catalog.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.function.Consumer;

/** The newest messages that hold a text, however it is capitalised. */
final class Found implements Consumer<Message> {
  private static final int MOST = 50;

  private final String wanted;
  private final Deque<Hit> hits = new ArrayDeque<>();
  private int position;
  private int count;

  /** A message, and where it stands in its history. */
  record Hit(int position, Message message) {}

  Found(String wanted) {
    this.wanted = folded(wanted);
  }

  @Override
  public void accept(Message message) {
    String content = message.content();
    if (content != null && folded(content).contains(wanted)) {
      count++;
      hits.addFirst(new Hit(position, message));
      if (hits.size() > MOST) {
        hits.removeLast();
      }
    }
    position++;
  }

  /** Newest first. */
  Deque<Hit> hits() {
    return hits;
  }

  /** How many there are in all. */
  int count() {
    return count;
  }

  /** Russians write one letter in two ways. */
  private static String folded(String text) {
    return text.toLowerCase(Locale.ROOT).replace('ё', 'е');
  }
}
