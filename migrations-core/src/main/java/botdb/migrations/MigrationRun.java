package botdb.migrations;

import botdb.migrations.MigrationReport.Step;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan: one transaction a migration, each under the write lock.
 *
 * <p>The plan that was made without the lock only said that there is something to do. What to do is
 * read again under the lock, before each migration, since another process may have been first.
 */
final class MigrationRun {
  private final Database database;
  private final MigrationCatalog catalog;
  private final Migration.DirtyData dirtyData;
  private final Migrator.Listener listener;
  private final @Nullable Backups backups;
  private final List<Step> done = new ArrayList<>();
  private @Nullable Path backup;
  private boolean isProtected;
  private @Nullable String underWay;
  private long begun;
  private boolean leftSomething;
  private @Nullable State state;

  /** The migration that failed where no part could be undone, and is to be done once more. */
  private @Nullable String again;

  MigrationRun(
      Database database,
      MigrationCatalog catalog,
      Migration.DirtyData dirtyData,
      Migrator.Listener listener,
      @Nullable Backups backups) {
    this.database = database;
    this.catalog = catalog;
    this.dirtyData = dirtyData;
    this.listener = listener;
    this.backups = backups;
  }

  /** The first pending migration up to a number; null if there is none. */
  static MigrationPlan.@Nullable Entry next(MigrationPlan plan, int to) {
    for (MigrationPlan.Entry entry : plan.pending()) {
      if (entry.number() != null && entry.number() <= to) {
        return entry;
      }
    }
    return null;
  }

  MigrationReport migrate(int to) {
    try (WriteLock lock = database.lock(listener)) {
      lock.prepare();
      createBaseline(lock);
      while (applyNext(lock, to)) {
        // Each round is a transaction of its own.
        if (leftSomething) {
          lock.reconnect();
          state = null;
        }
      }
      return new MigrationReport(done);
    } catch (SQLException e) {
      throw database.errors().explain(e, applied());
    }
  }

  private List<String> applied() {
    return done.stream().map(Step::name).toList();
  }

  /** Creates version 000 where it is missing, and refuses what is not a relative of it. */
  private void createBaseline(WriteLock lock) throws SQLException {
    long start = System.nanoTime();
    lock.begin();
    look(lock);
    MigrationTable.checkShape(lock.connection(), database);
    MigrationLog.checkShape(lock.connection(), database);
    if (hasBaseline(lock.connection())) {
      lock.rollback();
      return;
    }
    protect(lock, "000");
    MigrationTable.createIfAbsent(lock.connection(), database);
    Sql.run(lock.connection(), database.script(catalog.baseline().sql()));
    lock.commit();
    finished(new Step(0, MigrationReport.BASELINE, since(start), 0));
  }

