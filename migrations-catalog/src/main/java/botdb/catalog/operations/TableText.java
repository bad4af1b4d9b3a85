package botdb.catalog.operations;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A CREATE TABLE statement, taken apart and put together again: columns, constraints, options, each
 * with the text that it has, comments included.
 */
final class TableText {
  private static final Set<String> CONSTRAINTS =
      Set.of("constraint", "primary", "unique", "check", "foreign");

  private static final Pattern BESIDE =
      Pattern.compile("[ \\t]*(--[^\\n]*|/\\*[^\\n]*\\*/[ \\t]*(?=\\n))");

  private final String body;
  private final List<Part> columns;
  private final List<Part> constraints;
  private final Part options;

  private TableText(String body, List<Part> columns, List<Part> constraints, Part options) {
    this.body = body;
    this.columns = columns;
    this.constraints = constraints;
    this.options = options;
  }

  /**
   * A column, a constraint, or what stands behind the brackets.
   *
   * @param words what it says, however it is written
   * @param above comments in front of it
   * @param core as it is written, from the first word to the last
   * @param beside comments behind it, also behind its comma
   */
  record Part(List<String> words, String above, String core, String beside) {

    String name() {
      return words.get(0);
    }

    boolean says(Part other) {
      return words.equals(other.words);
    }
  }

  /**
   * Takes a statement apart.
   *
   * @throws IllegalArgumentException if it is not a CREATE TABLE with columns in brackets
   */
  static TableText parse(String sql) {
    List<SqlWord> words = SqlWord.of(sql);
    int open = indexOf(words, "(");
    if (open < 0 || words.stream().limit(open).anyMatch(word -> word.is("virtual"))) {
      throw new IllegalArgumentException("no table that can be rebuilt: " + sql);
    }
    List<Part> columns = new ArrayList<>();
    List<Part> constraints = new ArrayList<>();
    int depth = 1;
    int first = open + 1;
    int from = words.get(open).end();
    int i = first;
    for (; depth > 0; i++) {
      SqlWord word = words.get(i);
      depth += word.is("(") ? 1 : word.is(")") ? -1 : 0;
      if (depth == 0 || depth == 1 && word.is(",")) {
        int end = depth == 0 ? word.end() : endOfComment(sql, word.end());
        String inFront = sql.substring(words.get(i - 1).end(), word.start()).strip();
        String behind = sql.substring(word.end(), end).strip();
        SqlWord head = words.get(first);
        boolean constraint = !head.isQuoted() && CONSTRAINTS.contains(head.text());
        (constraint ? constraints : columns)
            .add(part(sql, words.subList(first, i), from, (inFront + " " + behind).strip()));
        first = i + 1;
        from = end;
      }
    }
    Part options = options(sql, words.subList(i, words.size()));
    return new TableText(sql.substring(words.get(open).start()), columns, constraints, options);
  }

  /** A comment in the line of a comma speaks of what stands before the comma. */
  private static int endOfComment(String sql, int comma) {
    Matcher comment = BESIDE.matcher(sql).region(comma, sql.length());
    return comment.lookingAt() ? comment.end() : comma;
  }

  /** Leaves the comma out, which stands between the comments behind a part or nowhere. */
  private static Part part(String sql, List<SqlWord> words, int from, String beside) {
    int start = words.get(0).start();
    int end = words.get(words.size() - 1).end();
    return new Part(
        words.stream().map(SqlWord::text).toList(),
        sql.substring(from, start).strip(),
        sql.substring(start, end),
        beside);
  }

  private static Part options(String sql, List<SqlWord> words) {
    List<String> texts = words.stream().map(SqlWord::text).filter(w -> !w.equals(";")).toList();
    String core = words.isEmpty() ? "" : sql.substring(words.get(0).start());
    return new Part(texts, "", core, "");
  }

  private static int indexOf(List<SqlWord> words, String text) {
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).is(text)) {
        return i;
      }
    }
    return -1;
  }

  List<Part> columns() {
    return columns;
  }

  @Nullable Part column(String name) {
    return columns.stream()
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  List<Part> constraints() {
    return constraints;
  }

  Part options() {
    return options;
  }

  /** Whether both say the same, however they are written. */
  boolean says(TableText other) {
    return words().toList().equals(other.words().toList());
  }

  private Stream<List<String>> words() {
    return Stream.of(columns, constraints, List.of(options)).flatMap(List::stream).map(Part::words);
  }

  /** Returns the statement for a table of another name, as it was written. */
  String createdAs(String quotedName) {
    return "CREATE TABLE " + quotedName + " " + body;
  }

  /** Puts a table together. */
  static TableText of(List<Part> columns, List<Part> constraints, Part options) {
    List<Part> parts = Stream.concat(columns.stream(), constraints.stream()).toList();
    StringBuilder body = new StringBuilder("(");
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      body.append("\n    ").append(part.above).append(part.above.isEmpty() ? "" : "\n    ");
      body.append(part.core).append(i + 1 < parts.size() ? "," : "");
      body.append(part.beside.isEmpty() ? "" : " ").append(part.beside);
    }
    body.append("\n)").append(options.core.isEmpty() ? "" : " ").append(options.core);
    return new TableText(body.toString(), columns, constraints, options);
  }
}
