package botdb.bot.page;

/**
 * Markup that is safe to send: whatever got into it that is not markup itself is escaped.
 *
 * @param markup the text of the document
 */
record Html(String markup) {
  static final Html NOTHING = new Html("");

  /** Text as itself. */
  static Html text(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '&' -> escaped.append("&amp;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return new Html(escaped.toString());
  }

  /** A pattern of {@link String#formatted} with values that are markup or else text. */
  static Html of(String pattern, Object... values) {
    Object[] safe = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      safe[i] =
          values[i] instanceof Html html ? html.markup : text(String.valueOf(values[i])).markup;
    }
    return new Html(pattern.formatted(safe));
  }

  Html plus(Html more) {
    return new Html(markup + more.markup);
  }
}
