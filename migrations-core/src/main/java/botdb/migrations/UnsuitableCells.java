package botdb.migrations;

import java.util.ArrayList;
import java.util.List;

/** Cells that cannot be copied: the first of them, and how many there are. */
final class UnsuitableCells {
  private static final int SHOWN = 20;

  private final List<String> places = new ArrayList<>();
  private long count;

  /** Adds one, by its place and without what it holds. */
  void add(String table, String column, String row, String fact) {
    add(table, column, row, fact, 1);
  }

  /** Adds as many of which only this one is shown. */
  void add(String table, String column, String row, String fact, long more) {
    count += more;
    if (places.size() < SHOWN) {
      places.add("%s.%s of %s: %s".formatted(table, column, row, fact));
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  List<String> places() {
    List<String> lines = new ArrayList<>(places);
    lines.add(count + " in all");
    return lines;
  }
}
