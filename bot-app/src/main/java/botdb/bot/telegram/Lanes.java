package botdb.bot.telegram;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Work for several users at once, and for each of them one thing after the other. */
final class Lanes {
  private final Map<Long, Queue<Runnable>> waiting = new HashMap<>();
  private final ExecutorService threads;

  /** Makes lanes for so many users at once; others wait. */
  Lanes(int atOnce) {
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            atOnce,
            work -> {
              Thread thread = new Thread(work, "telegram-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Does something for a user, after all that was begun for him before. */
  void add(long userId, Runnable work) {
    synchronized (waiting) {
      Queue<Runnable> lane = waiting.get(userId);
      if (lane != null) {
        lane.add(work);
        return;
      }
      waiting.put(userId, new ArrayDeque<>());
    }
    start(userId, work);
  }

  private void start(long userId, Runnable work) {
    try {
      threads.execute(
          () -> {
            try {
              if (!threads.isShutdown()) {
                work.run();
              }
            } finally {
              startNext(userId);
            }
          });
    } catch (RejectedExecutionException e) {
      // The bot stops; what has not begun is left to the next start.
    }
  }

  private void startNext(long userId) {
    Runnable next;
    synchronized (waiting) {
      next = waiting.get(userId).poll();
      if (next == null) {
        waiting.remove(userId);
        return;
      }
    }
    start(userId, next);
  }

  /** Begins nothing more, waits a time for what is under way, then interrupts it. */
  void stop(Duration patience) throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      threads.shutdownNow();
    }
  }
}
