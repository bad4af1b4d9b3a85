package botdb.bot.model;

import botdb.bot.responder.Earlier;
import botdb.catalog.Message;
import botdb.catalog.history.Histories;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;

/**
 * What of a conversation a model is shown: the newest messages that fit into a budget of tokens.
 *
 * <p>A message that calls tools and the results of the calls stay together or are left out
 * together, and are left out where a result is missing: models refuse the one without the other.
 */
final class ContextWindow {
  private static final int PAGE = 100;

  private ContextWindow() {}

  /** Returns the newest messages that fit, oldest first; reads no more than it has to. */
  static List<ModelMessage> of(Earlier earlier, int budget) {
    LinkedList<ModelMessage> newest = new LinkedList<>();
    int before = Histories.END;
    long tokens = 0;
    do {
      Histories.Page page = earlier.page(before, PAGE);
      for (int i = page.messages().size() - 1; i >= 0; i--) {
        Message message = page.messages().get(i);
        ModelMessage shown = ModelMessage.of(message);
        if (shown != null) {
          newest.addFirst(shown);
        }
        tokens += shown == null ? 1 : shown.tokens();
      }
      before = page.messages().isEmpty() ? 0 : page.first();
    } while (before > 0 && tokens <= budget);
    return fit(newest, budget);
  }

  /** Returns the newest that fit; the first that does not, ends it. */
  static List<ModelMessage> fit(List<ModelMessage> messages, int budget) {
    List<List<ModelMessage>> turns = turns(messages);
    long tokens = 0;
    int first = turns.size();
    while (first > 0) {
      tokens += turns.get(first - 1).stream().mapToLong(ModelMessage::tokens).sum();
      if (tokens > budget) {
        break;
      }
      first--;
    }
    return turns.subList(first, turns.size()).stream().flatMap(List::stream).toList();
  }

  /** What belongs together; what cannot be shown is not among it. */
  private static List<List<ModelMessage>> turns(List<ModelMessage> messages) {
    List<List<ModelMessage>> turns = new ArrayList<>();
    int at = 0;
    while (at < messages.size()) {
      ModelMessage message = messages.get(at++);
      List<String> missing = new ArrayList<>(message.toolCallIds());
      List<ModelMessage> turn = new ArrayList<>(List.of(message));
      while (at < messages.size() && messages.get(at).isToolResult()) {
        ModelMessage result = messages.get(at++);
        if (missing.remove(result.toolCallId())) {
          turn.add(result);
        }
      }
      if (missing.isEmpty() && !message.isToolResult()) {
        turns.add(turn);
      }
    }
    return turns;
  }
}
