package botdb.migrations;

import java.time.Duration;
import java.util.List;

/**
 * What one call of {@link Migrator#migrate()} did.
 *
 * @param steps what was committed, in order; empty if there was nothing to apply
 */
public record MigrationReport(List<Step> steps) {

  /** The name of the step that creates version 000 in a database without it. */
  public static final String BASELINE = "baseline";

  /** Copies the list. */
  public MigrationReport {
    steps = List.copyOf(steps);
  }

  /**
   * One committed migration, or the creation of the baseline.
   *
   * @param number its number; 0 for the baseline
   * @param name the name that {@code migrations} has; {@link #BASELINE} for the baseline
   * @param took time from the lock to the commit
   * @param rows rows that were inserted, updated or deleted, those by triggers included
   * @param transactions how many it took; more than one for a migration in steps
   */
  public record Step(int number, String name, Duration took, long rows, long transactions) {

    /** A migration that took one transaction. */
    public Step(int number, String name, Duration took, long rows) {
      this(number, name, took, rows, 1);
    }
  }
}
