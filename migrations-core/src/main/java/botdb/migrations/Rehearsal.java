package botdb.migrations;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What applying the pending migrations did to a copy of a database.
 *
 * <p>Text of the database is in it only as the mask given to {@link Migrator#rehearse} left it.
 *
 * <pre>{@code
 * Rehearsal rehearsal = migrator.rehearse(text -> "x".repeat(text.length()));
 * if (rehearsal.wentThrough()) {
 *   migrator.migrate();
 * }
 * }</pre>
 *
 * @param steps what went through, in order; empty if there was nothing to apply
 * @param failure what stopped it, with the message that the database's owner would get; null if
 *     everything went through
 */
public record Rehearsal(List<Step> steps, @Nullable MigrationException failure) {

  /** Copies the list. */
  public Rehearsal {
    steps = List.copyOf(steps);
  }

  /** Returns whether nothing stopped it. */
  public boolean wentThrough() {
    return failure == null;
  }

  /**
   * One migration, or the creation of the baseline.
   *
   * @param step its number and name, the time without the rehearsal's own, and all rows it changed
   * @param rows rows that were inserted, updated or deleted, by the name their table had then
   * @param elsewhere rows that SQLite does not report one by one: of tables without rowid, and of
   *     tables that were emptied as a whole
   * @param growth bytes by which the database became larger; negative if smaller
   * @param log bytes of the journal or the write-ahead log at its largest; 0 on a server, which
   *     looks after its log by itself
   * @param schema what went, behind a minus, and what came, behind a plus, a line each
   * @param violationsBefore foreign keys that pointed nowhere before, and how many rows hold them
   * @param violationsAfter those that do so afterwards; new ones would have stopped it
   * @param samples up to three rows of each table that are not as they were
   */
  public record Step(
      MigrationReport.Step step,
      Map<String, Long> rows,
      long elsewhere,
      long growth,
      long log,
      List<String> schema,
      List<String> violationsBefore,
      List<String> violationsAfter,
      List<Sample> samples) {

    /** Copies the collections. */
    public Step {
      rows = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(rows));
      schema = List.copyOf(schema);
      violationsBefore = List.copyOf(violationsBefore);
      violationsAfter = List.copyOf(violationsAfter);
      samples = List.copyOf(samples);
    }

    /** Returns the free space that it takes, a backup aside. */
    public long disk() {
      return log + Math.max(0, growth);
    }
  }

  /**
   * A row before and after.
   *
   * @param row its key: {@code user_id 42}
   * @param cells those that differ
   */
  public record Sample(String table, String row, List<Cell> cells) {

    /** Copies the list. */
    public Sample {
      cells = List.copyOf(cells);
    }
  }

  /**
   * A cell before and after, cut off where it is long.
   *
   * @param before null if there was no such row or column
   * @param after null if there is no such row or column any more
   */
  public record Cell(String column, @Nullable String before, @Nullable String after) {}
}
