package botdb.bot.output;

/**
 * Text of strangers, made harmless for a terminal: characters that would move the cursor, change
 * colours or turn the direction of writing are shown as their number.
 */
public final class VisibleText {
  private VisibleText() {}

  /** Returns the text in one line. */
  public static String line(String text) {
    return escape(text, "\\n");
  }

  /** Returns the text in its own lines, those after the first behind an indent. */
  public static String block(String text, String indent) {
    return escape(text, "\n" + indent);
  }

  private static String escape(String text, String lineEnd) {
    StringBuilder visible = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        visible.append(c).append(text.charAt(++i));
      } else if (c == '\n') {
        visible.append(lineEnd);
      } else if (c == '\t' || !isHarmful(c)) {
        visible.append(c);
      } else {
        visible.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
      }
    }
    return visible.toString();
  }

  private static boolean isHarmful(char c) {
    return Character.isISOControl(c)
        || Character.isSurrogate(c)
        || c == '\u2028'
        || c == '\u2029'
        || (c >= '\u202A' && c <= '\u202E')
        || (c >= '\u2066' && c <= '\u2069');
  }
}
