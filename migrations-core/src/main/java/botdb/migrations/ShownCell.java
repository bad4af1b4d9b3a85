package botdb.migrations;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A cell as far as it is shown: its beginning, so that none needs much memory, and its size, by
 * which two that begin alike can be told apart.
 */
record ShownCell(Kind kind, String beginning, long bytes) {
  private static final int READ = 4000;
  private static final int SHOWN = 240;

  private enum Kind {
    PLAIN,
    TEXT,
    BLOB
  }

  /** The two columns of a query by which a cell is read. */
  static String expressions(String column) {
    return "iif(typeof(%s) IN ('text', 'blob'), substr(%s, 1, %d), %s), octet_length(%s)"
        .formatted(column, column, READ, column, column);
  }

  static ShownCell of(@Nullable Object value, long bytes) {
    if (value instanceof String text) {
      return new ShownCell(Kind.TEXT, text, bytes);
    }
    if (value instanceof byte[] blob) {
      return new ShownCell(Kind.BLOB, HexFormat.of().formatHex(blob), bytes);
    }
    return new ShownCell(Kind.PLAIN, value == null ? "NULL" : value.toString(), bytes);
  }

  /** A value that is no text of anybody's: a number, a time. */
  static ShownCell plain(String value) {
    return new ShownCell(Kind.PLAIN, value, value.length());
  }

  /** Bytes by their beginning in hexadecimal digits. */
  static ShownCell bytes(String beginning, long bytes) {
    return new ShownCell(Kind.BLOB, beginning, bytes);
  }

  String shown(UnaryOperator<String> mask) {
    return switch (kind) {
      case PLAIN -> beginning;
      case BLOB -> "blob of " + bytes + " bytes";
      case TEXT -> cut(mask.apply(beginning));
    };
  }

  private static String cut(String text) {
    return text.codePointCount(0, text.length()) <= SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
  }

  /** Returns the cells of a row that are not as they were, by the names of their columns. */
  static List<Rehearsal.Cell> differences(
      Map<String, ShownCell> before, Map<String, ShownCell> after, UnaryOperator<String> mask) {
    Set<String> columns = new LinkedHashSet<>(before.keySet());
    columns.addAll(after.keySet());
    List<Rehearsal.Cell> cells = new ArrayList<>();
    for (String column : columns) {
      ShownCell was = before.get(column);
      ShownCell is = after.get(column);
      if (was == null || !was.equals(is)) {
        cells.add(new Rehearsal.Cell(column, shown(was, mask), shown(is, mask)));
      }
    }
    return cells;
  }

  private static @Nullable String shown(@Nullable ShownCell cell, UnaryOperator<String> mask) {
    return cell == null ? null : cell.shown(mask);
  }
}
