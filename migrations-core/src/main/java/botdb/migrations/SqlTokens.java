package botdb.migrations;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of an SQL statement in a form in which two ways of writing the same are equal: without
 * comments and white space, names unquoted and in lower case, strings as they stand.
 */
final class SqlTokens {
  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  /** A word, and from where to where it stands in the statement. */
  record Token(String text, int start, int end) {}

  private SqlTokens(String sql) {
    this.sql = sql;
  }

  static List<String> of(String sql) {
    return placed(sql).stream().map(Token::text).toList();
  }

  static List<Token> placed(String sql) {
    SqlTokens reader = new SqlTokens(sql);
    reader.read();
    return reader.tokens;
  }

  private void read() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (sql.startsWith("--", at)) {
        skipPast("\n");
      } else if (sql.startsWith("/*", at)) {
        skipPast("*/");
      } else if (c == '\'') {
        add(at, "'" + quoted('\'') + "'");
      } else if (c == '"' || c == '`') {
        add(at, quoted(c).toLowerCase(Locale.ROOT));
      } else if (c == '[') {
        add(at, quoted(']').toLowerCase(Locale.ROOT));
      } else if (isWord(c)) {
        add(at, word());
      } else {
        add(at++, String.valueOf(c));
      }
    }
  }

  /** Adds what was read since a place. */
  private void add(int start, String text) {
    tokens.add(new Token(text, start, at));
  }

  private void skipPast(String end) {
    int found = sql.indexOf(end, at + 2);
    at = found < 0 ? sql.length() : found + end.length();
  }

  /** What stands up to the closing quote, which is written twice where it is meant. */
  private String quoted(char close) {
    int start = ++at;
    while (at < sql.length()) {
      if (sql.charAt(at) == close) {
        if (at + 1 < sql.length() && sql.charAt(at + 1) == close) {
          at++;
        } else {
          return sql.substring(start, at++);
        }
      }
      at++;
    }
    return sql.substring(start);
  }

  private String word() {
    int start = at;
    boolean number = Character.isDigit(sql.charAt(at));
    while (at < sql.length() && (isWord(sql.charAt(at)) || number && sql.charAt(at) == '.')) {
      at++;
    }
    return sql.substring(start, at).toLowerCase(Locale.ROOT);
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c > 127;
  }
}
