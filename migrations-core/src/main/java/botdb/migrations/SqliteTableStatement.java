package botdb.migrations;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What only the CREATE TABLE statement knows, and no pragma tells: checks, collations, generated
 * columns, AUTOINCREMENT, when a foreign key is checked, what happens on a conflict.
 *
 * @param table the name of the table
 * @param tokens the words of its statement
 */
record SqliteTableStatement(String table, List<String> tokens) {

  List<String> facts() {
    List<String> facts = new ArrayList<>();
    String column = "";
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      boolean startsDefinition = depth == 1 && List.of("(", ",").contains(tokens.get(i - 1));
      if (startsDefinition) {
        column = "column " + table + "." + tokens.get(i);
      } else if (depth == 1 && tokens.get(i).equals("as") && next(i).equals("(")) {
        facts.add(column + " is generated " + group(i + 1));
      }
      String fact = fact(i, column);
      if (fact != null) {
        facts.add(fact);
      }
      switch (tokens.get(i)) {
        case "(" -> depth++;
        case ")" -> depth--;
        default -> {}
      }
    }
    return facts;
  }

  /** What a word tells about the column in whose definition it stands; null if nothing. */
  private @Nullable String fact(int i, String column) {
    return switch (tokens.get(i)) {
      case "autoincrement" -> "table " + table + " counts with autoincrement";
      case "check" -> "check " + table + " " + group(i + 1);
      case "collate" -> column + " collates " + next(i);
      case "deferrable" -> column + " has a key that is " + deferred(i);
      case "conflict" ->
          tokens.get(i - 1).equals("on")
              ? column + " on conflict of " + constraint(i - 2) + ": " + next(i)
              : null;
      default -> null;
    };
  }

  private String next(int i) {
    return i + 1 < tokens.size() ? tokens.get(i + 1) : "";
  }

  private String deferred(int deferrable) {
    boolean not = tokens.get(deferrable - 1).equals("not");
    boolean initially = next(deferrable).equals("initially");
    return (not ? "not deferrable" : "deferrable")
        + (initially ? " initially " + next(deferrable + 1) : "");
  }

  /** The constraint that ends at a token: its last word, or its brackets. */
  private String constraint(int end) {
    int start = end;
    while (tokens.get(end).equals(")") && !tokens.get(start).equals("(")) {
      start--;
    }
    return String.join(" ", tokens.subList(start, end + 1));
  }

  /** The tokens from an opening bracket to the one that closes it. */
  private String group(int open) {
    int depth = 0;
    for (int i = open; i < tokens.size(); i++) {
      if (tokens.get(i).equals("(")) {
        depth++;
      } else if (tokens.get(i).equals(")") && --depth == 0) {
        return String.join(" ", tokens.subList(open, i + 1));
      }
    }
    return String.join(" ", tokens.subList(open, tokens.size()));
  }
}
