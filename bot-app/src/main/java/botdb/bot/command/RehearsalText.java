package botdb.bot.command;

import botdb.bot.output.Columns;
import botdb.bot.output.Sizes;
import botdb.bot.output.VisibleText;
import botdb.bot.progress.MigrationWatcher;
import botdb.migrations.Rehearsal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A rehearsal as people read it. */
final class RehearsalText {
  private static final int LABEL_WIDTH = 8;
  private static final String INDENT = "     ";

  private RehearsalText() {}

  /** What every migration did, the samples included, and what that comes to. */
  static List<String> lines(String database, RehearsalOutcome outcome, Rehearsal rehearsal) {
    List<String> lines = new ArrayList<>();
    for (Rehearsal.Step step : rehearsal.steps()) {
      lines.add(MigrationWatcher.line(step.step()));
      add(lines, "rows", rows(step));
      if (step.step().transactions() > 1) {
        add(lines, "steps", List.of(steps(step)));
      }
      add(lines, "disk", List.of(disk(step)));
      add(lines, "schema", step.schema().isEmpty() ? List.of("as it was") : step.schema());
      add(lines, "keys", keys(step));
      for (Rehearsal.Sample sample : step.samples()) {
        add(lines, "sample", sample(sample));
      }
    }
    switch (outcome) {
      case NOTHING_TO_APPLY -> lines.add("nothing to apply");
      case WOULD_BE_CREATED -> lines.add(database + " would be created; it was not");
      case WOULD_BE_MIGRATED -> lines.add(database + " would be migrated; it was not changed");
      case WOULD_FAIL -> {} // said with the failure
    }
    return lines;
  }

  /** The same in one line. */
  static String summary(Rehearsal.Step step) {
    return MigrationWatcher.line(step.step()) + "  " + disk(step);
  }

  /** What stands before the message of the failure, which reads as that of a real run. */
  static String stopped(String database) {
    return "the rehearsal stopped where a migration would; "
        + database
        + " itself was not changed:";
  }

  private static void add(List<String> lines, String label, List<String> texts) {
    String head = label;
    for (String text : texts) {
      lines.add(INDENT + Columns.pad(head, LABEL_WIDTH) + VisibleText.line(text));
      head = "";
    }
  }

  private static List<String> rows(Rehearsal.Step step) {
    List<String> rows = new ArrayList<>();
    step.rows().forEach((table, count) -> rows.add(count + " in " + table));
    if (step.elsewhere() > 0) {
      rows.add(step.elsewhere() + " in tables of which SQLite does not tell");
    }
    return rows.isEmpty() ? List.of("none") : rows;
  }

  private static String steps(Rehearsal.Step step) {
    return step.step().transactions() + " transactions; a killed one goes on where it stood";
  }

  private static String disk(Rehearsal.Step step) {
    return "needs %s: log %s, growth %s"
        .formatted(Sizes.of(step.disk()), Sizes.of(step.log()), Sizes.of(step.growth()));
  }

  private static List<String> keys(Rehearsal.Step step) {
    if (step.violationsBefore().isEmpty()) {
      return List.of("all hold");
    }
    return step.violationsBefore().stream()
        .map(
            place ->
                place
                    + (step.violationsAfter().contains(place) ? ", before and after" : ", before"))
        .collect(Collectors.toList());
  }

  private static List<String> sample(Rehearsal.Sample sample) {
    List<String> lines = new ArrayList<>();
    lines.add(sample.table() + ", " + sample.row());
    for (Rehearsal.Cell cell : sample.cells()) {
      add(lines, "-", cell.column(), cell.before());
      add(lines, "+", cell.column(), cell.after());
    }
    return lines;
  }

  private static void add(List<String> lines, String sign, String column, @Nullable String cell) {
    if (cell != null) {
      lines.add(sign + " " + column + "  " + cell);
    }
  }
}
