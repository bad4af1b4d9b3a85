package botdb.bot.progress;

import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar, drawn once a migration has taken longer than a moment. */
final class ProgressOnTerminal implements Progress {
  private static final long MOMENT = TimeUnit.SECONDS.toNanos(1);
  private static final int INTERVAL_MILLIS = 250;

  /** Fits into every terminal; asking this one for its width would take a native library. */
  private static final int WIDTH = 79;

  private final String name;
  private final long start;
  private @Nullable ProgressBar bar;

  ProgressOnTerminal(String name, long start) {
    this.name = name;
    this.start = start;
  }

  @Override
  public void show(long now, long done, long total) {
    ProgressBar shown = bar;
    if (shown == null) {
      if (now - start < MOMENT) {
        return;
      }
      shown = draw(total);
      bar = shown;
    }
    shown.stepTo(done);
  }

  private ProgressBar draw(long total) {
    return new ProgressBarBuilder()
        .setTaskName(name.length() > WIDTH / 4 ? name.substring(0, "migration_000".length()) : name)
        .setInitialMax(total)
        .setUpdateIntervalMillis(INTERVAL_MILLIS)
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
        .build();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
