package botdb.bot.output;

import java.lang.Character.UnicodeScript;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** What the bot says, in one language: English, or Russian where that is asked for. */
public final class Phrases {
  private static final Locale RUSSIAN = Locale.forLanguageTag("ru");

  private final ResourceBundle bundle;
  private final boolean slavicPlurals;

  private Phrases(String bundle, Locale locale) {
    // Without a fallback: English must not become the language of the machine.
    this.bundle =
        ResourceBundle.getBundle(
            bundle,
            locale,
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    this.slavicPlurals = locale.equals(RUSSIAN);
  }

  /**
   * Returns phrases in the language of a text: Russian if it holds a Cyrillic letter.
   *
   * @param bundle the resource bundle that holds them
   */
  public static Phrases inLanguageOf(String text, String bundle) {
    boolean cyrillic =
        text.codePoints().anyMatch(c -> UnicodeScript.of(c) == UnicodeScript.CYRILLIC);
    return new Phrases(bundle, cyrillic ? RUSSIAN : Locale.ENGLISH);
  }

  /**
   * Returns phrases in the language that a code names.
   *
   * @param code an IETF tag, {@code ru} or {@code en-GB}; null if nobody knows
   * @param bundle the resource bundle that holds them
   */
  public static Phrases ofLanguage(@Nullable String code, String bundle) {
    String language = code == null ? "" : Locale.forLanguageTag(code).getLanguage();
    return new Phrases(bundle, language.equals("ru") ? RUSSIAN : Locale.ENGLISH);
  }

  /** Returns a phrase, its {@code {0}} and {@code {1}} replaced. */
  public String get(String key, String... values) {
    String pattern = bundle.getString(key);
    StringBuilder phrase = new StringBuilder();
    int at = 0;
    for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', at)) {
      phrase.append(pattern, at, open).append(values[pattern.charAt(open + 1) - '0']);
      at = open + "{0}".length();
    }
    return phrase.append(pattern, at, pattern.length()).toString();
  }

  /** Returns a number of things: {@code 3 days}. */
  public String count(String things, long count) {
    return get(things + "." + form(count), Long.toString(count));
  }

  /**
   * The plural rules of <a href="https://cldr.unicode.org/index/cldr-spec/plural-rules">CLDR</a>
   * for whole numbers: one, few and many in Russian, one and many in English.
   */
  private String form(long count) {
    if (!slavicPlurals) {
      return count == 1 ? "one" : "many";
    }
    long ones = count % 10;
    boolean isTeen = count % 100 / 10 == 1;
    if (ones == 1 && !isTeen) {
      return "one";
    }
    return ones >= 2 && ones <= 4 && !isTeen ? "few" : "many";
  }
}
