package botdb.bot.telegram;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows users that the bot is about to answer, for as long as it is. */
final class Typing implements AutoCloseable {
  /** Telegram shows it for five seconds. */
  private static final long PERIOD_SECONDS = 4;

  private final BotApi api;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "telegram-typing");
            thread.setDaemon(true);
            return thread;
          });

  Typing(BotApi api) {
    this.api = api;
  }

  /** Shows it in a chat while somebody works. */
  <T> T during(long chatId, Supplier<T> work) {
    ScheduledFuture<?> shown =
        clock.scheduleAtFixedRate(
            () -> api.showTyping(chatId), 0, PERIOD_SECONDS, TimeUnit.SECONDS);
    try {
      return work.get();
    } finally {
      shown.cancel(false);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
