package botdb.migrations;

import java.util.ArrayList;
import java.util.List;

/** Cells that cannot be copied: the first of them, and how many there are. */
final class UnsuitableCells {
  static final int SHOWN = 20;

  private final List<String> places = new ArrayList<>();
  private long count;

  /** Adds one, by its place and without what it holds. */
  void add(String table, String column, String row, String fact) {
    count++;
    if (places.size() < SHOWN) {
      places.add("%s.%s of %s: %s".formatted(table, column, row, fact));
    }
  }

  /** Adds as many whose places nobody has looked up. */
  void addUnseen(long more) {
    count += more;
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
