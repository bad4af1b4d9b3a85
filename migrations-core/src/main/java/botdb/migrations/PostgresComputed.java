package botdb.migrations;

import botdb.migrations.SqlTokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.Constraint;
import org.jooq.DataType;
import org.jooq.Field;
import org.jooq.Nullability;
import org.jooq.SQLDialect;
import org.jooq.TableElement;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultDataType;

/**
 * Generated columns, which the free edition of jOOQ neither reads nor writes: what they are
 * computed of goes past it as checks.
 */
final class PostgresComputed {
  private static final String NAME = "botdb_computed_";

  /** As jOOQ writes such a check. */
  private static final Pattern CHECK =
      Pattern.compile("constraint " + NAME + "(\\d+) check \\((.*) is null\\)", Pattern.DOTALL);

  private PostgresComputed() {}

  /**
   * Returns a script in which each {@code GENERATED ALWAYS AS (x)} is a check named by its column.
   */
  static String asChecks(String sqlite) {
    List<Token> tokens = SqlTokens.placed(sqlite);
    StringBuilder script = new StringBuilder();
    int depth = 0;
    int column = 0;
    int copied = 0;
    for (int i = 0; i < tokens.size(); i++) {
      switch (tokens.get(i).text()) {
        case "(" -> column = depth++ == 0 ? 0 : column;
        case ")" -> depth--;
        case "," -> column += depth == 1 ? 1 : 0;
        case "as" -> {
          if (depth == 1 && text(tokens, i + 1).equals("(")) {
            int close = close(tokens, i + 1);
            script.append(sqlite, copied, tokens.get(begin(tokens, i)).start());
            script.append(check(column, inside(sqlite, tokens.get(i + 1), tokens.get(close))));
            copied = tokens.get(end(tokens, close)).end();
          }
        }
        default -> {}
      }
    }
    return script.append(sqlite.substring(copied)).toString();
  }

  private static String text(List<Token> tokens, int i) {
    return i >= 0 && i < tokens.size() ? tokens.get(i).text() : "";
  }

  private static int begin(List<Token> tokens, int as) {
    return text(tokens, as - 1).equals("always") ? as - 2 : as;
  }

  private static int end(List<Token> tokens, int close) {
    return List.of("stored", "virtual").contains(text(tokens, close + 1)) ? close + 1 : close;
  }

  private static int close(List<Token> tokens, int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      depth += text(tokens, i).equals("(") ? 1 : text(tokens, i).equals(")") ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException("a bracket is not closed");
  }

  private static String inside(String sql, Token open, Token close) {
    return sql.substring(open.end(), close.start());
  }

  /** A line of its own: what it is computed of may end with a comment. */
  private static String check(int column, String expression) {
    return "CONSTRAINT %s%d CHECK ((%s\n) IS NULL)".formatted(NAME, column, expression);
  }

  /** Returns the columns and constraints of a table, with such checks made columns again. */
  static List<TableElement> ofChecks(List<TableElement> elements) {
    List<TableElement> columns = new ArrayList<>(elements);
    for (TableElement element : elements) {
      if (element instanceof Constraint) {
        Matcher check = CHECK.matcher(PostgresScript.words(element));
        if (check.matches()) {
          int column = Integer.parseInt(check.group(1));
          columns.set(column, computed((Field<?>) columns.get(column), check.group(2)));
          columns.remove(element);
        }
      }
    }
    return columns;
  }

  private static Field<?> computed(Field<?> column, String expression) {
    DataType<?> type = column.getDataType();
    String name =
        "%s generated always as (%s) stored"
            .formatted(
                type.getCastTypeName(DSL.using(SQLDialect.POSTGRES).configuration()), expression);
    DataType<?> optional = new DefaultDataType<>(SQLDialect.POSTGRES, Object.class, name);
    DataType<?> computed =
        type.nullability() == Nullability.NOT_NULL ? optional.notNull() : optional;
    return DSL.field(column.getUnqualifiedName(), computed);
  }
}
