package botdb.catalog.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A word of an SQL statement and where it stands; comments and white space lie between words.
 *
 * @param text names unquoted and in lower case, strings with their quotes
 * @param isQuoted whether it is a name in quotes, which is never a keyword
 */
record SqlWord(String text, boolean isQuoted, int start, int end) {

  boolean is(String keyword) {
    return !isQuoted && text.equals(keyword);
  }

  static List<SqlWord> of(String sql) {
    List<SqlWord> words = new ArrayList<>();
    int at = 0;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (sql.startsWith("--", at)) {
        at = after(sql, "\n", at);
      } else if (sql.startsWith("/*", at)) {
        at = after(sql, "*/", at + 2);
      } else {
        SqlWord word = at(sql, at);
        words.add(word);
        at = word.end;
      }
    }
    return words;
  }

  private static int after(String sql, String end, int from) {
    int found = sql.indexOf(end, from);
    return found < 0 ? sql.length() : found + end.length();
  }

  private static SqlWord at(String sql, int start) {
    char c = sql.charAt(start);
    int end = start + 1;
    if (c == '\'' || c == '"' || c == '`' || c == '[') {
      end = quotedEnd(sql, start, c == '[' ? ']' : c);
      String inside = sql.substring(start + 1, Math.max(start + 1, end - 1));
      return c == '\''
          ? new SqlWord("'" + inside + "'", false, start, end)
          : new SqlWord(
              inside.replace("" + c + c, "" + c).toLowerCase(Locale.ROOT), true, start, end);
    }
    if (isPart(c)) {
      boolean number = Character.isDigit(c);
      while (end < sql.length() && (isPart(sql.charAt(end)) || number && sql.charAt(end) == '.')) {
        end++;
      }
    }
    return new SqlWord(sql.substring(start, end).toLowerCase(Locale.ROOT), false, start, end);
  }

  /** The closing quote is written twice where it is meant. */
  private static int quotedEnd(String sql, int start, char close) {
    int at = start + 1;
    while (at < sql.length()) {
      if (sql.charAt(at) == close) {
        if (at + 1 < sql.length() && sql.charAt(at + 1) == close && close != ']') {
          at++;
        } else {
          return at + 1;
        }
      }
      at++;
    }
    return sql.length();
  }

  private static boolean isPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c > 127;
  }
}
