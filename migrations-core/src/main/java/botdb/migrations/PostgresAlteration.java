package botdb.migrations;

import botdb.migrations.PostgresTableForm.Column;
import botdb.migrations.cells.Cells.Look;
import botdb.migrations.cells.Cells.TableChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.DSLContext;

/**
 * A table of a server, changed where it stands: views, triggers, keys of other tables, rights and
 * numbers stay by themselves.
 */
final class PostgresAlteration {
  private static final String MISTAKE = "report this as a bug, with the lines above";

  private final DSLContext dsl;
  private final Connection connection;
  private final TableChange change;
  private final String table;

  PostgresAlteration(DSLContext dsl, Connection connection, TableChange change) {
    this.dsl = dsl;
    this.connection = connection;
    this.change = change;
    this.table = change.table();
  }

  /**
   * Changes the table, if it is not so already.
   *
   * @throws MigrationException.UnsuitableData if something of the owner's stands in the way
   */
  void run(Look look) throws SQLException {
    PostgresTableForm actual = PostgresTableFormReader.read(connection, table);
    if (actual.columns().isEmpty()) {
      throw new IllegalArgumentException("there is no table " + table);
    }
    PostgresTableVersions versions = versions(actual);
    PostgresTableForm before = versions.before();
    PostgresTableForm after = versions.after();
    PostgresTableDifference difference = PostgresTableDifference.of(table, before, actual, after);
    boolean isOfValues = PostgresTableDifference.of(table, before, before, after).isEmpty();
    if (difference.isEmpty() && !(isOfValues && !change.values().isEmpty())) {
      return;
    }
    PostgresMeantTriggers triggers = PostgresMeantTriggers.of(change.before(), change.after());
    triggers.requireNew(connection, table);
    Map<String, String> values = values(actual, difference);
    refuseUnmapped(difference, values);
    new PostgresNextRows(connection, table, actual, difference, values).look(look);
    triggers.dropOld(connection, table);
    new PostgresAlterationSteps(dsl, connection, table, difference, values).run();
  }

  private PostgresTableVersions versions(PostgresTableForm actual) throws SQLException {
    try {
      return PostgresTableVersions.of(connection, change, actual);
    } catch (IllegalArgumentException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new MigrationException.UnsuitableData(
          List.of(
              "a snapshot says of table %s what PostgreSQL cannot be told".formatted(table),
              String.valueOf(reason.getMessage()).replaceAll("\\s+", " ")),
          MISTAKE);
    }
  }

  /** What is to stand in columns that will be there and take it, as SQL, by their names. */
  private Map<String, String> values(PostgresTableForm actual, PostgresTableDifference difference) {
    Map<String, Column> columns = new HashMap<>(actual.columns());
    difference.dropped().forEach(column -> columns.remove(key(column)));
    difference.added().forEach(column -> columns.put(key(column), column));
    difference.changed().forEach(one -> columns.put(key(one.is()), one.becomes()));
    difference.computedAnew().forEach(one -> columns.remove(key(one.is())));
    Map<String, String> values = new LinkedHashMap<>();
    change
        .values()
        .forEach(
            (name, value) -> {
              Column column = columns.get(PostgresTableForm.key(name));
              if (column != null && column.computed() == null) {
                // Inlined, a text is of the type that is wanted where it stands.
                values.put(column.name(), dsl.renderInlined(value));
              }
            });
    return values;
  }

  private static String key(Column column) {
    return PostgresTableForm.key(column.name());
  }

  private void refuseUnmapped(PostgresTableDifference difference, Map<String, String> values) {
    for (Column column : difference.added()) {
      boolean isGiven =
          column.fallback() != null
              || column.computed() != null
              || column.counts()
              || values.containsKey(column.name());
      if (column.isRequired() && !isGiven) {
        throw new MigrationException.UnsuitableData(
            List.of("%s.%s is NOT NULL and has no default: map it".formatted(table, column.name())),
            MISTAKE);
      }
    }
  }
}
