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
  private int at;

  private SqlTokens(String sql) {
    this.sql = sql;
  }

  static List<String> of(String sql) {
    return new SqlTokens(sql).read();
  }

  private List<String> read() {
    List<String> tokens = new ArrayList<>();
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (sql.startsWith("--", at)) {
        skipPast("\n");
      } else if (sql.startsWith("/*", at)) {
        skipPast("*/");
      } else if (c == '\'') {
        tokens.add("'" + quoted('\'') + "'");
      } else if (c == '"' || c == '`') {
        tokens.add(quoted(c).toLowerCase(Locale.ROOT));
      } else if (c == '[') {
        tokens.add(quoted(']').toLowerCase(Locale.ROOT));
      } else if (isWord(c)) {
        tokens.add(word());
      } else {
        tokens.add(String.valueOf(c));
        at++;
      }
    }
    return tokens;
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
