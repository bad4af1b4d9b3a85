package botdb.bot.page;

import botdb.bot.output.Phrases;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The language of who reads a page: the first of his browser's that the bot speaks. */
final class Reader {
  private static final String PHRASES = "botdb.bot.page.page";
  private static final List<String> LANGUAGES = List.of("en", "ru");

  private Reader() {}

  static String language(Context context) {
    context.header("Vary", "Accept-Language");
    return language(context.header("Accept-Language"));
  }

  static String language(@Nullable String accepted) {
    try {
      String best =
          accepted == null
              ? null
              : Locale.lookupTag(Locale.LanguageRange.parse(accepted), LANGUAGES);
      return best == null ? LANGUAGES.get(0) : best;
    } catch (IllegalArgumentException e) {
      return LANGUAGES.get(0); // not as RFC 4647 wants it
    }
  }

  static Phrases phrases(String language) {
    return Phrases.ofLanguage(language, PHRASES);
  }
}
