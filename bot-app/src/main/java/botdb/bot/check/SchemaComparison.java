package botdb.bot.check;

import botdb.migrations.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares the schema of a database with the snapshot of its version.
 *
 * <p>A database that was adopted may be grown or cut otherwise than the baseline: what is different
 * from that is a note. What migrations made is theirs, and has to be there.
 */
final class SchemaComparison {
  private static final String TABLE = "table users";
  private static final String VIEW = "view users:";
  private static final String HISTORY = "column users.history ";

  private final List<Schema> snapshots;
  private final int version;

  /**
   * Makes a comparison.
   *
   * @param snapshots of all versions, from 000
   * @param version the one that the database is at
   */
  SchemaComparison(List<Schema> snapshots, int version) {
    this.snapshots = snapshots;
    this.version = version;
  }

  Check check(String name, Schema actual) {
    if (version == 0 && !hasTable(actual) && !has(actual, VIEW)) {
      return Check.noted(name, List.of("there is no table users yet; migrate or serve creates it"));
    }
    List<String> faults = faults(actual);
    if (!faults.isEmpty()) {
      faults.addAll(notes(actual));
      return Check.strict(name, faults);
    }
    return Check.noted(name, notes(actual));
  }

  private List<String> faults(Schema actual) {
    List<String> faults = new ArrayList<>();
    if (!hasTable(actual)) {
      faults.add("missing     " + TABLE);
    } else if (!has(actual, HISTORY)) {
      faults.add("missing     " + HISTORY.strip());
    }
    for (String fact : snapshots.get(version).facts()) {
      if (matters(fact) && !actual.facts().contains(fact) && !isOfBaseline(fact)) {
        faults.add("missing     " + fact);
      }
    }
    for (String fact : actual.facts()) {
      if (matters(fact) && isUnexpected(fact) && isKnown(fact)) {
        faults.add("unexpected  " + fact + ", which is of another version");
      }
    }
    return faults;
  }

  private List<String> notes(Schema actual) {
    List<String> notes = new ArrayList<>();
    for (String fact : snapshots.get(version).facts()) {
      boolean lacks = !actual.facts().contains(fact) && isOfBaseline(fact);
      if (lacks && matters(fact) && hasTable(actual)) {
        notes.add("without     " + fact);
      }
    }
    for (String fact : actual.facts()) {
      if (matters(fact) && isUnexpected(fact) && !isKnown(fact)) {
        notes.add("additional  " + fact.strip());
      }
    }
    return notes;
  }

  /** Columns are named, never counted: where one stands among the others means nothing. */
  private static boolean matters(String fact) {
    return !fact.contains(" is number ");
  }

  private boolean isOfBaseline(String fact) {
    return snapshots.get(0).facts().contains(fact);
  }

  private boolean isUnexpected(String fact) {
    return !snapshots.get(version).facts().contains(fact);
  }

  private boolean isKnown(String fact) {
    return snapshots.stream().anyMatch(snapshot -> snapshot.facts().contains(fact));
  }

  private static boolean hasTable(Schema schema) {
    return schema.facts().contains(TABLE);
  }

  private static boolean has(Schema schema, String beginning) {
    return schema.facts().stream().anyMatch(fact -> fact.startsWith(beginning));
  }
}
