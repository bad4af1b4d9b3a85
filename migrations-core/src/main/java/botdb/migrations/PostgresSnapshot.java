package botdb.migrations;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a script of SQLite comes to on a server, as facts.
 *
 * <p>What a check, an index or a generated column says, each engine writes in its own way: compared
 * is of which columns it is. What only SQLite knows (collations, conflicts, strictness, triggers)
 * is left out.
 */
final class PostgresSnapshot {
  private static final Pattern COLUMN = Pattern.compile("column (\\S+)\\.(\\S+) (.+)");
  private static final Pattern TYPE = Pattern.compile("[A-Z][A-Z0-9 (),]*");
  private static final Pattern PART = Pattern.compile("is part (\\d+) of the primary key");
  private static final Pattern UNIQUE = Pattern.compile("unique (\\S+) \\((.*)\\)");
  private static final Pattern CHECK = Pattern.compile("check (\\S+) \\( (.*) \\)");
  private static final Pattern FOREIGN_KEY =
      Pattern.compile("(foreign key .* to (\\S+) )\\(its key\\)(.*)");
  private static final Pattern INDEX =
      Pattern.compile(
          "index (\\S+): create (unique )?index .*? on (\\S+) \\( (.*?) \\)( where .*)?");

  private static final Map<String, String> TYPES =
      Map.of(
          "INT", "INTEGER",
          "BIGINT", "INTEGER",
          "SMALLINT", "INTEGER",
          "TINYINT", "INTEGER",
          "FLOAT", "REAL",
          "DOUBLE", "REAL",
          "DOUBLE PRECISION", "REAL",
          "DATETIME", "TIMESTAMP",
          "DECIMAL", "NUMERIC");

  private final SortedSet<String> sqlite;
  private final SortedSet<String> facts = new TreeSet<>();

  private PostgresSnapshot(SortedSet<String> sqlite) {
    this.sqlite = sqlite;
  }

  static Schema of(String script) throws SQLException {
    PostgresSnapshot snapshot = new PostgresSnapshot(Schema.ofScript(script).facts());
    snapshot.sqlite.forEach(snapshot::add);
    return new Schema(snapshot.facts);
  }

  static String check(String table, List<String> columns) {
    return "check " + table + " of " + String.join(", ", new TreeSet<>(columns));
  }

  static String index(String name, String table, String columns, boolean unique, boolean partial) {
    return "index %s: %son %s (%s)%s"
        .formatted(name, unique ? "unique " : "", table, columns, partial ? " where" : "");
  }

  private void add(String fact) {
    switch (fact.substring(0, fact.indexOf(' '))) {
      case "table" -> {
        if (fact.split(" ").length == 2 || fact.endsWith(" counts with autoincrement")) {
          facts.add(fact);
        }
      }
      case "column" -> column(fact);
      case "unique" -> unique(fact);
      case "check" -> check(fact);
      case "foreign" -> foreignKey(fact);
      case "index" -> index(fact);
      case "view" -> facts.add(fact.substring(0, fact.indexOf(':') + 1));
      default -> {} // triggers
    }
  }

  private void column(String fact) {
    Matcher matcher = COLUMN.matcher(fact);
    if (!matcher.matches()) {
      return;
    }
    String column = "column " + matcher.group(1) + "." + matcher.group(2) + " ";
    String says = matcher.group(3);
    if (TYPE.matcher(says).matches()) {
      facts.add(column + TYPES.getOrDefault(says, says));
    } else if (PART.matcher(says).matches()) {
      facts.add(fact);
      facts.add(column + "is not null");
    } else if (says.startsWith("is generated ")) {
      facts.add(column + "is generated");
    } else if (says.startsWith("defaults to ") || says.equals("is not null")) {
      facts.add(fact);
    }
  }

  /** A key is unique anyway. */
  private void unique(String fact) {
    Matcher matcher = UNIQUE.matcher(fact);
    if (matcher.matches()) {
      List<String> columns = names(matcher.group(2), ", ");
      if (!columns.equals(key(matcher.group(1)))) {
        facts.add("unique " + matcher.group(1) + " (" + String.join(", ", columns) + ")");
      }
    }
  }

  private void check(String fact) {
    Matcher matcher = CHECK.matcher(fact);
    if (matcher.matches()) {
      List<String> columns = new ArrayList<>(columns(matcher.group(1)));
      columns.retainAll(List.of(matcher.group(2).split(" ")));
      facts.add(check(matcher.group(1), columns));
    }
  }

  private void foreignKey(String fact) {
    Matcher matcher = FOREIGN_KEY.matcher(fact);
    facts.add(
        matcher.matches()
            ? "%s(%s)%s"
                .formatted(
                    matcher.group(1), String.join(", ", key(matcher.group(2))), matcher.group(3))
            : fact);
  }

  private void index(String fact) {
    Matcher matcher = INDEX.matcher(fact);
    if (matcher.matches()) {
      List<String> columns = new ArrayList<>(names(matcher.group(4), " , "));
      List<String> known = columns(matcher.group(3));
      columns.replaceAll(name -> known.contains(name) ? name : "expression");
      facts.add(
          index(
              matcher.group(1),
              matcher.group(3),
              String.join(", ", columns),
              matcher.group(2) != null,
              matcher.group(5) != null));
    }
  }

  /** The first word of each part: after it come collations and orders. */
  private static List<String> names(String parts, String separator) {
    List<String> names = new ArrayList<>();
    for (String part : parts.split(Pattern.quote(separator))) {
      names.add(part.strip().split(" ")[0]);
    }
    return names;
  }

  private List<String> columns(String table) {
    return sqlite.stream()
        .map(COLUMN::matcher)
        .filter(matcher -> matcher.matches() && matcher.group(1).equals(table))
        .map(matcher -> matcher.group(2))
        .distinct()
        .toList();
  }

  private List<String> key(String table) {
    List<String> key = new ArrayList<>();
    for (int part = 1; part == key.size() + 1; part++) {
      String end = " is part " + part + " of the primary key";
      columns(table).stream()
          .filter(column -> sqlite.contains("column " + table + "." + column + end))
          .forEach(key::add);
    }
    return key;
  }
}
