package botdb.migrations;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database to the newest version of a catalog.
 *
 * <p>Guarantees: looking is one read and writes nothing; each migration is applied in one
 * transaction together with its row in {@code migrations}; whatever happens to the process, a
 * migration is either applied and recorded or neither; of many processes that start at once, one
 * applies and the others wait. The lock is that of a transaction (in SQLite <a
 * href="https://sqlite.org/lang_transaction.html">BEGIN IMMEDIATE</a>, in PostgreSQL the lock of a
 * row), so that a crash releases it.
 *
 * <pre>{@code
 * Migrator migrator = Migrator.of(Database.parse("users.db"), catalog);
 * for (MigrationReport.Step step : migrator.migrate().steps()) {
 *   System.out.println(step.name() + " changed " + step.rows() + " rows");
 * }
 * }</pre>
 */
public final class Migrator {
  private final Database database;
  private final MigrationCatalog catalog;
  private final Migration.DirtyData dirtyData;
  private final Listener listener;
  private final @Nullable Backups backups;

  private Migrator(
      Database database,
      MigrationCatalog catalog,
      Migration.DirtyData dirtyData,
      Listener listener,
      @Nullable Backups backups) {
    this.database = database;
    this.catalog = catalog;
    this.dirtyData = dirtyData;
    this.listener = listener;
    this.backups = backups;
  }

  /** Returns a migrator that works in silence, makes no backups and that dirty data stops. */
  public static Migrator of(Database database, MigrationCatalog catalog) {
    return new Migrator(database, catalog, Migration.DirtyData.STOP, Listener.SILENT, null);
  }

  /** Returns the same migrator with somebody who watches it. */
  public Migrator withListener(Listener listener) {
    return new Migrator(database, catalog, dirtyData, listener, backups);
  }

  /**
   * Returns the same migrator, which makes a backup before it changes an existing database.
   *
   * <p>The backup is made under the write lock of the first change. Nobody writes to a file between
   * the two; on a server, bots that are at work do, and only other migrations wait.
   */
  public Migrator withBackups(Backups backups) {
    return new Migrator(database, catalog, dirtyData, listener, backups);
  }

  /** Returns the same migrator with another way to deal with rows that stand in the way. */
  public Migrator withDirtyData(Migration.DirtyData dirtyData) {
    return new Migrator(database, catalog, dirtyData, listener, backups);
  }

  /**
   * Looks how the database stands to the catalog.
   *
   * <p>Reads the rows of {@code migrations} and nothing else; creates no file and loads no jOOQ.
   *
   * @throws MigrationException if the file is not a database that can be read
   */
  public MigrationPlan plan() {
    if (!database.exists()) {
      return MigrationPlan.absent(catalog);
    }
    MigrationPlan plan =
        MigrationPlan.of(catalog, read(connection -> MigrationTable.read(connection, database)));
    return plan.hasSteps() ? plan.withProgress(progress()) : plan;
  }

  /**
   * Refuses a database on which another edition of a migration ran, or has begun to; only looks.
   *
   * <p>{@link #migrate()} asks the same before it changes anything.
   *
   * @throws MigrationException.OtherEdition naming both editions
   * @throws MigrationException if the file is not a database that can be read
   */
  public void checkEditions() {
    if (database.exists()) {
      read(
          connection -> {
            catalog.checkEditions(connection, MigrationTable.read(connection, database), database);
            catalog.checkBegun(MigrationProgress.read(connection, database), database);
            return true;
          });
    }
  }

  private Map<String, MigrationProgress.Stand> progress() {
    return read(connection -> MigrationProgress.read(connection, database));
  }

