package botdb.bot.telegram;

import botdb.bot.output.Phrases;
import com.pengrad.telegrambot.model.BotCommand;
import com.pengrad.telegrambot.request.SetMyCommands;
import java.util.List;
import java.util.stream.Collectors;

/** The commands, as the menu of the client and {@code /help} show them. */
final class Menu {
  private static final List<String> NAMES =
      List.of("start", "help", "history", "search", "clear", "export");

  private Menu() {}

  /** Tells Telegram the commands: in English for everybody, in Russian for who reads it. */
  static void register(BotApi api) {
    api.call(new SetMyCommands(commands("en")));
    api.call(new SetMyCommands(commands("ru")).languageCode("ru"));
  }

  private static BotCommand[] commands(String language) {
    Phrases phrases = Texts.in(language);
    return NAMES.stream()
        .map(name -> new BotCommand(name, phrases.get("menu-" + name)))
        .toArray(BotCommand[]::new);
  }

  /** Returns what {@code /help} says. */
  static String help(Phrases phrases) {
    return NAMES.stream()
        .map(name -> "/" + name + " — " + phrases.get("menu-" + name))
        .collect(Collectors.joining("\n", phrases.get("help") + "\n\n", ""));
  }
}
