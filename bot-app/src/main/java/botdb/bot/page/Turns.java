package botdb.bot.page;

import botdb.bot.http.Problem;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who is waiting for a reply: each visitor for one at a time, so that what he writes is answered in
 * its order, and not so many at once that nobody else could even look.
 */
final class Turns {
  private static final int MOST = 100;

  private final Set<Long> waiting = new HashSet<>();

  /**
   * Does something for a visitor.
   *
   * @throws Problem with status 429 if he, or too many others, already wait
   */
  <T> T take(long userId, Supplier<T> work) {
    begin(userId);
    try {
      return work.get();
    } finally {
      end(userId);
    }
  }

  private synchronized void begin(long userId) {
    if (waiting.size() >= MOST || !waiting.add(userId)) {
      throw Problem.tooMany(Duration.ofSeconds(1));
    }
  }

  private synchronized void end(long userId) {
    waiting.remove(userId);
  }
}
