package botdb.migrations;

import botdb.migrations.PostgresTableDifference.Change;
import botdb.migrations.PostgresTableForm.Column;
import botdb.migrations.PostgresTableForm.Constraint;
import botdb.migrations.PostgresTableForm.Unique;
import botdb.migrations.cells.Cells.Look;
import botdb.migrations.cells.Cells.Rule;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.impl.DSL;

/** The rows of a table as they will be, asked for what the next version does not allow. */
final class PostgresNextRows {
  private static final String FITS = "botdb_fits_";
  private static final String NEXT = "botdb_next";

  private final Connection connection;
  private final String table;
  private final PostgresTableDifference difference;
  private final Map<String, String> values;
  private final Map<String, Column> computed = new LinkedHashMap<>();
  private final Map<String, String> cells = new LinkedHashMap<>();

  /**
   * Looks at the rows of a table.
   *
   * @param values what is to stand in columns, as SQL, by their names
   */
  PostgresNextRows(
      Connection connection,
      String table,
      PostgresTableForm actual,
      PostgresTableDifference difference,
      Map<String, String> values) {
    this.connection = connection;
    this.table = table;
    this.difference = difference;
    this.values = values;
    actual.columns().values().forEach(column -> put(column, column));
    difference.changed().forEach(change -> put(change.is(), change.becomes()));
    difference.computedAnew().forEach(change -> put(change.is(), change.becomes()));
    difference.dropped().forEach(column -> remove(column.name()));
    difference.added().forEach(this::putNew);
  }

  private void put(Column is, Column becomes) {
    remove(is.name());
    if (becomes.computed() != null) {
      computed.put(is.name(), becomes);
    } else {
      String value = values.get(is.name());
      cells.put(
          is.name(),
          value == null
              ? new PostgresConversion(is.type(), becomes.type()).of(own(is.name()))
              : cast(value, becomes));
    }
  }

  private void putNew(Column column) {
    String value = values.get(column.name());
    if (column.computed() != null) {
      computed.put(column.name(), column);
    } else if (value != null || !column.counts()) {
      String otherwise = column.fallback() == null ? "NULL" : column.fallback();
      cells.put(column.name(), cast(value == null ? otherwise : value, column));
    }
  }

  private static String cast(String value, Column column) {
    return "CAST((%s) AS %s)".formatted(value, column.type());
  }

  private void remove(String column) {
    computed.remove(column);
    cells.remove(column);
  }

  private String own(String column) {
    return Sql.quote(table) + "." + Sql.quote(column);
  }

  /** Has all rules looked at; first whether values are what the new types can hold. */
  void look(Look look) throws SQLException {
    List<Change> retyped =
        difference.changed().stream()
            .filter(Change::isRetyped)
            .filter(change -> !values.containsKey(change.is().name()))
            .toList();
    if (!retyped.isEmpty()) {
      lookAtTypes(retyped, look);
    }
    List<Rule> rules = new ArrayList<>();
    difference.added().forEach(column -> require(column, rules));
    for (Change change : difference.changed()) {
      if (!change.is().isRequired() || values.containsKey(change.is().name())) {
        require(change.becomes(), rules);
      }
    }
    difference.addedConstraints().forEach(constraint -> rule(constraint, rules));
    difference.addedIndexes().stream()
        .flatMap(index -> Stream.ofNullable(index.unique()))
        .forEach(unique -> rule(String.join(", ", unique.keys()), unique, rules));
    look.at(rules);
  }

  /** Only a block that catches the error can tell which value a type cannot hold. */
  private void lookAtTypes(List<Change> retyped, Look look) throws SQLException {
    List<Rule> rules = new ArrayList<>();
    List<String> functions = new ArrayList<>();
    for (Change change : retyped) {
      String name = FITS + functions.size();
      String from = change.is().type();
      String to = change.becomes().type();
      Sql.run(
          connection,
          """
          CREATE FUNCTION %s(value %s) RETURNS boolean LANGUAGE plpgsql AS $botdb$
          BEGIN RETURN %s; EXCEPTION WHEN data_exception THEN RETURN false; END $botdb$
          """
              .formatted(name, from, new PostgresConversion(from, to).keeps("value")));
      functions.add("%s(%s)".formatted(name, from));
      String column = change.is().name();
      rules.add(
          new Rule(column, condition("NOT %s(%s)".formatted(name, own(column))), "not " + to));
    }
    look.at(rules);
    Sql.run(connection, "DROP FUNCTION " + String.join(", ", functions));
  }

