package botdb.bot.telegram;

import botdb.bot.chat.Chat;
import botdb.bot.output.Phrases;
import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import com.pengrad.telegrambot.model.request.InlineKeyboardMarkup;
import com.pengrad.telegrambot.request.AnswerCallbackQuery;
import com.pengrad.telegrambot.request.EditMessageText;
import com.pengrad.telegrambot.request.SendMessage;

/** Asks before it forgets a history; only who asked for it may say yes. */
final class ClearDialog {
  /** What the data of the buttons begins with; the id of who may press them follows. */
  static final String YES = "clear:yes:";

  static final String NO = "clear:no:";

  private final Sender sender;
  private final Chat chat;

  ClearDialog(Sender sender, Chat chat) {
    this.sender = sender;
    this.chat = chat;
  }

  void ask(Incoming incoming) {
    Phrases phrases = Texts.in(incoming.language());
    InlineKeyboardMarkup buttons =
        new InlineKeyboardMarkup(
            new InlineKeyboardButton(phrases.get("clear-yes"))
                .callbackData(YES + incoming.senderId()),
            new InlineKeyboardButton(phrases.get("clear-no"))
                .callbackData(NO + incoming.senderId()));
    sender.send(new SendMessage(incoming.chatId(), phrases.get("clear-ask")).replyMarkup(buttons));
  }

  void answer(Incoming incoming, Incoming.Press press) {
    Phrases phrases = Texts.in(incoming.language());
    boolean isYes = press.data().startsWith(YES);
    if (!press.data().equals((isYes ? YES : NO) + incoming.senderId())) {
      sender.acknowledge(
          new AnswerCallbackQuery(press.queryId())
              .text(phrases.get("clear-not-yours"))
              .showAlert(true));
      return;
    }
    if (isYes) {
      chat.clear(incoming.chatId());
    }
    sender.acknowledge(new AnswerCallbackQuery(press.queryId()));
    sender.send(
        new EditMessageText(
            incoming.chatId(),
            press.messageId(),
            phrases.get(isYes ? "clear-done" : "clear-kept")));
  }
}
