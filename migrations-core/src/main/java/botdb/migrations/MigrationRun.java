package botdb.migrations;

import botdb.migrations.MigrationReport.Step;
import java.io.IOException;
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
  private final SqliteFile file;
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

  MigrationRun(
      SqliteFile file,
      MigrationCatalog catalog,
      Migration.DirtyData dirtyData,
      Migrator.Listener listener,
      @Nullable Backups backups) {
    this.file = file;
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
    try (WriteLock lock = WriteLock.open(file, listener)) {
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
      throw SqlErrors.translate(e, file, applied());
    }
  }

  /**
   * Rebuilding a table that others refer to deletes their rows while keys are on, and they can only
   * be switched outside a transaction: https://sqlite.org/lang_altertable.html, step 1. Every
   * connection begins with them on.
   */
  private static void switchForeignKeysOff(Connection connection) throws SQLException {
    Sql.run(connection, "PRAGMA foreign_keys = OFF");
    if (Sql.count(connection, "PRAGMA foreign_keys") != 0) {
      throw new SQLException("foreign keys could not be switched off");
    }
  }

  private List<String> applied() {
    return done.stream().map(Step::name).toList();
  }

  /** Creates version 000 where it is missing, and refuses what is not a relative of it. */
  private void createBaseline(WriteLock lock) throws SQLException {
    long start = System.nanoTime();
    lock.begin();
    plan(lock.connection());
    MigrationTable.checkShape(lock.connection(), file);
    MigrationLog.checkShape(lock.connection(), file);
    if (hasBaseline(lock.connection())) {
      lock.rollback();
      return;
    }
    protect(lock.connection(), "000");
    MigrationTable.createIfAbsent(lock.connection());
    Sql.run(lock.connection(), catalog.baseline().sql());
    lock.commit();
    finished(new Step(0, MigrationReport.BASELINE, since(start), 0));
  }

  private boolean hasBaseline(Connection connection) throws SQLException {
    String table = catalog.baseline().table();
    List<String> kinds =
        Sql.texts(
            connection,
            "SELECT type FROM sqlite_schema WHERE type IN ('table', 'view') AND lower(name) = lower(?)",
            table);
    if (kinds.isEmpty()) {
      return false;
    }
    if (!kinds.get(0).equals("table")) {
      throw new MigrationException.UnsuitableSchema(file.path(), table + " is a view");
    }
    Set<String> missing = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    missing.addAll(catalog.baseline().columns());
    Sql.texts(connection, "SELECT name FROM pragma_table_xinfo(?)", table).forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw new MigrationException.UnsuitableSchema(
          file.path(), "its table %s has no column %s".formatted(table, missing.iterator().next()));
    }
    return true;
  }

  /**
   * Before the first change of this run: refuses a damaged database, which a rewrite could only
   * damage further, and makes a backup, which checks every page as well.
   */
  private void protect(Connection connection, String number) throws SQLException {
    boolean isNew = Sql.count(connection, "PRAGMA page_count") <= 1 && done.isEmpty();
    if (isNew || isProtected) {
      isProtected = true;
      return;
    }
    if (backups != null) {
      backups.tidy();
    }
    reckonSpace(Sql.texts(connection, "PRAGMA journal_mode").contains("wal"));
    if (backups == null) {
      String damage = Damage.first(connection);
      if (damage != null) {
        throw new MigrationException.Corrupt(file.path(), damage, List.of(), null);
      }
    } else {
      backup = backups.before(number).file();
      listener.backedUp(backup);
    }
    isProtected = true;
  }

  private void reckonSpace(boolean isWal) {
    try {
      DiskSpace space = DiskSpace.of(file).forMigration();
      if (isWal) {
        space.forUndoing();
      }
      if (backups != null) {
        space.forBackup(backups.folder().resolve("backup"));
      }
      space.require();
    } catch (IOException e) {
      throw new MigrationException.BackupFailed(file.path(), BackupWriter.reason(e), e);
    }
  }

  private boolean applyNext(WriteLock lock, int to) throws SQLException {
    long start = System.nanoTime();
    switchForeignKeysOff(lock.connection());
    lock.begin();
    MigrationPlan plan = plan(lock.connection());
    MigrationPlan.Entry next = next(plan, to);
    if (next == null) {
      lock.rollback();
      return false;
    }
    MigrationStep step = MigrationStep.next(lock.connection(), catalog, next.name(), file);
    protect(lock.connection(), "%03d".formatted(next.number()));
    if (!next.name().equals(underWay)) {
      underWay = next.name();
      begun = start;
      listener.started(next.name());
    }
    carryOut(lock, next.name(), plan, step);
    leftSomething = step.mayHaveLeftSomething();
    MigrationPlan now = step.goesOn() ? plan : plan.after(next.name());
    state = new State(now, dataVersion(lock.connection()), true);
    if (!step.goesOn()) {
      int number = next.number() == null ? 0 : next.number();
      finished(new Step(number, next.name(), since(begun), step.rows(), step.number()));
    }
    return true;
  }

  /** Does a migration, or a step of one, and commits it with what is noted of it. */
  private void carryOut(WriteLock lock, String name, MigrationPlan plan, MigrationStep step)
      throws SQLException {
    try {
      createTables(lock.connection());
      step.run(lock.connection(), dirtyData, listener);
      step.note(lock.connection());
      if (!step.goesOn()) {
        record(lock.connection(), name, step);
      }
      lock.commit();
    } catch (SQLException | RuntimeException | Error e) {
      lock.rollback(e);
      MigrationException failure = failure(name, plan, step).explain(e);
      if (failure instanceof MigrationException.MigrationFailed) {
        noteFailure(lock, name, step.startedAt(), failure);
      }
      throw failure;
    }
  }

  private void record(Connection connection, String name, MigrationStep step) throws SQLException {
    MigrationTable.insert(connection, name);
    MigrationLog.applied(
        connection, name, step.edition(), step.startedAt(), step.rows(), backupName());
  }

  private Failure failure(String name, MigrationPlan plan, MigrationStep step) {
    String command = backup == null || backups == null ? "" : backups.restoreCommand(backup);
    return new Failure(file, name, plan, applied(), backup, command, step.before());
  }

  /**
   * Only where there is a log already: a database that was refused stays as it was, to the byte.
   */
  private void noteFailure(
      WriteLock lock, String name, String startedAt, MigrationException failure) {
    try {
      lock.begin();
      if (MigrationLog.exists(lock.connection())) {
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
   * @param version changes when another connection commits, and only then:
   *     https://sqlite.org/pragma.html#pragma_data_version
   * @param hasTables whether the tables of the runner are there
   */
  private record State(MigrationPlan plan, long version, boolean hasTables) {}

  private static long dataVersion(Connection connection) throws SQLException {
    return Sql.count(connection, "PRAGMA data_version");
  }

  private void createTables(Connection connection) throws SQLException {
    if (state == null || !state.hasTables) {
      MigrationTable.createIfAbsent(connection);
      MigrationLog.createIfAbsent(connection);
    }
  }

  private MigrationPlan plan(Connection connection) throws SQLException {
    long version = dataVersion(connection);
    if (state == null || state.version != version) {
      state = new State(catalog.plan(connection, file, applied()), version, false);
    }
    return state.plan;
  }

  private void finished(Step step) {
    done.add(step);
    listener.applied(step);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
