package botdb.migrations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a database stands to a catalog: what is applied, pending and unknown.
 *
 * <p>Plain data, computed from the catalog and the rows of {@code migrations} alone.
 *
 * @param state the answer in one word
 * @param entries the migrations of the catalog in the order of their numbers, then those unknown to
 *     it in the order in which they were applied
 */
public record MigrationPlan(State state, List<Entry> entries) {
  /** Copies the list. */
  public MigrationPlan {
    entries = List.copyOf(entries);
  }

  /** How a database stands as a whole. */
  public enum State {
    /** There is no database yet. */
    ABSENT,
    /** Every migration of the catalog is applied, and no other. */
    UP_TO_DATE,
    /** At least one migration of the catalog is not applied. */
    PENDING,
    /** The database names a migration that the catalog does not have: a newer program wrote it. */
    SUPERSEDED
  }

  /** How one migration stands. */
  public enum EntryState {
    /** It is in the catalog and recorded. */
    APPLIED,
    /** It is in the catalog and not recorded. */
    PENDING,
    /** It is recorded and not in the catalog. */
    UNKNOWN
  }

  /**
   * One migration.
   *
   * @param number its number; null if it is unknown and its name carries none
   * @param name its name, for an applied one without a suffix {@code .py}
   * @param appliedAt when it was applied, the text of the column as it stands (UTC); null if
   *     pending
   * @param steps how far it has come, if it is pending and done in several transactions; else null
   */
  public record Entry(
      @Nullable Integer number,
      String name,
      EntryState state,
      @Nullable String appliedAt,
      @Nullable Steps steps) {

    /** A migration that is not pending, or done in one transaction. */
    public Entry(
        @Nullable Integer number, String name, EntryState state, @Nullable String appliedAt) {
      this(number, name, state, appliedAt, null);
    }
  }

  /**
   * How far a migration in several transactions has come.
   *
   * @param done as it counts; 0 if it has not begun
   * @param total 0 if it has not begun
   */
  public record Steps(long done, long total) {}

  /** Whether something pending is done in several transactions, so that it may stand midway. */
  boolean hasSteps() {
    // Every start asks it, and a stream would load some twenty classes.
    for (Entry entry : entries) {
      if (entry.steps != null) {
        return true;
      }
    }
    return false;
  }

  /** The same plan with what {@code migration_progress} says. */
  MigrationPlan withProgress(Map<String, MigrationProgress.Stand> stands) {
    List<Entry> known = new ArrayList<>();
    for (Entry entry : entries) {
      MigrationProgress.Stand stand = entry.steps == null ? null : stands.get(entry.name);
      known.add(
          stand == null
              ? entry
              : new Entry(
                  entry.number,
                  entry.name,
                  entry.state,
                  entry.appliedAt,
                  new Steps(stand.done(), stand.total())));
    }
    return new MigrationPlan(state, known);
  }

  /** Returns what is pending, in the order in which it would be applied. */
  public List<Entry> pending() {
    return in(EntryState.PENDING);
  }

  /** Returns what the catalog does not have. */
  public List<Entry> unknown() {
    return in(EntryState.UNKNOWN);
  }

  /** Whether a migration of the catalog is recorded. */
  boolean isApplied(String name) {
    return in(EntryState.APPLIED).stream().anyMatch(entry -> entry.name.equals(name));
  }

  /** The plan after one of its pending migrations was applied. */
  MigrationPlan after(String applied) {
    List<Entry> next = new ArrayList<>(entries);
    boolean pending = false;
    for (int i = 0; i < next.size(); i++) {
      Entry entry = next.get(i);
      if (entry.state == EntryState.PENDING && entry.name.equals(applied)) {
        next.set(i, new Entry(entry.number, entry.name, EntryState.APPLIED, null));
      }
      pending |= next.get(i).state == EntryState.PENDING;
    }
    return new MigrationPlan(pending ? State.PENDING : State.UP_TO_DATE, next);
  }

  private List<Entry> in(EntryState wanted) {
    List<Entry> found = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.state == wanted) {
        found.add(entry);
      }
    }
    return found;
  }

  /** The plan for a file that does not exist: everything is pending. */
  static MigrationPlan absent(MigrationCatalog catalog) {
    return new MigrationPlan(State.ABSENT, of(catalog, List.of()).entries);
  }

  /** The plan for a database whose {@code migrations} holds these rows. */
  static MigrationPlan of(MigrationCatalog catalog, List<AppliedRow> rows) {
    Map<String, AppliedRow> applied = new HashMap<>();
    for (AppliedRow row : rows) {
      applied.putIfAbsent(row.migration(), row);
    }
    List<Entry> entries = new ArrayList<>();
    State state = State.UP_TO_DATE;
    for (MigrationCatalog.Entry known : catalog.entries()) {
      AppliedRow row = applied.get(known.name());
      if (row == null) {
        state = State.PENDING;
        Steps steps = known.isInSteps() ? new Steps(0, 0) : null;
        entries.add(new Entry(known.number(), known.name(), EntryState.PENDING, null, steps));
      } else {
        entries.add(new Entry(known.number(), known.name(), EntryState.APPLIED, row.appliedAt()));
      }
    }
    for (AppliedRow row : rows) {
      if (catalog.find(row.migration()) == null) {
        state = State.SUPERSEDED;
        entries.add(
            new Entry(
                MigrationName.numberIn(row.name()),
                row.name(),
                EntryState.UNKNOWN,
                row.appliedAt()));
      }
    }
    return new MigrationPlan(state, entries);
  }

  /** A row of {@code migrations}. */
  record AppliedRow(String name, @Nullable String appliedAt) {

    /** The migration that the row means: the Python bot sometimes recorded the name of the file. */
    String migration() {
      return name.endsWith(".py") ? name.substring(0, name.length() - 3) : name;
    }
  }
}
