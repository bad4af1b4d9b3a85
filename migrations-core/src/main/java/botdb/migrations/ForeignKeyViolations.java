package botdb.migrations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows whose foreign key points nowhere, counted by the key that they hold.
 *
 * <p>Databases in the field have such rows, because keys are off unless a program switches them on:
 * only those that a migration makes are its fault. They are told apart by the values of the key and
 * not by rowid or number of the key, which a rebuilt table gives anew; and those of a table or
 * column that is gone are looked for under the name that it may have now.
 *
 * @param counts how many rows of a table hold which dangling key
 */
record ForeignKeyViolations(Map<Key, Long> counts) {

  /** A dangling key: the table that holds it, the table it should point to, and its columns. */
  record Key(String child, String parent, String columns, String values) {

    String place() {
      String holder = columns.isEmpty() ? child : "%s (%s)".formatted(child, columns);
      return holder + " points to " + (parent.isEmpty() ? "what is no key" : "no row of " + parent);
    }
  }

  /** No key points nowhere. */
  static ForeignKeyViolations none() {
    return new ForeignKeyViolations(Map.of());
  }

  /** Returns which keys point nowhere, and how many rows hold them, without their values. */
  List<String> places() {
    Map<String, Long> rows = new LinkedHashMap<>();
    counts.forEach((key, count) -> rows.merge(key.place(), count, Long::sum));
    List<String> places = new ArrayList<>();
    rows.forEach((place, count) -> places.add(place + ": " + count));
    return places;
  }

  /**
   * Refuses what was not there before.
   *
   * @throws MigrationException.UnsuitableData naming tables and counts, not the values
   */
  void refuseNew(ForeignKeyViolations after) {
    Map<String, Long> vanished = vanished(after);
    Map<String, Long> fresh = new LinkedHashMap<>();
    after.counts.forEach(
        (key, count) -> {
          long more = count - counts.getOrDefault(key, 0L);
          if (more > 0) {
            long renamed = Math.min(more, vanished.getOrDefault(key.values, 0L));
            vanished.merge(key.values, -renamed, Long::sum);
            fresh.merge(key.place(), more - renamed, Long::sum);
          }
        });
    fresh.values().removeIf(count -> count == 0);
    if (!fresh.isEmpty()) {
      List<String> places = new ArrayList<>();
      fresh.forEach((place, count) -> places.add(place + ": " + count + " new"));
      throw new MigrationException.UnsuitableData(
          places, "report this as a bug: the migration breaks foreign keys that held before it");
    }
  }

  /** What is no longer found under its old name, counted by the values alone. */
  private Map<String, Long> vanished(ForeignKeyViolations after) {
    Map<String, Long> vanished = new HashMap<>();
    counts.forEach(
        (key, count) -> {
          if (!after.counts.containsKey(key)) {
            vanished.merge(key.values, count, Long::sum);
          }
        });
    return vanished;
  }
}
