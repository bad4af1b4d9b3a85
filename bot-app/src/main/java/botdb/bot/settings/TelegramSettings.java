package botdb.bot.settings;

import java.net.URI;

/**
 * How to reach the users of Telegram.
 *
 * @param token what @BotFather gave for the bot; a secret
 * @param api the server of the Bot API, without a slash at its end
 */
public record TelegramSettings(String token, URI api) {

  /** Shows everything but the token. */
  @Override
  public String toString() {
    return "TelegramSettings[api=" + api + "]";
  }
}
