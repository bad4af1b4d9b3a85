package botdb.bot.progress;

import java.time.Duration;
import java.util.Locale;

/** Durations as people read them. */
final class Durations {
  private static final int MINUTE = 60;

  private Durations() {}

  /** Returns a time that was measured: {@code 0.12 s}. */
  static String exact(Duration duration) {
    return String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1000.0);
  }

  /** Returns a time that was guessed: {@code 12 s}, {@code 3 min 20 s}. */
  static String rough(long seconds) {
    return seconds < MINUTE ? seconds + " s" : seconds / MINUTE + " min " + seconds % MINUTE + " s";
  }
}
