package botdb.bot.telegram;

import botdb.bot.retry.Backoff;
import botdb.bot.retry.Pause;
import botdb.bot.retry.StoppedException;
import botdb.catalog.json.JsonFault;
import botdb.migrations.MigrationException;
import com.pengrad.telegrambot.model.Update;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes on updates, each once, and sees to it that each is dealt with. */
final class Inbox {
  private static final Logger LOG = LoggerFactory.getLogger("botdb.telegram");
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  /** A database that is locked or full for two minutes: then its owner has to see to it. */
  private static final int ATTEMPTS = 8;

  private final Window window;
  private final Lanes lanes;
  private final Handler handler;
  private final Pause pause;

  Inbox(Window window, Lanes lanes, Handler handler, Pause pause) {
    this.window = window;
    this.lanes = lanes;
    this.handler = handler;
    this.pause = pause;
  }

  /**
   * Takes on what is new among the updates that are not confirmed.
   *
   * <p>What empties a history takes away, too, what was noted in it of updates that may still come
   * again. So it has to wait until all before it are confirmed, and the chat waits until it is
   * confirmed itself. What is left out here comes again with the next answer.
   */
  void take(List<Update> unconfirmed) {
    unconfirmed.forEach(update -> window.arrived(update.updateId()));
    Set<Long> held = new HashSet<>();
    boolean isFirst = true;
    for (Update update : unconfirmed) {
      Incoming incoming = read(update);
      if (incoming == null) {
        window.done(update.updateId());
      } else if (!held.contains(incoming.chatId())) {
        if (incoming.clears()) {
          held.add(incoming.chatId());
        }
        if ((!incoming.clears() || isFirst) && window.begin(incoming.updateId())) {
          lanes.add(incoming.chatId(), () -> deal(incoming));
        }
      }
      isFirst = false;
    }
  }

  private static @Nullable Incoming read(Update update) {
    try {
      return Incoming.of(update);
    } catch (RuntimeException e) {
      logPlace(e); // of a form that the documentation does not know
      return null;
    }
  }

  private void deal(Incoming incoming) {
    try {
      dealPatiently(incoming);
      window.done(incoming.updateId());
    } catch (StoppedException e) {
      LOG.debug("an update is left to the next start");
    } catch (Throwable e) {
      // Were it taken on again and again, no other update would ever be confirmed.
      giveUp(incoming, e);
    }
  }

  private void dealPatiently(Incoming incoming) {
    for (int failures = 1; ; failures++) {
      try {
        handler.handle(incoming);
        return;
      } catch (DataAccessException e) {
        MigrationException why = handler.explain(e);
        LOG.error("the database failed: {}", why == null ? e.getClass() : firstLine(why));
        // A server that is away comes back without its owner's doing, and Telegram keeps what it
        // has.
        if (failures >= ATTEMPTS && !(why instanceof MigrationException.Unreachable)) {
          throw e;
        }
        pause.of(BACKOFF.after(failures));
      }
    }
  }

  private void giveUp(Incoming incoming, Throwable failure) {
    try {
      if (failure instanceof ApiFailure) {
        LOG.info("Telegram did not take a message: {}", failure.getMessage());
      } else if (failure instanceof JsonFault) {
        LOG.error("a history cannot be read ({}); verify says which", failure.getMessage());
        handler.say(incoming, "unreadable");
      } else if (failure instanceof DataAccessException) {
        handler.say(incoming, "not-stored");
      } else {
        logPlace(failure);
        handler.say(incoming, "failed");
      }
    } catch (StoppedException e) {
      return; // it comes again
    } catch (RuntimeException e) {
      logPlace(e);
    }
    window.done(incoming.updateId());
  }

  private static String firstLine(MigrationException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Messages of exceptions may quote what people wrote. */
  private static void logPlace(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    Object place = trace.length == 0 ? "?" : trace[0];
    LOG.error("an update failed unexpectedly: {} at {}", e.getClass().getName(), place);
  }
}
