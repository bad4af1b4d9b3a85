package botdb.catalog.operations;

import botdb.catalog.TestDatabase;
import botdb.migrations.Migration;
import botdb.migrations.MigrationCatalog;
import botdb.migrations.MigrationReport;
import botdb.migrations.Migrator;
import botdb.migrations.Rehearsal;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** An operation as the only thing that a migration does. */
final class Operation {
  /** What the migration of the running test does; tests of one class run one after another. */
  private static Consumer<Migration.Context> work = context -> {};

  private Operation() {}

  static final class Migration001Operate implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      work.accept(context);
    }
  }

  static final class Migration001OperateInSteps implements Migration.InSteps {
    @Override
    public void migrate(Migration.Context context) {
      work.accept(context);
    }
  }

  /** Runs it inside the transaction of a migration, also if it was run before. */
  static MigrationReport.Step run(TestDatabase database, Consumer<Migration.Context> operation)
      throws Exception {
    return run(database, operation, Migration001Operate.class);
  }

  /** Runs it in as many transactions as it wants. */
  static MigrationReport.Step runInSteps(
      TestDatabase database, Consumer<Migration.Context> operation) throws Exception {
    return run(database, operation, Migration001OperateInSteps.class);
  }

  private static MigrationReport.Step run(
      TestDatabase database, Consumer<Migration.Context> operation, Class<? extends Migration> type)
      throws Exception {
    if (!database.rows("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").isEmpty()) {
      database.run("DELETE FROM migrations");
    }
    work = operation;
    return migrator(database, type).migrate().steps().get(0);
  }

  /** Rehearses it, and returns how large its log was at most. */
  static long log(
      TestDatabase database,
      Consumer<Migration.Context> operation,
      Class<? extends Migration> type) {
    work = operation;
    Rehearsal rehearsal = migrator(database, type).rehearse(text -> text);
    return rehearsal.steps().get(0).log();
  }

  static Migrator migrator(TestDatabase database, Class<? extends Migration> type) {
    return Migrator.of(database.file(), MigrationCatalog.of(new NotesBaseline(), List.of(type)));
  }

  private static final class NotesBaseline implements MigrationCatalog.Baseline {
    @Override
    public String table() {
      return "notes";
    }

    @Override
    public Set<String> columns() {
      return Set.of();
    }

    @Override
    public String sql() {
      throw new IllegalStateException("the database of a test has its table");
    }
  }
}
