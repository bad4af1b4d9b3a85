package botdb.bot.telegram;

import com.pengrad.telegrambot.model.CallbackQuery;
import com.pengrad.telegrambot.model.Chat;
import com.pengrad.telegrambot.model.Message;
import com.pengrad.telegrambot.model.Update;
import com.pengrad.telegrambot.model.User;
import org.jspecify.annotations.Nullable;

/**
 * An update that the bot has something to do about.
 *
 * @param updateId tells it from all others
 * @param chatId the chat, which is the user to everything outside this package
 * @param isPrivate whether there is nobody else in the chat
 * @param senderId who in the chat did it; 0 if Telegram does not say
 * @param language the language of his client; null if Telegram does not say
 * @param text what he wrote; null if it was a picture or such, or a button that he pressed
 * @param press the button that he pressed; null if he wrote
 */
record Incoming(
    int updateId,
    long chatId,
    boolean isPrivate,
    long senderId,
    @Nullable String language,
    @Nullable String text,
    @Nullable Press press) {

  /**
   * A button that was pressed.
   *
   * @param queryId what to answer, so that the button stops to blink
   * @param messageId the message that it hangs on
   * @param data what it says
   */
  record Press(String queryId, int messageId, String data) {}

  /** Reads an update; null if it is none of the bot's business. */
  static @Nullable Incoming of(Update update) {
    Message message = update.message();
    if (message != null && message.chat() != null) {
      // Somebody who joined, a new title, a pinned message: nothing to answer.
      boolean isSaid = message.text() != null || isMedia(message);
      return isSaid ? of(update, message.chat(), message.from(), message.text(), null) : null;
    }
    CallbackQuery query = update.callbackQuery();
    if (query == null || query.data() == null || query.maybeInaccessibleMessage() == null) {
      return null;
    }
    Press press = new Press(query.id(), query.maybeInaccessibleMessage().messageId(), query.data());
    return of(update, query.maybeInaccessibleMessage().chat(), query.from(), null, press);
  }

  private static Incoming of(
      Update update,
      Chat chat,
      @Nullable User sender,
      @Nullable String text,
      @Nullable Press press) {
    return new Incoming(
        update.updateId(),
        chat.id(),
        chat.type() == Chat.Type.Private,
        sender == null ? 0 : sender.id(),
        sender == null ? null : sender.languageCode(),
        text,
        press);
  }

  private static boolean isMedia(Message message) {
    return message.photo() != null
        || message.voice() != null
        || message.audio() != null
        || message.video() != null
        || message.videoNote() != null
        || message.document() != null
        || message.sticker() != null
        || message.location() != null
        || message.contact() != null;
  }

  /** Returns whether it empties a history. */
  boolean clears() {
    return press != null && press.data().startsWith(ClearDialog.YES);
  }
}
