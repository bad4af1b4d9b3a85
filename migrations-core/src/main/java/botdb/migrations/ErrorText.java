package botdb.migrations;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes an error as the owner of a database reads it: a fact, then labelled lines. */
final class ErrorText {
  private static final int LABEL_WIDTH = 10;

  private final StringBuilder text;

  ErrorText(String headline) {
    this.text = new StringBuilder(headline);
  }

  /** What became of the database, for a headline; {@link #applied} then names it. */
  static String changed(List<String> applied) {
    return applied.isEmpty() ? "nothing was changed" : "what this run applied before stays";
  }

  ErrorText database(String name) {
    return lines("database", List.of(name));
  }

  ErrorText at(List<String> places) {
    return lines("at", places);
  }

  ErrorText applied(List<String> names) {
    return lines("applied", names.stream().map(name -> name + ", in this run").toList());
  }

  /** Where the database as it was is kept, and how to go back to it; nothing if there is none. */
  ErrorText backup(@Nullable Path backup, String restoreCommand) {
    return backup == null
        ? this
        : lines("backup", List.of(backup.toString(), "to go back: " + restoreCommand));
  }

  ErrorText unknown(List<String> names) {
    return lines("unknown", names);
  }

  ErrorText todo(String remedy) {
    return lines("to do", List.of(remedy));
  }

  private ErrorText lines(String label, List<String> lines) {
    String head = label;
    for (String line : lines) {
      text.append("\n  ").append(head).append(" ".repeat(LABEL_WIDTH - head.length())).append(line);
      head = "";
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
