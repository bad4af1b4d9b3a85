package botdb.bot.command;

import botdb.bot.settings.ModelSettings;
import botdb.bot.settings.Settings;
import botdb.bot.settings.TelegramSettings;
import botdb.bot.settings.WebSettings;
import java.time.Clock;
import java.util.Optional;

/**
 * What a bot that serves is told, all of it checked before the database is touched.
 *
 * @param web where it is reached over HTTP
 * @param clock tells the time of new messages
 * @param model who answers; without it, the bot does so from what is stored
 * @param telegram whether it is on Telegram, and how
 */
record ServeSettings(
    WebSettings web,
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
        settings.web(), Clock.system(settings.timezone()), settings.model(), settings.telegram());
  }
}
