package botdb.migrations;

import botdb.migrations.PostgresDependents.Fate;
import botdb.migrations.PostgresTableDifference.Change;
import botdb.migrations.PostgresTableForm.Column;
import botdb.migrations.PostgresTableForm.Constraint;
import botdb.migrations.PostgresTableForm.Index;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.DSLContext;

/** The statements that make a table another one, in an order in which the server takes them. */
final class PostgresAlterationSteps {
  /** The shape of a table is not changed while keys of it wait to be looked at. */
  static final String LOOK_NOW = "SET CONSTRAINTS ALL IMMEDIATE";

  /** The keys and indexes of a table that go with a column of it. */
  private static final String PARTS =
      """
      SELECT CASE WHEN c.oid IS NULL THEN pg_get_indexdef(d.objid)
          ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s',
                      c.conrelid::regclass, conname, pg_get_constraintdef(c.oid)) END
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
    List<String> parts = dropWhatIsComputed();
    refuseWhatNeedsColumns();
    columns.loosen();
    columns.add();
    // All values are of the rows as they were: one statement, and no column has gone yet.
    columns.write(dsl);
    dropColumns();
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

  /** Returns the statements that make the parts again that have gone with them. */
  private List<String> dropWhatIsComputed() throws SQLException {
    PostgresDependents dependents = new PostgresDependents(connection, table);
    List<String> parts = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (Change change : difference.computedAnew()) {
      String column = change.is().name();
      dependents.ofColumn(column, Fate.MADE_AGAIN);
      Sql.texts(connection, PARTS, table, column).stream()
          .filter(part -> !parts.contains(part))
          .forEach(parts::add);
      columns.add(column);
    }
    for (Column column : difference.dropped()) {
      if (column.computed() != null) {
        dependents.ofColumn(column.name(), Fate.DROPPED);
        columns.add(column.name());
      }
    }
    dependents.refuse();
    for (String column : columns) {
      alter("DROP COLUMN " + Sql.quote(column));
    }
    return parts;
  }

  private void refuseWhatNeedsColumns() throws SQLException {
    PostgresDependents dependents = new PostgresDependents(connection, table);
    for (Column column : difference.dropped()) {
      dependents.ofColumn(column.name(), Fate.DROPPED);
    }
    for (Change change : difference.changed()) {
      if (change.isRetyped()) {
        dependents.ofColumn(change.is().name(), Fate.RETYPED);
      }
    }
    dependents.refuse();
  }

  private void dropColumns() throws SQLException {
    for (Column column : difference.dropped()) {
      if (column.computed() == null) {
        alter("DROP COLUMN " + Sql.quote(column.name()));
      }
    }
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