  private <T> T read(Database.Reading<T> reading) {
    try {
      return database.read(listener, reading);
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }

  /**
   * Applies everything that is pending, in the order of the numbers.
   *
   * @return what was applied; nothing if another process did it in the meantime
   * @throws MigrationException.Superseded if the database was written by a newer program
   * @throws MigrationException.UnsuitableSchema if the database is of another program
   * @throws MigrationException.MigrationFailed if a migration failed; those before it stay
   * @throws MigrationException if the database cannot be read or written
   */
  public MigrationReport migrate() {
    return migrate(catalog.size());
  }

  /**
   * Applies what is pending up to a number; 0 creates the baseline only.
   *
   * @param to the number of the last migration to apply
   * @throws MigrationException.UnknownMigration if the catalog has no such number
   * @throws MigrationException as {@link #migrate()} does
   */
  public MigrationReport migrate(int to) {
    checkNumber(to);
    if (isNothingToDo(to)) {
      return new MigrationReport(List.of());
    }
    return new MigrationRun(database, catalog, dirtyData, listener, backups).migrate(to);
  }

  /**
   * Applies everything that is pending to a copy, and tells what that did.
   *
   * <p>The database itself is only read: no byte of it changes, and others may go on using it. The
   * copy lies in a folder of its own beside the database, or on a server in a schema that no other
   * transaction ever sees; it is gone afterwards. The listener hears what begins and how far it has
   * come, but of nothing that was applied, since nothing was.
   *
   * @param mask makes text of the database unreadable before it gets into the report; the text may
   *     be cut off at its end
   * @return what became of the copy, also where a migration failed
   * @throws MigrationException.Superseded if the database was written by a newer program
   * @throws MigrationException.NotEnoughSpace if the disk has too little room for the copies
   * @throws MigrationException if the database cannot be read, or no copy can be made
   */
  public Rehearsal rehearse(UnaryOperator<String> mask) {
    return rehearse(catalog.size(), mask);
  }

  /**
   * Rehearses what is pending up to a number.
   *
   * @param to the number of the last migration to apply
   * @throws MigrationException.UnknownMigration if the catalog has no such number
   * @throws MigrationException as {@link #rehearse(UnaryOperator)} does
   */
  public Rehearsal rehearse(int to, UnaryOperator<String> mask) {
    checkNumber(to);
    if (isNothingToDo(to)) {
      return new Rehearsal(List.of(), null);
    }
    return database.rehearse(catalog, dirtyData, listener, to, mask);
  }

  private void checkNumber(int to) {
    if (to < 0 || to > catalog.size()) {
      throw new MigrationException.UnknownMigration(
          database.name(),
          "there is no migration %03d".formatted(to),
          "choose a number from 000 to %03d".formatted(catalog.size()));
    }
  }

  private boolean isNothingToDo(int to) {
    if (!database.exists()) {
      return false;
    }
    try {
      MigrationPlan plan = read(connection -> catalog.plan(connection, database, List.of()));
      return to > 0 && MigrationRun.next(plan, to) == null;
    } catch (MigrationException.UnfinishedWrite e) {
      return false; // opening for writing rolls it back; the run looks again
    }
  }

  /**
   * Deletes the row of an applied migration, so that the next start applies it again.
   *
   * <p>That it was applied stays in {@code migration_log}.
   *
   * @param name its name, with or without a suffix {@code .py}
   * @throws MigrationException.DatabaseMissing if there is no database
   * @throws MigrationException.UnknownMigration if no such migration of this catalog is applied
   * @throws MigrationException.Superseded if the database was written by a newer program
   */
  public void forget(String name) {
    if (!database.exists()) {
      throw new MigrationException.DatabaseMissing(database.name());
    }
    String migration = new MigrationPlan.AppliedRow(name, null).migration();
    try (WriteLock lock = database.lock(listener)) {
      lock.begin();
      MigrationTable.checkShape(lock.connection(), database);
      MigrationPlan plan =
          MigrationPlan.of(catalog, MigrationTable.read(lock.connection(), database));
      if (plan.state() == MigrationPlan.State.SUPERSEDED) {
        throw new MigrationException.Superseded(database.name(), plan, List.of());
      }
      if (!plan.isApplied(migration)) {
        throw new MigrationException.UnknownMigration(
            database.name(),
            name + " is not applied",
            "take a name from the lines that status prints as applied");
      }
      MigrationLog.checkShape(lock.connection(), database);
      String backup = backups == null ? null : backups.before("forget").file().toString();
      MigrationTable.delete(lock.connection(), migration);
      MigrationLog.createIfAbsent(lock.connection(), database);
      MigrationLog.forgotten(
          lock.connection(), migration, catalog.readEditions().get(migration), backup);
      lock.commit();
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }

  /**
   * Hears what a {@link Migrator} is doing, on the thread that does it.
   *
   * <p>A listener only watches: what it throws is thrown out of the migrator, after a rollback.
   */
  public interface Listener {

    /** A listener that does nothing. */
    Listener SILENT = new Listener() {};

    /**
     * Another process holds the database; called once, after a second of waiting.
     *
     * @param limit how long it will be waited for in all
     */
    default void waiting(Duration limit) {}

    /** The database as it was is kept there; called before the first change. */
    default void backedUp(Path backup) {}

    /** A migration begins; it holds the write lock. */
    default void started(String name) {}

    /**
     * A migration has come this far.
     *
     * @param done rows finished so far
     * @param total rows that there are to do in all
     */
    default void progress(String name, long done, long total) {}

    /**
     * A migration has set rows aside that stood in its way; not committed yet.
     *
     * @param rows how many
     */
    default void setAside(String name, long rows) {}

    /** A migration was committed. */
    default void applied(MigrationReport.Step step) {}
  }
}
