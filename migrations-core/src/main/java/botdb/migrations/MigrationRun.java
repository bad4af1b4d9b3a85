package botdb.migrations;

import botdb.migrations.MigrationReport.Step;
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
  private final List<Step> done = new ArrayList<>();

  MigrationRun(
      SqliteFile file,
      MigrationCatalog catalog,
      Migration.DirtyData dirtyData,
      Migrator.Listener listener) {
    this.file = file;
    this.catalog = catalog;
    this.dirtyData = dirtyData;
    this.listener = listener;
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
        // Each round is a transaction of its own, on a connection that no migration had before.
        lock.reconnect();
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
    refuseDamaged(lock.connection());
    if (hasBaseline(lock.connection())) {
      lock.rollback();
      return;
    }
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

  /** A damaged database is refused before it is touched: a rewrite could only damage it further. */
  private void refuseDamaged(Connection connection) throws SQLException {
    String damage = Damage.first(connection);
    if (damage != null) {
      throw new MigrationException.Corrupt(file.path(), damage, List.of(), null);
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
    listener.started(next.name());
    long rows;
    try {
      MigrationTable.createIfAbsent(lock.connection());
      rows = apply(lock.connection(), next.name());
      MigrationTable.insert(lock.connection(), next.name());
      lock.commit();
    } catch (SQLException | RuntimeException | Error e) {
      lock.rollback(e);
      throw new Failure(file, next.name(), plan, applied()).explain(e);
    }
    finished(new Step(next.number() == null ? 0 : next.number(), next.name(), since(start), rows));
    return true;
  }

  private MigrationPlan plan(Connection connection) throws SQLException {
    MigrationPlan plan = MigrationPlan.of(catalog, MigrationTable.read(connection, file));
    if (plan.state() == MigrationPlan.State.SUPERSEDED) {
      throw new MigrationException.Superseded(file.path(), plan, applied());
    }
    return plan;
  }

  /** Runs one migration inside the transaction that is open, and returns the rows it changed. */
  private long apply(Connection connection, String name) throws SQLException {
    MigrationCatalog.Entry entry = catalog.find(name);
    if (entry == null) {
      throw new IllegalStateException(name + " is pending and not in the catalog");
    }
    ForeignKeyViolations before = ForeignKeyViolations.find(connection);
    long changes = Sql.count(connection, "SELECT total_changes()");
    Migration migration = entry.create();
    try (MigrationTransaction transaction = MigrationTransaction.begin(connection)) {
      transaction.run(
          migration, new Migration.Context(transaction.dsl(), name, dirtyData, listener));
    }
    long rows = Sql.count(connection, "SELECT total_changes()") - changes;
    before.refuseNew(ForeignKeyViolations.find(connection));
    return rows;
  }

  private void finished(Step step) {
    done.add(step);
    listener.applied(step);
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
