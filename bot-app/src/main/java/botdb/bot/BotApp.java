package botdb.bot;

import botdb.bot.command.BotCommandLine;
import botdb.bot.log.Logging;
import botdb.bot.output.Output;
import botdb.bot.settings.Settings;

/** The program: {@code java -jar bot-app.jar [COMMAND] [--database PATH|URL]}. */
public final class BotApp {
  private BotApp() {}

  /** Does what the command line says and ends with its exit status. */
  public static void main(String[] args) {
    Logging.off();
    Output output = Output.standard();
    Settings settings = Settings.ofProcess();
    System.exit(new BotCommandLine(output, settings).run(args));
  }
}
