package botdb.bot.telegram;

import botdb.bot.chat.Chat;
import botdb.bot.output.Phrases;
import botdb.catalog.Message;
import com.pengrad.telegrambot.request.SendMessage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Finds the newest messages that hold all words, whatever their case. */
final class Finder {
  private static final int LONGEST_QUERY = 100;

  private final Sender sender;
  private final Chat chat;

  Finder(Sender sender, Chat chat) {
    this.sender = sender;
    this.chat = chat;
  }

  void find(Incoming incoming, String query) {
    sender.send(new SendMessage(incoming.chatId(), text(incoming, query)));
  }

  private String text(Incoming incoming, String query) {
    Phrases phrases = Texts.in(incoming.language());
    List<String> words = Arrays.asList(comparable(query).strip().split("\\s+"));
    if (query.isBlank()) {
      return phrases.get("search-usage");
    }
    String shown = Graphemes.shortened(query.strip(), LONGEST_QUERY);
    List<Message> found =
        chat.find(incoming.chatId(), message -> holds(message, words), HistoryText.PAGE + 1);
    if (found.isEmpty()) {
      return phrases.get("search-none", shown);
    }
    if (found.size() <= HistoryText.PAGE) {
      return HistoryText.of(phrases.get("search-all", shown), found, phrases);
    }
    String title = phrases.get("search-newest", shown, String.valueOf(HistoryText.PAGE));
    return HistoryText.of(title, found.subList(1, found.size()), phrases);
  }

  private static boolean holds(Message message, List<String> words) {
    if (message.content() == null) {
      return false;
    }
    String text = comparable(message.content());
    return words.stream().allMatch(text::contains);
  }

  private static String comparable(String text) {
    return text.toLowerCase(Locale.ROOT).replace('ё', 'е');
  }
}