  private boolean hasBaseline(Connection connection) throws SQLException {
    String table = catalog.baseline().table();
    String kind = database.tables().kind(connection, table);
    if (kind == null) {
      return false;
    }
    if (!kind.equals("table")) {
      throw new MigrationException.UnsuitableSchema(database.name(), table + " is a view");
    }
    Set<String> missing = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    missing.addAll(catalog.baseline().columns());
    database.columns(connection, table).forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw new MigrationException.UnsuitableSchema(
          database.name(),
          "its table %s has no column %s".formatted(table, missing.iterator().next()));
    }
    return true;
  }

  /**
   * Before the first change of this run: refuses a damaged database, which a rewrite could only
   * damage further, and makes a backup, which checks every page as well.
   */
  private void protect(WriteLock lock, String number) throws SQLException {
    Connection connection = lock.connection();
    boolean isNew = done.isEmpty() && database.tables().isEmpty(connection);
    if (isNew || isProtected) {
      isProtected = true;
      return;
    }
    if (backups != null) {
      backups.tidy();
    }
    database.requireRoom(connection, backups == null ? null : backups.folder().resolve("backup"));
    Background<String> loading = MigrationTransaction.load(database);
    try {
      lock.keepWhole();
      if (backups == null) {
        database.refuseDamage(connection);
      } else {
        Path file = backups.before(number).file();
        if (!file.equals(backup)) {
          backup = file;
          listener.backedUp(file);
        }
      }
    } finally {
      loading.end();
    }
    isProtected = true;
  }

  private boolean applyNext(WriteLock lock, int to) throws SQLException {
    long start = System.nanoTime();
    boolean rewrite = begin(lock, to);
    State known = look(lock);
    MigrationPlan plan = known.plan;
    MigrationPlan.Entry next = next(plan, to);
    if (next == null) {
      lock.rollback();
      return false;
    }
    if (rewrite && !isRewrite(next)) {
      lock.rollback(); // another process was first
      return true;
    }
    MigrationStep step = MigrationStep.next(lock.connection(), catalog, next.name(), database);
    protect(lock, "%03d".formatted(next.number()));
    if (!next.name().equals(underWay)) {
      underWay = next.name();
      begun = start;
      listener.started(next.name());
    }
    if (rewrite) {
      boolean isDone = rewrite(lock, next.name(), known, step);
      // The stamp was that of a connection which is closed by now.
      state = new State(isDone ? plan.after(next.name()) : plan, new Object(), true, null);
      if (!isDone) {
        return true;
      }
    } else {
      carryOut(lock, next.name(), known, step);
      MigrationPlan now = step.goesOn() ? plan : plan.after(next.name());
      state = new State(now, known.stamp, true, step.violations());
      leftSomething = step.mayHaveLeftSomething();
    }
    if (!step.goesOn()) {
      int number = next.number() == null ? 0 : next.number();
      finished(new Step(number, next.name(), since(begun), step.rows(), step.number()));
    }
    return true;
  }

  /** Begins a transaction of the kind that suits what was pending when it was last looked. */
  private boolean begin(WriteLock lock, int to) throws SQLException {
    MigrationPlan.Entry expected = state == null ? null : next(state.plan, to);
    if (expected != null && isRewrite(expected)) {
      return lock.beginRewrite();
    }
    lock.begin();
    return false;
  }

  /** Rows that are to be set aside are found by a statement that fails. */
  private boolean isRewrite(MigrationPlan.Entry entry) {
    return dirtyData == Migration.DirtyData.STOP
        && !entry.name().equals(again)
        && catalog.get(entry.name()).isRewrite();
  }

  /** Returns whether it went through; if not, everything is undone, and is to be done again. */
  private boolean rewrite(WriteLock lock, String name, State known, MigrationStep step)
      throws SQLException {
    try {
      apply(lock, name, known, step);
      return true;
    } catch (SQLException | RuntimeException e) {
      lock.rollback();
      again = name;
      isProtected = false; // others may write before the next transaction begins
      return false;
    } catch (Error e) {
      lock.rollback(e);
      throw e;
    }
  }

  /** Does a migration, or a step of one, and commits it with what is noted of it. */
  private void carryOut(WriteLock lock, String name, State known, MigrationStep step)
      throws SQLException {
    try {
      apply(lock, name, known, step);
    } catch (SQLException | RuntimeException | Error e) {
      lock.rollback(e);
      MigrationException failure = failure(name, known.plan, step).explain(e);
      if (failure instanceof MigrationException.MigrationFailed) {
        noteFailure(lock, name, step.startedAt(), failure);
      }
      throw failure;
    }
  }

  private void apply(WriteLock lock, String name, State known, MigrationStep step)
      throws SQLException {
    lock.awaitWhole();
    createTables(lock.connection(), known);
    lock.settle();
    step.run(database, lock, known.violations, dirtyData, listener);
    step.note(database, lock.connection());
    if (!step.goesOn()) {
      record(lock.connection(), name, step);
    }
    lock.commit();
  }

  private void record(Connection connection, String name, MigrationStep step) throws SQLException {
    MigrationTable.insert(connection, name);
    MigrationLog.applied(
        connection, name, step.edition(), step.startedAt(), step.rows(), backupName());
  }

  private Failure failure(String name, MigrationPlan plan, MigrationStep step) {
    String command = backup == null || backups == null ? "" : backups.restoreCommand(backup);
    return new Failure(database, name, plan, applied(), backup, command, step.before());
  }

  /**
   * Only where there is a log already: a database that was refused stays as it was, to the byte.
   */
  private void noteFailure(
      WriteLock lock, String name, String startedAt, MigrationException failure) {
    try {
      lock.begin();
      if (MigrationLog.exists(lock.connection(), database)) {
        MigrationLog.failed(lock.connection(), name, startedAt, backupName(), failure.code());
        lock.commit();
      } else {
        lock.rollback();
      }
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private @Nullable String backupName() {
    return backup == null ? null : backup.getFileName().toString();
  }

  /**
   * What is known of the database under a lock that was let go since.
   *
   * @param stamp differs as soon as another connection has committed
   * @param hasTables whether the tables of the runner are there
   * @param violations of foreign keys; null if they were not looked for
   */
  private record State(
      MigrationPlan plan,
      Object stamp,
      boolean hasTables,
      @Nullable ForeignKeyViolations violations) {}

  private void createTables(Connection connection, State known) throws SQLException {
    if (!known.hasTables) {
      MigrationTable.createIfAbsent(connection, database);
      MigrationLog.createIfAbsent(connection, database);
    }
  }

  /** Reads anew only what another one may have changed since. */
  private State look(WriteLock lock) throws SQLException {
    Object stamp = lock.stamp();
    if (state == null || !state.stamp.equals(stamp)) {
      state = new State(catalog.plan(lock.connection(), database, applied()), stamp, false, null);
    }
    return state;
  }

  private void finished(Step step) {
    done.add(step);
    listener.applied(step);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
