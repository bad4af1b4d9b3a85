package botdb.bot.page;

import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that takes too long for a request: it is done beside the requests, one at a time, and
 * what came of it is remembered.
 *
 * @param <T> what comes of it
 */
final class Background<T> {
  private static final Logger LOG = LoggerFactory.getLogger("botdb.page");

  private final String name;
  private final Supplier<T> work;
  private final Executor executor;
  private @Nullable Result<T> latest;
  private boolean running;

  /**
   * What came of it, and when.
   *
   * @param value null if it failed; the log says why
   */
  record Result<T>(Instant at, @Nullable T value) {}

  Background(String name, Supplier<T> work, Executor executor) {
    this.name = name;
    this.work = work;
    this.executor = executor;
  }

  /** What came of it the last time; null before that. */
  synchronized @Nullable Result<T> latest() {
    return latest;
  }

  synchronized boolean isRunning() {
    return running;
  }

  /** Begins it, unless it is under way. */
  synchronized void start() {
    if (!running) {
      running = true;
      executor.execute(this::run);
    }
  }

  private void run() {
    T value = null;
    try {
      value = work.get();
    } catch (RuntimeException e) {
      LOG.error("{} failed: {}", name, e.getClass().getName());
    } finally {
      finish(value);
    }
  }

  private synchronized void finish(@Nullable T value) {
    latest = new Result<>(Instant.now(), value);
    running = false;
  }
}
