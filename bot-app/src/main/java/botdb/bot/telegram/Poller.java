package botdb.bot.telegram;

import botdb.bot.retry.Backoff;
import botdb.bot.retry.Pause;
import botdb.bot.retry.StoppedException;
import botdb.bot.telegram.ApiFailure.Kind;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Telegram for updates, and confirms those that are dealt with. */
final class Poller {
  /** How long Telegram keeps a question open while there is nothing new. */
  static final Duration LONGEST = Duration.ofSeconds(50);

  private static final Logger LOG = LoggerFactory.getLogger("botdb.telegram");

  /** Updates that are under way come with every answer at once; so there is a pause between. */
  private static final Duration SHORT = Duration.ofSeconds(1);

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /** For what only the owner of the bot can put right. */
  private static final Backoff SLOWLY = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(2));

  private final BotApi api;
  private final Window window;
  private final Inbox inbox;
  private final Pause pause;
  private int failures;
  private @Nullable Kind reported;

  Poller(BotApi api, Window window, Inbox inbox, Pause pause) {
    this.api = api;
    this.window = window;
    this.inbox = inbox;
    this.pause = pause;
  }

  /** Asks until somebody says stop. */
  void run(BooleanSupplier isStopped) throws InterruptedException {
    while (!isStopped.getAsBoolean()) {
      attempt(this::poll, isStopped);
      window.awaitChange(SHORT);
    }
  }

  /** Does something that talks to Telegram, until it succeeds or somebody says stop. */
  void attempt(Runnable step, BooleanSupplier isStopped) {
    while (!isStopped.getAsBoolean()) {
      try {
        step.run();
        succeeded();
        return;
      } catch (ApiFailure e) {
        if (isStopped.getAsBoolean()) {
          return;
        }
        failures++;
        report(e);
        pause.of(pauseAfter(e));
      } catch (StoppedException e) {
        throw e;
      } catch (RuntimeException e) {
        // Its message may hold anything; and nobody else would go on asking.
        LOG.error("asking for updates failed unexpectedly: {}", e.getClass().getName());
        pause.of(BACKOFF.after(++failures));
      }
    }
  }

  /** Asks once. */
  void poll() {
    int offset = window.offset();
    var updates = api.updates(offset, window.isIdle() ? LONGEST : Duration.ZERO);
    window.confirmed(offset);
    inbox.take(updates);
  }

  /** Confirms what is dealt with, so that it does not come again after a stop. */
  void confirm() {
    api.updates(window.offset(), Duration.ZERO);
  }

  private void succeeded() {
    if (failures > 0) {
      LOG.info("Telegram answers again");
    }
    failures = 0;
    reported = null;
  }

  /** Once for each kind of trouble, not for each attempt. */
  private void report(ApiFailure e) {
    if (e.kind() == reported) {
      return;
    }
    reported = e.kind();
    switch (e.kind()) {
      case TOKEN_REFUSED ->
          LOG.error(
              "Telegram refuses the token ({}); set TELEGRAM_BOT_TOKEN to the one that @BotFather"
                  + " shows, then start again",
              e.getMessage());
      case CONFLICT ->
          LOG.error(
              "another program asks for the updates of the same bot ({}); stop it, or give this one"
                  + " a token of its own",
              e.getMessage());
      case TOO_MANY -> LOG.warn("Telegram asks to be left alone for {}", e.retryAfter());
      default -> LOG.warn("Telegram cannot be reached ({}); trying again", e.getMessage());
    }
  }

  private Duration pauseAfter(ApiFailure e) {
    return switch (e.kind()) {
      case TOO_MANY -> e.retryAfter();
      case TOKEN_REFUSED, CONFLICT, REJECTED -> SLOWLY.after(failures);
      case UNREACHABLE -> BACKOFF.after(failures);
    };
  }
}
