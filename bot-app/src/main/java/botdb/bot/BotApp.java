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
    // Digits are digits wherever it runs: others read what is printed.
    Locale.setDefault(Locale.ROOT);
    Logging.off();
    Output output = Output.standard();
    Settings settings = Settings.ofProcess();
    System.exit(new BotCommandLine(output, settings).run(args));
  }
}
