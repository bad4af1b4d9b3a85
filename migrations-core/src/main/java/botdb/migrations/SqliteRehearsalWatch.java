package botdb.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteUpdateListener;

/**
 * Watches a run on a copy from outside, migration by migration, so that the run is the real one.
 *
 * <p>Between two migrations the copy is looked at through connections of its own. While one runs,
 * SQLite tells of each row and of the moment before the commit.
 */
final class SqliteRehearsalWatch
    implements Migrator.Listener, SqliteFile.Opened, SQLiteUpdateListener, SQLiteCommitListener {
  private static final Set<String> OWN =
      Set.of(MigrationTable.NAME, MigrationLog.NAME, MigrationProgress.NAME);

  private final Path copy;
  private final SqliteRowSamples samples;
  private final Migrator.Listener listener;
  private final List<Rehearsal.Step> steps = new ArrayList<>();
  private final Map<String, Long> rows = new TreeMap<>();
  private SqliteCopyState before = SqliteCopyState.NOTHING;
  private boolean outdated;
  private long journal;
  private long start;

  SqliteRehearsalWatch(Path copy, SqliteRowSamples samples, Migrator.Listener listener) {
    this.copy = copy;
    this.samples = samples;
    this.listener = listener;
  }

  /** The rehearsal itself failed, which says nothing about the migration. */
  static final class Blinded extends RuntimeException {
    private static final long serialVersionUID = 1;

    Blinded(Exception cause) {
      super(cause);
    }

    SQLException reason() throws IOException {
      if (getCause() instanceof IOException e) {
        throw e;
      }
      return (SQLException) getCause();
    }
  }

  /** Looks at the copy before the run; a new database begins with nothing. */
  void begin() throws SQLException, IOException {
    samples.keep();
    if (Files.exists(copy)) {
      before = look();
    }
  }

  List<Rehearsal.Step> steps() {
    return steps;
  }

  @Override
  public void opened(SQLiteConnection connection) throws SQLException {
    connection.addUpdateListener(this);
    connection.addCommitListener(this);
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
    } catch (SQLException | IOException e) {
      throw new Blinded(e);
    }
    listener.started(name);
    rows.clear();
    journal = 0;
    start = System.nanoTime();
  }

  @Override
  public void progress(String name, long done, long total) {
    listener.progress(name, done, total);
  }

  @Override
  public void onUpdate(SQLiteUpdateListener.Type type, String database, String table, long row) {
    if (database.equals("main") && !OWN.contains(table.toLowerCase(Locale.ROOT))) {
      rows.merge(table, 1L, Long::sum);
    }
  }

  /** The last moment at which the journal is there; a write-ahead log stays for longer. */
  @Override
  public void onCommit() {
    journal = Math.max(journal, size("-journal"));
  }

  @Override
  public void onRollback() {
    // What is rolled back is not reported.
  }

  @Override
  public void applied(MigrationReport.Step step) {
    boolean baseline = step.number() == 0;
    Duration took = baseline ? step.took() : Duration.ofNanos(System.nanoTime() - start);
    long log = Math.max(journal, size("-wal"));
    try {
      SqliteCopyState after = look();
      long reported = rows.values().stream().mapToLong(Long::longValue).sum();
      steps.add(
          new Rehearsal.Step(
              new MigrationReport.Step(
                  step.number(), step.name(), took, step.rows(), step.transactions()),
              rows,
              Math.max(0, step.rows() - reported),
              after.bytes() - before.bytes(),
              log,
              before.schema().changesTo(after.schema()),
              before.violations(),
              after.violations(),
              samples.take(OWN)));
      before = after;
      outdated = true;
    } catch (SQLException e) {
      throw new Blinded(e);
    }
  }

  private SqliteCopyState look() throws SQLException {
    try (Connection connection = SqliteRowSamples.open(copy)) {
      return SqliteCopyState.of(connection);
    }
  }

  private long size(String suffix) {
    try {
      Path log = copy.resolveSibling(copy.getFileName() + suffix);
      return Files.exists(log) ? Files.size(log) : 0;
    } catch (IOException e) {
      return 0; // gone in between
    }
  }
}
