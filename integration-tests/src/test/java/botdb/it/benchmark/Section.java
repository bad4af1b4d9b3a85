package botdb.it.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was measured together.
 *
 * @param title what it is about
 * @param scale how much there was of it
 * @param circumstances when and on what it was measured
 * @param rows the table
 * @param notes what the table cannot say
 */
record Section(
    String title, String scale, String circumstances, List<Row> rows, List<String> notes) {
  private static final String TITLE = "### ";
  private static final String SCALE = " scale; ";
  private static final String CELL = "|";

  /** Reads a section as {@link #markdown()} writes it. */
  static Section parse(String markdown) {
    List<String> lines = markdown.lines().filter(line -> !line.isBlank()).toList();
    String[] measured = lines.get(1).split(SCALE, 2);
    List<Row> rows =
        lines.stream()
            .filter(line -> line.startsWith(CELL))
            .skip(2)
            .map(Section::parseRow)
            .toList();
    List<String> notes =
        lines.stream().skip(2).filter(line -> !line.startsWith(CELL)).collect(Collectors.toList());
    return new Section(
        lines.get(0).substring(TITLE.length()), measured[0], measured[1], rows, notes);
  }

  private static Row parseRow(String line) {
    List<String> cells = new ArrayList<>();
    for (String cell : line.substring(1, line.length() - 1).split("\\|", -1)) {
      cells.add(cell.strip());
    }
    return Row.ofCells(cells);
  }

  /** Returns the same section with a mark at each row that became worse. */
  Section comparedWith(Section before) {
    if (!scale.equals(before.scale)) {
      return this;
    }
    return new Section(
        title, scale, circumstances, rows.stream().map(before::mark).toList(), notes);
  }

  private Row mark(Row now) {
    return rows.stream()
        .filter(now::isSameAs)
        .filter(now::isWorseThan)
        .findFirst()
        .map(now::markedAsWorseThan)
        .orElse(now);
  }

  /** Returns the section with its table, columns aligned. */
  String markdown() {
    List<Row> all = new ArrayList<>(List.of(Row.HEAD));
    all.addAll(rows);
    int[] widths = new int[Row.HEAD.cells().size()];
    for (Row row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.cells().get(i).length());
      }
    }
    StringBuilder text = new StringBuilder(TITLE + title + "\n\n" + scale + SCALE);
    text.append(circumstances).append("\n\n");
    for (Row row : all) {
      line(text, row, widths);
      if (row.equals(Row.HEAD)) {
        rule(text, widths);
      }
    }
    notes.forEach(note -> text.append('\n').append(note).append('\n'));
    return text.toString();
  }

  private static void line(StringBuilder text, Row row, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      text.append("| ")
          .append(("%-" + Math.max(1, widths[i]) + "s ").formatted(row.cells().get(i)));
    }
    text.append("|\n");
  }

  private static void rule(StringBuilder text, int[] widths) {
    for (int width : widths) {
      text.append('|').append("-".repeat(width + 2));
    }
    text.append("|\n");
  }
}
