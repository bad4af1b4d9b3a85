package botdb.bot.progress;

import botdb.bot.output.Lines;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A line every few seconds: for logs, and wherever standard error is no terminal. */
final class ProgressInLines implements Progress {
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(3);
  private static final int PERCENT = 100;

  private final String name;
  private final long start;
  private final Lines lines;
  private long last;

  ProgressInLines(String name, long start, Lines lines) {
    this.name = name;
    this.start = start;
    this.lines = lines;
    this.last = start;
  }

  @Override
  public void show(long now, long done, long total) {
    if (now - last < INTERVAL || done <= 0 || total <= 0) {
      return;
    }
    last = now;
    long left = (long) ((double) (now - start) / done * Math.max(0, total - done));
    lines.add(
        String.format(
            Locale.ROOT,
            "%s  %,d of %,d rows, %d %%, about %s left",
            name,
            done,
            total,
            done * PERCENT / total,
            Durations.rough(TimeUnit.NANOSECONDS.toSeconds(left))));
  }

  @Override
  public void close() {
    // Lines that are written stay.
  }
}