  private void require(Column column, List<Rule> rules) {
    if (column.isRequired() && cells.containsKey(column.name())) {
      rules.add(new Rule(column.name(), that(Sql.quote(column.name()) + " IS NULL"), "NULL"));
    }
  }

  private void rule(Constraint constraint, List<Rule> rules) {
    String column = String.join(", ", constraint.columns());
    if (constraint.kind() == 'c') {
      String check = constraint.definition().substring("CHECK ".length());
      rules.add(new Rule(column, that("NOT " + check), "breaks " + constraint.definition()));
    } else if (constraint.isUnique()) {
      List<String> keys = constraint.columns().stream().map(Sql::quote).toList();
      rule(column, new Unique(keys, constraint.columns(), null), rules);
    } else if (constraint.isForeign() && pointsElsewhere(constraint)) {
      rules.add(
          new Rule(column, that(orphan(constraint)), "points to no row of " + constraint.parent()));
    }
  }

  private boolean pointsElsewhere(Constraint key) {
    return key.parent() != null
        && !key.parent().equals(table)
        && !key.parent().equals(Sql.quote(table));
  }

  private static String orphan(Constraint key) {
    StringBuilder isThere = new StringBuilder();
    StringBuilder isSame = new StringBuilder();
    for (int i = 0; i < key.columns().size(); i++) {
      String column = NEXT + "." + Sql.quote(key.columns().get(i));
      isThere.append(column).append(" IS NOT NULL AND ");
      isSame.append(isSame.isEmpty() ? "" : " AND ");
      isSame.append("parent.").append(Sql.quote(key.parentColumns().get(i)));
      isSame.append(" = ").append(column);
    }
    return "%sNOT EXISTS (SELECT 1 FROM %s AS parent WHERE %s)"
        .formatted(isThere, key.parent(), isSame);
  }

  /** Where something is NULL, no two are the same. */
  private void rule(String column, Unique unique, List<Rule> rules) {
    if (!cells.keySet().containsAll(unique.columns())) {
      return; // the server numbers them
    }
    String isMeant = unique.where() == null ? "true" : unique.where();
    String isDouble =
        "%2$s AND (%1$s) IN (SELECT %1$s FROM (%3$s FROM %4$s) AS %5$s WHERE %2$s GROUP BY %1$s"
            + " HAVING count(*) > 1)";
    String keys = String.join(", ", unique.keys());
    rules.add(
        new Rule(
            column,
            that(isDouble.formatted(keys, isMeant, stored(), Sql.quote(table), NEXT)),
            "not the only one"));
  }

  /** Returns which rows are so when the migration is done. */
  private Condition that(String isSo) {
    return condition("EXISTS (SELECT 1 FROM (%s) AS %s WHERE %s)".formatted(row(), NEXT, isSo));
  }

  private String row() {
    String of =
        computed.values().stream()
            .filter(column -> cells.keySet().containsAll(column.uses()))
            .map(column -> ", " + column.computed() + " AS " + Sql.quote(column.name()))
            .collect(Collectors.joining());
    return of.isEmpty()
        ? stored()
        : "SELECT botdb_stored.*%s FROM (%s) AS botdb_stored".formatted(of, stored());
  }

  private String stored() {
    return cells.entrySet().stream()
        .map(cell -> cell.getValue() + " AS " + Sql.quote(cell.getKey()))
        .collect(Collectors.joining(", ", "SELECT ", ""));
  }

  /** Raw: jOOQ would look for parameters in it. */
  private static Condition condition(String sql) {
    return DSL.condition(DSL.raw(sql));
  }
}
