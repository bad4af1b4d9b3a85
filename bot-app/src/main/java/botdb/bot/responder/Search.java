package botdb.bot.responder;

import botdb.catalog.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds, of what a user wrote, the message that has most in common with a question. */
final class Search {
  private static final int SHORTEST_WORD = 3;
  private static final int ENDING = 2;
  private static final int SHORTEST_STEM = 4;

  private final List<Message> messages = new ArrayList<>();
  private final List<Set<String>> stems = new ArrayList<>();
  private final Map<String, Integer> frequencies = new HashMap<>();

  Search(List<Message> messages) {
    for (Message message : messages) {
      if ("user".equals(message.role()) && message.content() != null) {
        Set<String> found = stems(message.content());
        this.messages.add(message);
        stems.add(found);
        found.forEach(stem -> frequencies.merge(stem, 1, Integer::sum));
      }
    }
  }

  /** The newest of the best ones; a word counts the more, the rarer it is. */
  @Nullable Message bestFor(String question) {
    Set<String> wanted = stems(question);
    Message best = null;
    double bestScore = 0;
    for (int i = 0; i < messages.size(); i++) {
      double score = 0;
      for (String stem : wanted) {
        if (stems.get(i).contains(stem)) {
          score += 1.0 / frequencies.getOrDefault(stem, 1);
        }
      }
      if (score > 0 && score >= bestScore) {
        best = messages.get(i);
        bestScore = score;
      }
    }
    return best;
  }

  /** Words without what Russian and English most often change at their ends. */
  private static Set<String> stems(String text) {
    Set<String> stems = new LinkedHashSet<>();
    String lower = text.toLowerCase(Locale.ROOT).replace('ё', 'е');
    StringBuilder word = new StringBuilder();
    for (int i = 0; i <= lower.length(); i++) {
      char c = i < lower.length() ? lower.charAt(i) : ' ';
      if (Character.isLetterOrDigit(c)) {
        word.append(c);
      } else {
        if (word.length() >= SHORTEST_WORD) {
          int length = Math.min(word.length(), Math.max(SHORTEST_STEM, word.length() - ENDING));
          stems.add(word.substring(0, length));
        }
        word.setLength(0);
      }
    }
    return stems;
  }
}
