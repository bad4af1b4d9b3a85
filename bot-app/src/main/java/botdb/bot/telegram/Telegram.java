package botdb.bot.telegram;

import botdb.bot.chat.Chat;
import botdb.bot.retry.Pause;
import botdb.bot.retry.StoppedException;
import botdb.bot.settings.TelegramSettings;
import com.pengrad.telegrambot.request.GetMe;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bot on Telegram, from the first update to the last.
 *
 * <p>Nothing of it fails for good: while Telegram cannot be reached, or refuses the token, it says
 * so in the log and tries again.
 *
 * <pre>{@code
 * try (Telegram telegram = Telegram.start(settings, chat)) { … }
 * }</pre>
 */
public final class Telegram implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("botdb.telegram");
  private static final int USERS_AT_ONCE = 16;
  private static final Duration LAST_UPDATES = Duration.ofSeconds(5);
  private static final Duration LAST_WORDS = Duration.ofSeconds(8);

  private final TelegramSettings settings;
  private final Chat chat;
  private final Thread thread = new Thread(this::run, "telegram");
  private final Window window = new Window();
  private volatile boolean stopped;
  private volatile @Nullable BotApi api;

  private Telegram(TelegramSettings settings, Chat chat) {
    this.settings = settings;
    this.chat = chat;
  }

  /** Begins to ask for updates, on threads of its own; returns at once. */
  public static Telegram start(TelegramSettings settings, Chat chat) {
    Telegram telegram = new Telegram(settings, chat);
    telegram.thread.setDaemon(true);
    telegram.thread.start();
    return telegram;
  }

  private void run() {
    try (BotApi opened = new BotApi(settings, Poller.LONGEST);
        Typing typing = new Typing(opened)) {
      api = opened;
      serve(opened, typing);
    } catch (StoppedException | InterruptedException e) {
      LOG.debug("stopped before the first update");
    }
  }

  private void serve(BotApi opened, Typing typing) throws InterruptedException {
    Pause pause = Pause.real();
    Sender sender = new Sender(opened, chat, pause);
    Lanes lanes = new Lanes(USERS_AT_ONCE);
    AtomicReference<String> username = new AtomicReference<>("");
    Handler handler = new Handler(sender, chat, typing, username::get);
    Poller poller = new Poller(opened, window, new Inbox(window, lanes, handler, pause), pause);
    try {
      poller.attempt(() -> username.set(introduce(opened)), () -> stopped);
      poller.run(() -> stopped);
    } finally {
      // The mark of the interruption would break off what is left to do.
      Thread.interrupted();
      finish(poller, lanes);
    }
  }

  /** Says who is there, and returns the name of the bot. */
  private static String introduce(BotApi api) {
    String username = api.call(new GetMe()).user().username();
    try {
      Menu.register(api);
    } catch (ApiFailure e) {
      LOG.warn("Telegram did not take the menu of commands: {}", e.getMessage());
    }
    LOG.info("serving on Telegram as @{}", username);
    return username;
  }

  private void finish(Poller poller, Lanes lanes) throws InterruptedException {
    lanes.stop(LAST_UPDATES);
    if (window.offset() == 0) {
      return; // nothing ever came, perhaps because nobody is there
    }
    try {
      poller.confirm();
    } catch (ApiFailure e) {
      LOG.debug("the last updates will come again: {}", e.getMessage());
    }
  }

  /** Takes on nothing more, finishes what is under way, for a few seconds at most. */
  @Override
  public void close() {
    stopped = true;
    BotApi opened = api;
    if (opened != null) {
      opened.cancelPoll();
    }
    thread.interrupt();
    try {
      thread.join(LAST_WORDS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
