package botdb.bot.telegram;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a text may be cut: between <a href="https://unicode.org/reports/tr29/">grapheme
 * clusters</a>, which is what a reader takes for one character, a family of emoji too.
 */
final class Graphemes {
  private static final Pattern CLUSTER = Pattern.compile("\\X");

  private Graphemes() {}

  /** Returns a matcher that finds one cluster after the other. */
  static Matcher in(String text) {
    return CLUSTER.matcher(text);
  }

  /**
   * Returns the last place at which a text may be cut, up to a length; where not even the first
   * cluster fits, one between two code points.
   */
  static int cut(String text, int longest) {
    if (text.length() <= longest) {
      return text.length();
    }
    Matcher cluster = in(text);
    int cut = 0;
    while (cluster.find() && cluster.end() <= longest) {
      cut = cluster.end();
    }
    return cut > 0 ? cut : codePointCut(text, longest);
  }

  /** Returns the last place between two code points, up to a length. */
  static int codePointCut(String text, int longest) {
    boolean inPair =
        Character.isHighSurrogate(text.charAt(longest - 1))
            && Character.isLowSurrogate(text.charAt(longest));
    return inPair && longest > 1 ? longest - 1 : longest;
  }

  /** Returns a text in its length, or its beginning and an ellipsis. */
  static String shortened(String text, int longest) {
    return text.length() <= longest
        ? text
        : text.substring(0, cut(text, longest - 1)).stripTrailing() + "…";
  }
}
