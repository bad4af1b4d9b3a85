package botdb.bot;

import botdb.bot.command.BotCommandLine;
import botdb.bot.log.Logging;
import botdb.bot.output.Output;
import botdb.bot.settings.Settings;
import java.util.Locale;

/** The program: {@code java -jar bot-app.jar [COMMAND] [--database PATH|URL]}. */
public final class BotApp {
  private BotApp() {}

  /** Does what the command line says and ends with its exit status. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Does what the command line says and returns its exit status. */
  public static int run(String... args) {
    // Digits are digits wherever it runs: others read what is printed.
    Locale.setDefault(Locale.ROOT);
    Logging.off();
    return new BotCommandLine(Output.standard(), Settings.ofProcess()).run(args);
  }
}
