package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Copies a schema beside itself, applies what is pending to the copy as a real run would, and
 * reports; all in one transaction that is rolled back.
 *
 * <p>Nobody else ever sees anything of it, and however it ends, nothing is left. Of the owner's
 * tables it holds what reading holds, so that nobody waits for it but who changes their shape.
 */
final class PostgresRehearsal {
  private static final String PREFIX = "botdb_rehearsal_";
  private static final String NOT_PERMITTED = "42501";

  private final PostgresDatabase database;
  private final MigrationCatalog catalog;
  private final Migration.DirtyData dirtyData;
  private final Migrator.Listener listener;

  PostgresRehearsal(
      PostgresDatabase database,
      MigrationCatalog catalog,
      Migration.DirtyData dirtyData,
      Migrator.Listener listener) {
    this.database = database;
    this.catalog = catalog;
    this.dirtyData = dirtyData;
    this.listener = listener;
  }

  Rehearsal rehearse(int to, UnaryOperator<String> mask) {
    String schema = PREFIX + UUID.randomUUID().toString().replace("-", "");
    try (Connection connection = database.open()) {
      connection.setAutoCommit(false);
      // All tables are copied as they were at one moment.
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      Rehearsal rehearsal = rehearse(connection, schema, to, mask);
      end(connection, schema);
      return rehearsal;
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }

  private Rehearsal rehearse(
      Connection connection, String schema, int to, UnaryOperator<String> mask)
      throws SQLException {
    try {
      return run(connection, copy(connection, schema, mask), to);
    } catch (SQLException | RuntimeException e) {
      try {
        end(connection, schema);
      } catch (SQLException another) {
        e.addSuppressed(another);
      }
      throw e;
    }
  }

  /** Copies, and looks for names in the copy from then on, where it looked in the original. */
  private PostgresRowSamples copy(Connection connection, String schema, UnaryOperator<String> mask)
      throws SQLException {
    Sql.run(connection, "SET LOCAL lock_timeout = " + Math.max(1, database.patience().toMillis()));
    List<String> path =
        new ArrayList<>(Sql.texts(connection, "SELECT unnest(current_schemas(false))"));
    String original = PostgresSession.schema(connection);
    create(connection, schema);
    PostgresSchemaCopy.make(connection, original, schema);
    path.set(path.indexOf(original), schema);
    PostgresSession.searchIn(connection, path.toArray(String[]::new));
    return new PostgresRowSamples(connection, original, schema, mask);
  }

  private void create(Connection connection, String schema) throws SQLException {
    try {
      Sql.run(connection, "CREATE SCHEMA " + Sql.quote(schema));
    } catch (SQLException e) {
      if (!NOT_PERMITTED.equals(e.getSQLState())) {
        throw e;
      }
      throw new MigrationException.NotPermitted(
          database.name(),
          database.errors().words(e)
              + "; a rehearsal creates a schema of its own, and takes it away again",
          List.of(),
          e);
    }
  }

  private Rehearsal run(Connection connection, PostgresRowSamples samples, int to)
      throws SQLException {
    PostgresRehearsed rehearsed = new PostgresRehearsed(database, connection);
    PostgresRehearsalWatch watch =
        new PostgresRehearsalWatch(rehearsed, connection, samples, listener);
    try {
      watch.begin();
      new MigrationRun(rehearsed, catalog, dirtyData, watch, null).migrate(to);
      return new Rehearsal(watch.steps(), null);
    } catch (PostgresRehearsalWatch.Blinded e) {
      throw e.explain(database);
    } catch (MigrationException e) {
      return new Rehearsal(watch.steps(), e);
    }
  }

  /**
   * Rolls back, and removes what is there all the same: where a migration ended the transaction by
   * itself, or a server commits at once what shapes tables.
   */
  private static void end(Connection connection, String schema) throws SQLException {
    connection.rollback();
    for (String left :
        Sql.texts(
            connection, "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, ?)", schema)) {
      Sql.run(connection, "DROP SCHEMA " + Sql.quote(left) + " CASCADE");
    }
    connection.commit();
  }
}
