package botdb.migrations;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a table of a server is, in the server's own words.
 *
 * @param columns in their order, by their names in lower case
 * @param constraints keys and checks
 * @param indexes those that are no constraints, by their names in lower case
 */
record PostgresTableForm(
    Map<String, Column> columns, List<Constraint> constraints, Map<String, Index> indexes) {

  /**
   * A column.
   *
   * @param collation COLLATE and its name; empty if it is that of the type
   * @param isRequired whether it is NOT NULL
   * @param fallback what stands there unless somebody says otherwise
   * @param computed what it is computed of
   * @param counts whether the server numbers the rows there
   * @param uses the columns that it is computed of
   */
  record Column(
      String name,
      String type,
      String collation,
      boolean isRequired,
      @Nullable String fallback,
      @Nullable String computed,
      boolean counts,
      List<String> uses) {

    /** Whether both are the same, whatever they are called. */
    boolean says(Column other) {
      return storedAs().equals(other.storedAs())
          && isRequired == other.isRequired
          && Objects.equals(fallback, other.fallback)
          && Objects.equals(computed, other.computed)
          && counts == other.counts;
    }

    /** Returns its type and collation. */
    String storedAs() {
      return (type + " " + collation).strip();
    }

    /** Returns this column with all in which two versions of it differ, and nothing else. */
    Column changedAs(Column was, Column becomes) {
      boolean isRetyped = !was.storedAs().equals(becomes.storedAs());
      return new Column(
          name,
          isRetyped ? becomes.type : type,
          isRetyped ? becomes.collation : collation,
          changed(was.isRequired, isRequired, becomes.isRequired),
          Objects.equals(was.fallback, becomes.fallback)
              ? kept(fallback, becomes, isRetyped)
              : becomes.fallback,
          Objects.equals(was.computed, becomes.computed) ? computed : becomes.computed,
          changed(was.counts, counts, becomes.counts),
          becomes.uses);
    }

    /** What the owner wants to stand there is of the old type. */
    private static @Nullable String kept(
        @Nullable String fallback, Column becomes, boolean isRetyped) {
      return !isRetyped || fallback == null || fallback.equals(becomes.fallback)
          ? fallback
          : "CAST(%s AS %s)".formatted(fallback, becomes.type);
    }

    private static boolean changed(boolean was, boolean is, boolean becomes) {
      return was == becomes ? is : becomes;
    }

    /** Returns what can be added to a table with rows: they are given what is required later. */
    Column optional() {
      return new Column(name, type, collation, counts, fallback, computed, counts, uses);
    }

    /** Returns a column that nothing stands in. */
    Column empty() {
      return new Column(name, type, collation, false, null, null, false, uses);
    }
  }

  /**
   * A key or a check.
   *
   * @param name null if nobody gave it one
   * @param kind as {@code pg_constraint} has it
   * @param parent the table that it points to, as SQL
   */
  record Constraint(
      @Nullable String name,
      char kind,
      String definition,
      List<String> columns,
      @Nullable String parent,
      List<String> parentColumns) {

    boolean isForeign() {
      return kind == 'f';
    }

    boolean isUnique() {
      return kind == 'p' || kind == 'u';
    }

    /** Whether there is one that says the same, however it is called. */
    boolean isAmong(Collection<Constraint> others) {
      return others.stream().anyMatch(other -> other.definition.equals(definition));
    }

    Constraint named(@Nullable String other) {
      return new Constraint(other, kind, definition, columns, parent, parentColumns);
    }
  }

  /**
   * An index.
   *
   * @param says what it is of and how, whatever it and its table are called
   * @param statement makes it
   * @param unique null if several rows may be the same to it
   */
  record Index(String name, String says, String statement, @Nullable Unique unique) {

    /** Returns what the same index is called, and made by, where it is meant. */
    Index meantAs(String other, String made) {
      return new Index(other, says, made, unique);
    }
  }

  /**
   * In what no two rows may be the same.
   *
   * @param keys as SQL
   * @param columns of which these are
   * @param where which rows; null for all
   */
  record Unique(List<String> keys, List<String> columns, @Nullable String where) {}

  @Nullable Column column(String name) {
    return columns.get(key(name));
  }

  @Nullable Index index(String name) {
    return indexes.get(key(name));
  }

  /** By what a name is found: engines differ in what case means in it. */
  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
