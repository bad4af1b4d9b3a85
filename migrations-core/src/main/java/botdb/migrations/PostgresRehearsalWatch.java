package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Watches a run on the copy of a schema, migration by migration, so that the run is the real one.
 */
final class PostgresRehearsalWatch implements Migrator.Listener {
  private static final Set<String> OWN =
      Set.of(MigrationTable.NAME, MigrationLog.NAME, MigrationProgress.NAME);

  private final PostgresRehearsed database;
  private final Connection connection;
  private final PostgresRowSamples samples;
  private final Migrator.Listener listener;
  private final List<Rehearsal.Step> steps = new ArrayList<>();
  private Schema schema = new Schema(new TreeSet<>());
  private long bytes;
  private boolean outdated;
  private long start;

  PostgresRehearsalWatch(
      PostgresRehearsed database,
      Connection connection,
      PostgresRowSamples samples,
      Migrator.Listener listener) {
    this.database = database;
    this.connection = connection;
    this.samples = samples;
    this.listener = listener;
  }

  /** The rehearsal itself failed, which says nothing about the migration. */
  static final class Blinded extends RuntimeException {
    private static final long serialVersionUID = 1;

    Blinded(Exception cause) {
      super(cause);
    }

    MigrationException explain(Database database) {
      return getCause() instanceof SQLException e
          ? database.explain(e)
          : (MigrationException) getCause();
    }
  }

  /** Looks at the copy before the run. */
  void begin() throws SQLException {
    look();
  }

  List<Rehearsal.Step> steps() {
    return steps;
  }

  @Override
  public void waiting(Duration limit) {
    listener.waiting(limit);
  }

  @Override
  public void started(String name) {
    try {
      if (outdated) {
        samples.keep();
        outdated = false;
      }
    } catch (SQLException e) {
      throw new Blinded(e);
    }
    listener.started(name);
    start = System.nanoTime();
  }

  @Override
  public void progress(String name, long done, long total) {
    listener.progress(name, done, total);
  }

  @Override
  public void applied(MigrationReport.Step step) {
    boolean baseline = step.number() == 0;
    Duration took = baseline ? step.took() : Duration.ofNanos(System.nanoTime() - start);
    try {
      samples.refuseOutside(database);
      Map<String, Long> rows = database.takeRows();
      rows.keySet().removeIf(OWN::contains);
      long bytesBefore = bytes;
      Schema before = look();
      steps.add(
          new Rehearsal.Step(
              new MigrationReport.Step(
                  step.number(), step.name(), took, step.rows(), step.transactions()),
              rows,
              Math.max(0, step.rows() - rows.values().stream().mapToLong(Long::longValue).sum()),
              bytes - bytesBefore,
              0,
              before.changesTo(schema),
              List.of(),
              List.of(),
              samples.take(OWN)));
      outdated = true;
    } catch (SQLException | MigrationException e) {
      throw new Blinded(e);
    }
  }

  /** Returns what the schema was. */
  private Schema look() throws SQLException {
    Schema before = schema;
    schema = database.schema(connection);
    bytes =
        Sql.count(
            connection,
            "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class"
                + " WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'm')");
    return before;
  }
}
