package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One transaction of a migration: the only one, or one of those of a migration in steps. */
final class MigrationStep {
  private final MigrationCatalog.Entry entry;
  private final @Nullable String edition;
  private final MigrationProgress.@Nullable Stand before;
  private final String startedAt;
  private Migration.@Nullable Context context;
  private long rows;
  private boolean leftSomething;
  private @Nullable ForeignKeyViolations violations;

  private MigrationStep(
      MigrationCatalog.Entry entry,
      @Nullable String edition,
      MigrationProgress.@Nullable Stand before) {
    this.entry = entry;
    this.edition = edition;
    this.before = before;
    this.startedAt = before == null ? Times.now() : before.startedAt();
  }

  /**
   * Finds where a migration stands.
   *
   * @throws MigrationException.OtherEdition if another edition of it began
   * @throws MigrationException.UnsuitableSchema if the table for that is something else
   */
  static MigrationStep next(
      Connection connection, MigrationCatalog catalog, String name, Database database)
      throws SQLException {
    MigrationCatalog.Entry entry = catalog.get(name);
    MigrationProgress.Stand stand = null;
    if (entry.isInSteps()) {
      Map<String, MigrationProgress.Stand> stands = MigrationProgress.read(connection, database);
      catalog.checkBegun(stands, database);
      stand = stands.get(name);
    }
    return new MigrationStep(entry, catalog.readEditions().get(name), stand);
  }

  /**
   * Runs it inside the transaction that is open.
   *
   * @param known the keys that point nowhere before it; null if they are to be looked for
   */
  void run(
      Database database,
      WriteLock lock,
      @Nullable ForeignKeyViolations known,
      Migration.DirtyData dirtyData,
      Migrator.Listener listener)
      throws SQLException {
    ForeignKeyViolations dangling = known == null ? lock.violations() : known;
    long changes = lock.changes();
    Migration migration = entry.create();
    try (MigrationTransaction transaction = MigrationTransaction.begin(database, lock)) {
      context =
          new Migration.Context(
              database,
              transaction.dsl(),
              entry.name(),
              dirtyData,
              listener,
              entry.isInSteps(),
              before == null ? null : before.position());
      transaction.run(migration, context);
      leftSomething = transaction.mayHaveLeftSomething();
      rows = lock.changes() - changes;
      violations = lock.violations();
      dangling.refuseNew(violations);
      transaction.refuseLoss(migration);
    }
    if (!entry.isInSteps() && goesOn()) {
      throw new StatementRules.Refused(
          "it wants to be called again and does not implement Migration.InSteps");
    }
  }

  /** Whether another one is to come. */
  boolean goesOn() {
    return context != null && context.next() != null;
  }

  /** Notes where the next one begins, or that there is none. */
  void note(Database database, Connection connection) throws SQLException {
    if (!entry.isInSteps()) {
      return;
    }
    if (context == null || context.next() == null) {
      MigrationProgress.finish(connection, database, entry.name());
      return;
    }
    MigrationProgress.save(
        connection,
        database,
        entry.name(),
        new MigrationProgress.Stand(
            edition, context.next(), number(), rows(), context.done(), context.total(), startedAt));
  }

  /** Whether the next migration might meet something that this one left on the connection. */
  boolean mayHaveLeftSomething() {
    return leftSomething;
  }

  /** The keys that point nowhere after it; null if it did not run. */
  @Nullable ForeignKeyViolations violations() {
    return violations;
  }

  /** Which edition of the migration it is; null where the catalog does not say. */
  @Nullable String edition() {
    return edition;
  }

  /** What was committed before; null if this is the first. */
  MigrationProgress.@Nullable Stand before() {
    return before;
  }

  /** Which transaction of the migration it is, from 1. */
  long number() {
    return before == null ? 1 : before.steps() + 1;
  }

  /** Rows changed up to its end. */
  long rows() {
    return before == null ? rows : before.rows() + rows;
  }

  /** When the first one began. */
  String startedAt() {
    return startedAt;
  }
}
