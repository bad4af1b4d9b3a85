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
import java.util.TreeSet;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteUpdateListener;

/**
 * Watches a run on a copy from outside, migration by migration, so that the run is the real one.
 *
 * <p>Between two migrations the copy is looked at through connections of its own. While one runs,
 * SQLite tells of each row and of the moment before the commit.
 */
final class RehearsalWatch
    implements Migrator.Listener, SqliteFile.Opened, SQLiteUpdateListener, SQLiteCommitListener {
  private static final Set<String> OWN = Set.of(MigrationTable.NAME, "migration_log");

  private final Path copy;
  private final RowSamples samples;
  private final Migrator.Listener listener;
  private final List<Rehearsal.Step> steps = new ArrayList<>();
  private final Map<String, Long> rows = new TreeMap<>();
  private State before = State.NOTHING;
  private boolean outdated;
  private long journal;
  private long start;

  RehearsalWatch(Path copy, RowSamples samples, Migrator.Listener listener) {
    this.copy = copy;
    this.samples = samples;
    this.listener = listener;
  }

  /** What is kept of the copy as it was before a migration, beside its rows. */
  private record State(Schema schema, long bytes, List<String> violations) {
    private static final String PLACE = " is number ";

    private static final State NOTHING = new State(new Schema(new TreeSet<>()), 0, List.of());

    static State of(Connection connection) throws SQLException {
      return new State(
          Schema.of(connection),
          Sql.count(
              connection, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"),
          ForeignKeyViolations.find(connection).places());
    }

    /** What went and what came, in the order of the facts. */
    List<String> differencesTo(State after) {
      List<String> lines = new ArrayList<>();
      addMissing(lines, "- ", schema, after.schema);
      addMissing(lines, "+ ", after.schema, schema);
      return lines;
    }

    private static void addMissing(List<String> lines, String sign, Schema here, Schema there) {
      for (String fact : here.facts()) {
        if (!there.facts().contains(fact) && !isImplied(fact, there)) {
          lines.add(sign + fact);
        }
      }
    }

    /** The place of a column says nothing more where the column itself is missing. */
    private static boolean isImplied(String fact, Schema there) {
      int place = fact.indexOf(PLACE);
      return place > 0
          && there.facts().stream()
              .noneMatch(other -> other.startsWith(fact.substring(0, place + 1)));
    }
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
      State after = look();
      long reported = rows.values().stream().mapToLong(Long::longValue).sum();
      steps.add(
          new Rehearsal.Step(
              new MigrationReport.Step(step.number(), step.name(), took, step.rows()),
              rows,
              Math.max(0, step.rows() - reported),
              after.bytes - before.bytes,
              log,
              before.differencesTo(after),
              before.violations,
              after.violations,
              samples.take(OWN)));
      before = after;
      outdated = true;
    } catch (SQLException e) {
      throw new Blinded(e);
    }
  }

  private State look() throws SQLException {
    try (Connection connection = RowSamples.open(copy)) {
      return State.of(connection);
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
