package botdb.bot.progress;

import botdb.bot.output.Lines;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A line every few seconds from the first row on: for logs, and wherever standard error is no
 * terminal.
 *
 * <p>What is done before the first row, such as the look at every page, says nothing of the time
 * that the rows take.
 */
final class ProgressInLines implements Progress {
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(3);
  private static final int PERCENT = 100;

  private final String name;
  private final Lines lines;
  private boolean begun;
  private long firstTime;
  private long firstDone;
  private long last;

  ProgressInLines(String name, Lines lines) {
    this.name = name;
    this.lines = lines;
  }

  @Override
  public void show(long now, long done, long total) {
    if (!begun) {
      begun = true;
      firstTime = now;
      firstDone = done;
      last = now;
    }
    if (now - last < INTERVAL || done <= firstDone || total <= 0) {
      return;
    }
    last = now;
    double each = (double) (now - firstTime) / (done - firstDone);
    long left = (long) (each * Math.max(0, total - done));
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
