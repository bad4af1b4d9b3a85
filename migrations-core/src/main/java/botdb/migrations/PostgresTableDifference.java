package botdb.migrations;

import botdb.migrations.PostgresTableForm.Column;
import botdb.migrations.PostgresTableForm.Constraint;
import botdb.migrations.PostgresTableForm.Index;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done to a table: what two versions of it differ in, as far as the table that is
 * there is not so already.
 *
 * <p>Of a column, too, only that is changed in which its versions differ. What the owner added,
 * changed or removed and no version means, stays as he has it.
 */
final class PostgresTableDifference {

  /** A column that is there and is to be another. */
  record Change(Column is, Column becomes) {
    boolean isRetyped() {
      return !is.storedAs().equals(becomes.storedAs());
    }
  }

  private final String table;
  private final PostgresTableForm before;
  private final PostgresTableForm actual;
  private final PostgresTableForm after;

  private final List<Column> added = new ArrayList<>();
  private final List<Column> dropped = new ArrayList<>();
  private final List<Change> changed = new ArrayList<>();
  private final List<Change> computedAnew = new ArrayList<>();
  private final List<Constraint> addedConstraints = new ArrayList<>();
  private final List<Constraint> droppedConstraints = new ArrayList<>();
  private final List<Index> addedIndexes = new ArrayList<>();
  private final List<Index> droppedIndexes = new ArrayList<>();

  private PostgresTableDifference(
      String table, PostgresTableForm before, PostgresTableForm actual, PostgresTableForm after) {
    this.table = table;
    this.before = before;
    this.actual = actual;
    this.after = after;
  }

  /**
   * Compares.
   *
   * @throws MigrationException.UnsuitableData if a column that is to be added is there and is
   *     another one
   */
  static PostgresTableDifference of(
      String table, PostgresTableForm before, PostgresTableForm actual, PostgresTableForm after) {
    PostgresTableDifference difference = new PostgresTableDifference(table, before, actual, after);
    difference.compareColumns();
    difference.computeAnewWhatUsesOthers();
    difference.compareConstraints();
    difference.compareIndexes();
    return difference;
  }

  private void compareColumns() {
    for (Column column : after.columns().values()) {
      Column was = before.column(column.name());
      Column is = actual.column(column.name());
      if (was != null && is != null) {
        compare(is, is.changedAs(was, column));
      } else if (was == null && is == null) {
        added.add(column);
      } else if (is != null && !is.says(column)) {
        throw new MigrationException.UnsuitableData(
            List.of("%s.%s is there already and is another column".formatted(table, column.name())),
            "rename this column, then start again");
      }
    }
    for (Column is : actual.columns().values()) {
      if (before.column(is.name()) != null && after.column(is.name()) == null) {
        dropped.add(is);
      }
    }
  }

  private void compare(Column is, Column becomes) {
    boolean isComputedAnew =
        becomes.computed() != null
            && !(becomes.computed().equals(is.computed())
                && becomes.storedAs().equals(is.storedAs()));
    if (!is.says(becomes)) {
      (isComputedAnew ? computedAnew : changed).add(new Change(is, becomes));
    }
  }

  /** The server lets nobody change the type of what something is computed of. */
  private void computeAnewWhatUsesOthers() {
    Set<String> touched = new HashSet<>();
    dropped.forEach(column -> touched.add(column.name()));
    computedAnew.forEach(change -> touched.add(change.is().name()));
    changed.stream().filter(Change::isRetyped).forEach(c -> touched.add(c.is().name()));
    for (Column column : after.columns().values()) {
      Column is = actual.column(column.name());
      if (is != null
          && before.column(column.name()) != null
          && column.computed() != null
          && is.uses().stream().anyMatch(touched::contains)
          && computedAnew.stream().noneMatch(change -> change.is() == is)) {
        computedAnew.add(new Change(is, becomes(is)));
        changed.removeIf(change -> change.is() == is);
      }
    }
  }

  private Column becomes(Column is) {
    return changed.stream()
        .filter(change -> change.is() == is)
        .map(Change::becomes)
        .findFirst()
        .orElse(is);
  }

  private void compareConstraints() {
    for (Constraint is : actual.constraints()) {
      if (is.isAmong(before.constraints()) && !is.isAmong(after.constraints())) {
        droppedConstraints.add(is);
      }
    }
    for (Constraint becomes : after.constraints()) {
      if (!becomes.isAmong(before.constraints()) && !becomes.isAmong(actual.constraints())) {
        addedConstraints.add(isTaken(becomes.name()) ? becomes.named(null) : becomes);
      }
    }
    // Keys that point somewhere need a key there.
    droppedConstraints.sort(Comparator.comparing(one -> !one.isForeign()));
    addedConstraints.sort(Comparator.comparing(Constraint::isForeign));
  }

  private boolean isTaken(@Nullable String name) {
    return actual.constraints().stream()
        .anyMatch(one -> Objects.equals(one.name(), name) && !droppedConstraints.contains(one));
  }

  private void compareIndexes() {
    for (Index becomes : after.indexes().values()) {
      Index was = before.index(becomes.name());
      Index is = actual.index(becomes.name());
      boolean isMeant = was == null || !was.says().equals(becomes.says());
      if (isMeant && is != null && !is.says().equals(becomes.says())) {
        droppedIndexes.add(is);
        addedIndexes.add(becomes);
      } else if (was == null && is == null) {
        addedIndexes.add(becomes);
      }
    }
    for (Index was : before.indexes().values()) {
      Index is = actual.index(was.name());
      if (is != null && after.index(was.name()) == null) {
        droppedIndexes.add(is);
      }
    }
  }

  boolean isEmpty() {
    return added.isEmpty()
        && dropped.isEmpty()
        && changed.isEmpty()
        && computedAnew.isEmpty()
        && addedConstraints.isEmpty()
        && droppedConstraints.isEmpty()
        && addedIndexes.isEmpty()
        && droppedIndexes.isEmpty();
  }

  /** Columns that are not there. */
  List<Column> added() {
    return added;
  }

  /** Columns that are to go. */
  List<Column> dropped() {
    return dropped;
  }

  /** Columns that keep what is in them, as far as their types allow. */
  List<Change> changed() {
    return changed;
  }

  /** Columns to drop and add again: what is in them is computed. */
  List<Change> computedAnew() {
    return computedAnew;
  }

  /** In an order in which they can be added. */
  List<Constraint> addedConstraints() {
    return addedConstraints;
  }

  /** In an order in which they can be dropped. */
  List<Constraint> droppedConstraints() {
    return droppedConstraints;
  }

  List<Index> addedIndexes() {
    return addedIndexes;
  }

  List<Index> droppedIndexes() {
    return droppedIndexes;
  }
}
