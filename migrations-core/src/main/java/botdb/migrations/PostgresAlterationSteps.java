package botdb.migrations;

import botdb.migrations.PostgresDependents.Fate;
import botdb.migrations.PostgresTableDifference.Change;
import botdb.migrations.PostgresTableForm.Column;
import botdb.migrations.PostgresTableForm.Constraint;
import botdb.migrations.PostgresTableForm.Index;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jooq.DSLContext;

/** The statements that make a table another one, in an order in which the server takes them. */
final class PostgresAlterationSteps {
  /** The shape of a table is not changed while keys of it wait to be looked at. */
  static final String LOOK_NOW = "SET CONSTRAINTS ALL IMMEDIATE";

  private static final String COMMENT =
      """
      SELECT format('COMMENT ON COLUMN %s.%I IS %L',
                    attrelid::regclass, attname, col_description(attrelid, attnum))
      FROM pg_attribute WHERE attrelid = to_regclass(quote_ident(?)) AND attname = ?
      """;

  /** The keys and indexes of a table that go with a column of it, and what is said of them. */
  private static final String PARTS =
      """
      SELECT CASE WHEN c.oid IS NULL
          THEN format('%s; COMMENT ON INDEX %s IS %L', pg_get_indexdef(d.objid),
                      d.objid::regclass, obj_description(d.objid, 'pg_class'))
          ELSE format('ALTER TABLE %1$s ADD CONSTRAINT %2$I %3$s;'
                          ' COMMENT ON CONSTRAINT %2$I ON %1$s IS %4$L',
                      c.conrelid::regclass, conname, pg_get_constraintdef(c.oid),
                      obj_description(c.oid, 'pg_constraint')) END
      FROM pg_depend AS d
      JOIN pg_attribute ON attrelid = d.refobjid AND attnum = d.refobjsubid
      LEFT JOIN pg_constraint AS c ON d.classid = 'pg_constraint'::regclass AND c.oid = d.objid
      LEFT JOIN pg_class AS i
        ON d.classid = 'pg_class'::regclass AND i.oid = d.objid AND i.relkind = 'i'
      WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = to_regclass(quote_ident(?))
        AND attname = ? AND (c.conrelid = d.refobjid OR i.oid IS NOT NULL)
      """;

  private final DSLContext dsl;
  private final Connection connection;
  private final String table;
  private final PostgresTableDifference difference;
  private final PostgresColumnSteps columns;

  /**
   * Prepares.
   *
   * @param values what is to stand in columns, as SQL, by their names
   */
  PostgresAlterationSteps(
      DSLContext dsl,
      Connection connection,
      String table,
      PostgresTableDifference difference,
      Map<String, String> values) {
    this.dsl = dsl;
    this.connection = connection;
    this.table = table;
    this.difference = difference;
    this.columns = new PostgresColumnSteps(connection, table, difference, values);
  }

  void run() throws SQLException {
    Sql.run(connection, LOOK_NOW);
    dropKeysAndIndexes();
    refuseWhatNeedsColumns();
    columns.loosen();
    columns.add();
    // All values are of the rows as they were: one statement, and no column has gone yet.
    columns.write(dsl);
    List<String> parts = dropColumns();
    columns.retype();
    columns.tighten();
    columns.addComputed();
    addKeysAndIndexes(parts);
    columns.countOn();
  }

  private void dropKeysAndIndexes() throws SQLException {
    for (Index index : difference.droppedIndexes()) {
      Sql.run(connection, "DROP INDEX " + Sql.quote(index.name()));
    }
    for (Constraint constraint : difference.droppedConstraints()) {
      String name = Objects.requireNonNull(constraint.name());
      PostgresDependents dependents = new PostgresDependents(connection, table);
      dependents.ofConstraint(name, constraint.definition());
      dependents.refuse();
      alter("DROP CONSTRAINT " + Sql.quote(name));
    }
  }

  private void refuseWhatNeedsColumns() throws SQLException {
    List<String> going = new ArrayList<>();
    difference.dropped().forEach(column -> going.add(column.name()));
    difference.computedAnew().forEach(change -> going.add(change.is().name()));
    PostgresDependents dependents = new PostgresDependents(connection, table);
    for (Column column : difference.dropped()) {
      dependents.ofColumn(column.name(), Fate.DROPPED, going);
    }
    for (Change change : difference.computedAnew()) {
      dependents.ofColumn(change.is().name(), Fate.MADE_AGAIN, going);
    }
    for (Change change : difference.changed()) {
      if (change.isRetyped()) {
        dependents.ofColumn(change.is().name(), Fate.RETYPED, going);
      }
    }
    dependents.refuse();
  }

  /** Returns the statements that make the parts again that go with what is computed anew. */
  private List<String> dropColumns() throws SQLException {
    Set<String> parts = new LinkedHashSet<>();
    // One that is computed goes before those that it is computed of.
    List<String> order = new ArrayList<>();
    for (Change change : difference.computedAnew()) {
      parts.addAll(Sql.texts(connection, PARTS, table, change.is().name()));
      parts.addAll(Sql.texts(connection, COMMENT, table, change.is().name()));
      order.add(0, change.is().name());
    }
    for (Column column : difference.dropped()) {
      order.add(column.computed() == null ? order.size() : 0, column.name());
    }
    for (String column : order) {
      alter("DROP COLUMN " + Sql.quote(column));
    }
    return List.copyOf(parts);
  }

  private void addKeysAndIndexes(List<String> parts) throws SQLException {
    for (String part : parts) {
      Sql.run(connection, part);
    }
    for (Constraint constraint : difference.addedConstraints()) {
      String name = constraint.name();
      String named = name == null ? "" : "CONSTRAINT " + Sql.quote(name) + " ";
      alter("ADD " + named + constraint.definition());
    }
    for (Index index : difference.addedIndexes()) {
      Sql.run(connection, index.statement());
    }
  }

  private void alter(String how) throws SQLException {
    Sql.run(connection, "ALTER TABLE " + Sql.quote(table) + " " + how);
  }
}
