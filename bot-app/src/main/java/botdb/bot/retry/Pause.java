package botdb.bot.retry;

import java.time.Duration;

/** Lets time pass; in tests it notes for how long, and returns. */
@FunctionalInterface
public interface Pause {

  /**
   * Waits.
   *
   * @throws StoppedException if the thread is interrupted, because the bot stops
   */
  void of(Duration duration);

  /** Returns the pause that really waits. */
  static Pause real() {
    return duration -> {
      try {
        Thread.sleep(duration.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new StoppedException();
      }
    };
  }
}
