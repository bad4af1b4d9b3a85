package botdb.bot.retry;

import java.time.Duration;

/**
 * Pauses that double from failure to failure, up to a longest one.
 *
 * @param first the pause after the first failure
 * @param longest no pause is longer
 */
public record Backoff(Duration first, Duration longest) {
  private static final int MOST_DOUBLINGS = 30;

  /**
   * Returns the pause after a failure.
   *
   * @param failures how many there were in a row, this one included
   */
  public Duration after(int failures) {
    long doubled = first.toMillis() << Math.min(failures - 1, MOST_DOUBLINGS);
    return Duration.ofMillis(Math.min(doubled, longest.toMillis()));
  }
}
