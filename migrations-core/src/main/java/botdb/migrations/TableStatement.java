package botdb.migrations;

import java.util.ArrayList;
import java.util.List;

/**
 * What only the CREATE TABLE statement knows, and no pragma tells: checks, collations, generated
 * columns, AUTOINCREMENT, when a foreign key is checked, what happens on a conflict.
 *
 * @param table the name of the table
 * @param tokens the words of its statement
 */
record TableStatement(String table, List<String> tokens) {

  List<String> facts() {
    List<String> facts = new ArrayList<>();
    String column = "";
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      boolean startsDefinition = depth == 1 && List.of("(", ",").contains(tokens.get(i - 1));
      if (startsDefinition) {
        column = "column " + table + "." + tokens.get(i);
      }
      switch (tokens.get(i)) {
        case "(" -> depth++;
        case ")" -> depth--;
        case "autoincrement" -> facts.add("table " + table + " counts with autoincrement");
        case "check" -> facts.add("check " + table + " " + group(i + 1));
        case "collate" -> facts.add(column + " collates " + next(i));
        case "deferrable" -> facts.add(column + " has a key that is " + deferred(i));
        case "conflict" -> {
          if (tokens.get(i - 1).equals("on")) {
            facts.add(column + " on conflict of " + constraint(i - 2) + ": " + next(i));
          }
        }
        case "as" -> {
          if (depth == 1 && !startsDefinition && next(i).equals("(")) {
            facts.add(column + " is generated " + group(i + 1));
          }
        }
        default -> {
          // Everything else is told by the pragmas.
        }
      }
    }
    return facts;
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
