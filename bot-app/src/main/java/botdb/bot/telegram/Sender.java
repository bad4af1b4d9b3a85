package botdb.bot.telegram;

import botdb.bot.chat.Chat;
import botdb.bot.retry.Backoff;
import botdb.bot.retry.Pause;
import botdb.bot.telegram.ApiFailure.Kind;
import botdb.catalog.Message;
import com.pengrad.telegrambot.request.AnswerCallbackQuery;
import com.pengrad.telegrambot.request.BaseRequest;
import com.pengrad.telegrambot.request.SendMessage;
import com.pengrad.telegrambot.response.BaseResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages, always as plain text.
 *
 * <p>Where the Bot API asks to be left alone for a while, it is; where it cannot be reached, it is
 * tried again after growing pauses, for as long as it takes: nothing is given up but what Telegram
 * rejects, from users who have blocked the bot for example.
 */
final class Sender {
  private static final Logger LOG = LoggerFactory.getLogger("botdb.telegram");
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  private final BotApi api;
  private final Chat chat;
  private final Pause pause;

  /** Held from sending a reply until that is noted: a crash finds one message between the two. */
  private final ReentrantLock betweenSentAndNoted = new ReentrantLock(true);

  Sender(BotApi api, Chat chat, Pause pause) {
    this.api = api;
    this.chat = chat;
    this.pause = pause;
  }

  /**
   * Sends a text in pieces, and notes each where it is stored; those that were sent before a crash
   * are not sent again.
   *
   * @param stored the reply, or the message that got none
   * @param text what to send for it
   * @throws ApiFailure if Telegram rejects it
   */
  void deliver(long chatId, Message stored, String text) {
    List<String> pieces = MessageSplitter.split(text);
    Message noted = stored;
    for (int i = Chat.sent(stored); i < pieces.size(); i++) {
      SendMessage request = new SendMessage(chatId, pieces.get(i));
      Message before = noted;
      noted =
          retrying(
              () -> {
                betweenSentAndNoted.lock();
                try {
                  long messageId = api.call(request).message().messageId();
                  return chat.noteSent(chatId, before, messageId);
                } finally {
                  betweenSentAndNoted.unlock();
                }
              });
    }
  }

  /**
   * Does what a request says.
   *
   * @throws ApiFailure if Telegram rejects it
   */
  <T extends BaseRequest<T, R>, R extends BaseResponse> R send(BaseRequest<T, R> request) {
    return retrying(() -> api.call(request));
  }

  /** Stops a button from blinking; Telegram rejects that for buttons pressed long ago. */
  void acknowledge(AnswerCallbackQuery answer) {
    try {
      send(answer);
    } catch (ApiFailure e) {
      LOG.debug("a button could not be acknowledged: {}", e.getMessage());
    }
  }

  private <T> T retrying(Supplier<T> attempt) {
    for (int failures = 1; ; failures++) {
      try {
        return attempt.get();
      } catch (ApiFailure e) {
        if (e.kind() == Kind.REJECTED) {
          throw e;
        }
        LOG.info("a message could not be sent ({}); trying again", e.getMessage());
        pause.of(e.kind() == Kind.TOO_MANY ? e.retryAfter() : BACKOFF.after(failures));
      }
    }
  }
}
