package botdb.bot.telegram;

import botdb.bot.output.Phrases;
import org.jspecify.annotations.Nullable;

/** What the bot says on Telegram by itself. */
final class Texts {
  private static final String PHRASES = "botdb.bot.telegram.messages";

  private Texts() {}

  /** Returns the texts in the language of a client; in English where nobody knows it. */
  static Phrases in(@Nullable String language) {
    return Phrases.ofLanguage(language, PHRASES);
  }
}
