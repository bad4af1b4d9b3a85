package botdb.bot.command;

import botdb.bot.settings.ModelSettings;
import botdb.bot.settings.Settings;
import botdb.bot.settings.TelegramSettings;
import java.time.Clock;
import java.util.Optional;

/**
 * What a bot that serves is told, all of it checked before the database is touched.
 *
 * @param host the address to listen on
 * @param port the port, 0 for any that is free
 * @param clock tells the time of new messages
 * @param model who answers; without it, the bot does so from what is stored
 * @param telegram whether it is on Telegram, and how
 */
record ServeSettings(
    String host,
    int port,
    Clock clock,
    Optional<ModelSettings> model,
    Optional<TelegramSettings> telegram) {

  /**
   * Reads the settings.
   *
   * @throws botdb.bot.output.BotException if one of them is wrong
   */
  static ServeSettings of(Settings settings) {
    return new ServeSettings(
        settings.host(),
        settings.port(),
        Clock.system(settings.timezone()),
        settings.model(),
        settings.telegram());
  }
}
