package botdb.bot.telegram;

import botdb.bot.output.Phrases;
import botdb.catalog.Message;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Stored messages, as they are read on a telephone: shortened, a page of them in one message. */
final class HistoryText {
  /** So many, of such a length, with their times, are never longer than a message may be. */
  static final int PAGE = 8;

  private static final int LONGEST = 400;
  private static final int LONGEST_ROLE = 20;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private HistoryText() {}

  /** Returns messages under a title. */
  static String of(String title, List<Message> messages, Phrases phrases) {
    StringBuilder text = new StringBuilder(title);
    for (Message message : messages) {
      text.append("\n\n").append(of(message, phrases));
    }
    return text.toString();
  }

  private static String of(Message message, Phrases phrases) {
    String time =
        message.timestamp() == null
            ? phrases.get("time-unknown")
            : TIME.format(message.timestamp());
    boolean isSilent = message.content() == null || message.content().isBlank();
    String content = isSilent ? phrases.get("no-text") : message.content().strip();
    return time + " · " + who(message, phrases) + "\n" + Graphemes.shortened(content, LONGEST);
  }

  private static String who(Message message, Phrases phrases) {
    if (message.role() == null) {
      return "?";
    }
    return switch (message.role()) {
      case "user" -> phrases.get("you");
      case "assistant" -> phrases.get("bot");
      default -> Graphemes.shortened(message.role(), LONGEST_ROLE);
    };
  }
}
