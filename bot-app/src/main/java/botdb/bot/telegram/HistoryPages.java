package botdb.bot.telegram;

import botdb.bot.chat.Chat;
import botdb.bot.output.Phrases;
import botdb.catalog.history.Histories;
import com.pengrad.telegrambot.model.request.InlineKeyboardButton;
import com.pengrad.telegrambot.model.request.InlineKeyboardMarkup;
import com.pengrad.telegrambot.request.AnswerCallbackQuery;
import com.pengrad.telegrambot.request.EditMessageText;
import com.pengrad.telegrambot.request.SendMessage;
import java.util.ArrayList;
import java.util.List;

/** The history of a chat, page by page in one message, with buttons to turn them. */
final class HistoryPages {
  /** What the data of a button begins with; the position before which to read follows. */
  static final String BUTTON = "history:";

  private final Sender sender;
  private final Chat chat;

  HistoryPages(Sender sender, Chat chat) {
    this.sender = sender;
    this.chat = chat;
  }

  /** Shows the newest page. */
  void show(Incoming incoming) {
    Phrases phrases = Texts.in(incoming.language());
    Histories.Page page = chat.page(incoming.chatId(), Histories.END, HistoryText.PAGE);
    SendMessage request = new SendMessage(incoming.chatId(), text(page, phrases));
    InlineKeyboardButton[] buttons = buttons(page, phrases);
    sender.send(
        buttons.length == 0 ? request : request.replyMarkup(new InlineKeyboardMarkup(buttons)));
  }

  /** Turns to the page that a button asks for. */
  void turn(Incoming incoming, Incoming.Press press) {
    Phrases phrases = Texts.in(incoming.language());
    Histories.Page page = chat.page(incoming.chatId(), before(press.data()), HistoryText.PAGE);
    EditMessageText request =
        new EditMessageText(incoming.chatId(), press.messageId(), text(page, phrases))
            .replyMarkup(new InlineKeyboardMarkup(buttons(page, phrases)));
    sender.acknowledge(new AnswerCallbackQuery(press.queryId()));
    sender.send(request);
  }

  /** Buttons come back from clients, and so may hold anything. */
  private static int before(String data) {
    try {
      return Integer.parseInt(data.substring(BUTTON.length()));
    } catch (NumberFormatException e) {
      return Histories.END;
    }
  }

  private static String text(Histories.Page page, Phrases phrases) {
    if (page.total() == 0) {
      return phrases.get("history-empty");
    }
    String title =
        phrases.get(
            "history-title",
            String.valueOf(page.first() + 1),
            String.valueOf(page.first() + page.messages().size()),
            String.valueOf(page.total()));
    return HistoryText.of(title, page.messages(), phrases);
  }

  private static InlineKeyboardButton[] buttons(Histories.Page page, Phrases phrases) {
    List<InlineKeyboardButton> buttons = new ArrayList<>();
    int after = page.first() + page.messages().size();
    if (page.first() > 0) {
      buttons.add(button(phrases.get("older"), page.first()));
    }
    if (after < page.total()) {
      buttons.add(button(phrases.get("newer"), Math.min(page.total(), after + HistoryText.PAGE)));
    }
    return buttons.toArray(InlineKeyboardButton[]::new);
  }

  private static InlineKeyboardButton button(String text, int before) {
    return new InlineKeyboardButton(text).callbackData(BUTTON + before);
  }
}
