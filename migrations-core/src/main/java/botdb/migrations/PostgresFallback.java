package botdb.migrations;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.Condition;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.ParserException;
import org.jspecify.annotations.Nullable;

/** Expressions as the server shows them, in the words of SQLite as far as it has them. */
final class PostgresFallback {
  private static final Pattern LITERAL =
      Pattern.compile("'((?:[^']|'')*)'::([a-z ]+?)(?:\\(\\d+\\))?");
  private static final Pattern NUMBER =
      Pattern.compile("\\(?(-?\\d+(?:\\.\\d+)?)\\)?(?:::[a-z ]+)?");
  private static final Set<String> NUMBERS =
      Set.of("smallint", "integer", "bigint", "real", "double precision", "numeric");
  private static final Set<String> NOW =
      Set.of(
          "CURRENT_TIMESTAMP",
          "now()",
          "(now() AT TIME ZONE 'UTC'::text)",
          "to_char((now() AT TIME ZONE 'UTC'::text), 'YYYY-MM-DD HH24:MI:SS'::text)");

  private PostgresFallback() {}

  /** Returns null where SQLite has no words for it. */
  static @Nullable String inWordsOfSqlite(String expression) {
    if (NOW.contains(expression)) {
      return "CURRENT_TIMESTAMP";
    }
    Matcher number = NUMBER.matcher(expression);
    if (number.matches()) {
      return number.group(1);
    }
    Matcher literal = LITERAL.matcher(expression);
    if (!literal.matches()) {
      return null;
    }
    if (literal.group(2).equals("bytea")) {
      return literal.group(1).startsWith("\\x") ? "X'" + literal.group(1).substring(2) + "'" : null;
    }
    return NUMBERS.contains(literal.group(2)) ? literal.group(1) : "'" + literal.group(1) + "'";
  }

  /** Returns null where SQLite has no words for it. */
  static @Nullable String conditionInWordsOfSqlite(String expression) {
    try {
      Condition condition =
          DSL.using(SQLDialect.POSTGRES, new Settings().withParseDialect(SQLDialect.POSTGRES))
              .parser()
              .parseCondition(expression);
      String said = DSL.using(SQLDialect.SQLITE).renderInlined(condition);
      return said.contains(" any ") || said.contains("array") ? null : said;
    } catch (ParserException e) {
      return null;
    }
  }
}
