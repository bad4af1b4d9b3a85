package botdb.bot.telegram;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The updates that were received and are not yet confirmed, and which of them are dealt with.
 *
 * <p>Telegram confirms all updates before a number at once; so it is told the first one that is not
 * dealt with, and brings that and all after it again with every answer.
 */
final class Window {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TreeMap<Integer, State> updates = new TreeMap<>();
  private int afterAll;
  private boolean isNews;

  private enum State {
    WAITING,
    UNDER_WAY,
    DONE
  }

  /** Notes that an update came; until it is dealt with, nothing from it on is confirmed. */
  void arrived(int updateId) {
    locked(
        () -> {
          afterAll = Math.max(afterAll, updateId + 1);
          return updates.putIfAbsent(updateId, State.WAITING);
        });
  }

  /** Notes that an update that came is taken on; false if it was already. */
  boolean begin(int updateId) {
    return locked(() -> updates.replace(updateId, State.WAITING, State.UNDER_WAY));
  }

  /** Notes that an update is dealt with. */
  void done(int updateId) {
    locked(
        () -> {
          updates.computeIfPresent(updateId, (id, state) -> State.DONE);
          isNews = true;
          changed.signalAll();
          return updates.size();
        });
  }

  /** Returns the first update that is not dealt with; 0 before there was one. */
  int offset() {
    return locked(
        () -> {
          isNews = false;
          return updates.entrySet().stream()
              .filter(entry -> entry.getValue() != State.DONE)
              .map(Map.Entry::getKey)
              .findFirst()
              .orElse(afterAll);
        });
  }

  /** Notes that Telegram was told an offset: what lies before it never comes again. */
  void confirmed(int offset) {
    locked(
        () -> {
          List<Integer> before = List.copyOf(updates.headMap(offset).keySet());
          before.forEach(updates::remove);
          return before.size();
        });
  }

  /** Returns whether nothing is under way. */
  boolean isIdle() {
    return locked(() -> !updates.containsValue(State.UNDER_WAY));
  }

  /**
   * Waits until more is dealt with than when the offset was asked for, for a time at most; not at
   * all if nothing is under way.
   */
  void awaitChange(Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (!isNews && updates.containsValue(State.UNDER_WAY)) {
        changed.await(patience.toMillis(), TimeUnit.MILLISECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
