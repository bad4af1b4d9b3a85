package botdb.migrations;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The schema of a database as a set of facts that can be compared: tables, columns with type,
 * default and nullability, keys, checks, collations, generated columns, indexes, triggers and
 * views.
 *
 * <p>Two schemas are equal if they mean the same, however their statements are written. What the
 * runner keeps for itself ({@code migrations}, {@code migration_log}, {@code migration_progress}),
 * what migrations set aside ({@code set_aside}) and what SQLite does ({@code sqlite_…}) is left
 * out.
 *
 * <pre>{@code
 * Schema expected = Schema.ofScript(Files.readString(snapshot));
 * List<String> differences = database.schema(connection).differencesFrom(expected);
 * }</pre>
 *
 * @param facts one line each, sorted
 */
public record Schema(SortedSet<String> facts) {
  static final Set<String> OWN =
      Set.of(MigrationTable.NAME, MigrationLog.NAME, MigrationProgress.NAME, "set_aside");

  private static final String PLACE = " is number ";

  /** Copies the facts. */
  public Schema {
    facts = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(facts));
  }

  /**
   * Returns the schema that a script, written for SQLite, creates in an empty database.
   *
   * @throws IllegalArgumentException if the script creates nothing: a comparison with nothing must
   *     not pass
   * @throws SQLException if SQLite refuses the script
   */
  public static Schema ofScript(String script) throws SQLException {
    Schema schema = Database.snapshot(script);
    if (schema.facts.isEmpty()) {
      throw new IllegalArgumentException("the script creates nothing");
    }
    return schema;
  }

  /**
   * Returns, a line each, what is missing here and what is here and not expected; empty if equal.
   */
  public List<String> differencesFrom(Schema expected) {
    List<String> differences = new ArrayList<>();
    for (String fact : expected.facts) {
      if (!facts.contains(fact)) {
        differences.add("missing     " + fact);
      }
    }
    for (String fact : facts) {
      if (!expected.facts.contains(fact)) {
        differences.add("unexpected  " + fact);
      }
    }
    return differences;
  }

  /** What went, behind a minus, and what came, behind a plus, in the order of the facts. */
  List<String> changesTo(Schema after) {
    List<String> lines = new ArrayList<>();
    addMissing(lines, "- ", this, after);
    addMissing(lines, "+ ", after, this);
    return lines;
  }

  private static void addMissing(List<String> lines, String sign, Schema here, Schema there) {
    for (String fact : here.facts()) {
      if (!there.facts().contains(fact) && !isImplied(fact, there)) {
        lines.add(sign + fact);
      }
    }
  }

  /** The place of a column says nothing more where the column itself is missing. */
  private static boolean isImplied(String fact, Schema there) {
    int place = fact.indexOf(PLACE);
    return place > 0
        && there.facts().stream()
            .noneMatch(other -> other.startsWith(fact.substring(0, place + 1)));
  }
}
