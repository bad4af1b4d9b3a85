package botdb.migrations;

import org.jspecify.annotations.Nullable;

/**
 * Texts that SQLite joined into one, each as {@code quote()} writes it: {@code 'it''s',NULL,'b',},
 * a comma after each.
 *
 * <p>A thousand rows come so by one call into SQLite, and not by three for each row, which is what
 * most of the time would go to.
 */
final class QuotedTexts {
  private final String joined;
  private int at;

  QuotedTexts(@Nullable String joined) {
    this.joined = joined == null ? "" : joined;
  }

  boolean hasNext() {
    return at < joined.length();
  }

  /** The next text; null for NULL. */
  @Nullable String next() {
    if (joined.charAt(at) != '\'') {
      at += "NULL,".length();
      return null;
    }
    int start = at + 1;
    int end = joined.indexOf('\'', start);
    while (isDoubled(end)) {
      end = joined.indexOf('\'', end + 2);
    }
    at = end + 2;
    return joined.substring(start, end).replace("''", "'");
  }

  /** Whether a quote is one of the text; a text that ends is followed by a comma. */
  private boolean isDoubled(int quote) {
    return quote + 1 < joined.length() && joined.charAt(quote + 1) == '\'';
  }
}
