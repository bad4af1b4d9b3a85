package botdb.migrations;

import java.sql.SQLException;
import java.util.List;

/** Explains to the owner why a migration failed and in what state it left the database. */
final class Failure {
  private final SqliteFile file;
  private final String name;
  private final MigrationPlan plan;
  private final List<MigrationReport.Step> done;

  Failure(SqliteFile file, String name, MigrationPlan plan, List<MigrationReport.Step> done) {
    this.file = file;
    this.name = name;
    this.plan = plan;
    this.done = done;
  }

  MigrationException explain(Throwable cause) {
    if (cause instanceof MigrationException.UnsuitableData data) {
      return failed(data.places(), data.remedy() + "; nothing else was changed", cause);
    }
    if (cause instanceof MigrationTransaction.TransactionEnded) {
      ErrorText text =
          new ErrorText(name + " failed, and what it had committed by itself stays")
              .database(file.path())
              .at(List.of(String.valueOf(cause.getMessage())))
              .todo("restore a backup from before it, and report this as a bug");
      return new MigrationException.MigrationFailed(text, cause);
    }
    SQLException sql = SqlErrors.rootOf(cause);
    if (sql == null) {
      return failed(
          List.of(cause.getClass().getName() + ": " + cause.getMessage()),
          "report this as a bug, with the lines above; --debug shows where it happened",
          cause);
    }
    MigrationException translated = SqlErrors.translate(sql, file);
    if (translated instanceof MigrationException.DatabaseFailed) {
      return failed(
          List.of(SqlErrors.message(sql)), "see what SQLite refused, mend it, start again", cause);
    }
    return translated;
  }

  private MigrationException failed(List<String> places, String remedy, Throwable cause) {
    ErrorText text =
        new ErrorText(name + " failed and was rolled back; the database is as " + before())
            .database(file.path())
            .at(places);
    if (!done.isEmpty()) {
      text.applied(done.stream().map(MigrationReport.Step::name).toList());
    }
    return new MigrationException.MigrationFailed(text.todo(remedy), cause);
  }

  private String before() {
    String last = null;
    for (MigrationPlan.Entry entry : plan.entries()) {
      if (entry.state() == MigrationPlan.EntryState.APPLIED) {
        last = entry.name();
      }
    }
    if (last != null) {
      return last + " left it";
    }
    return done.isEmpty() ? "it was" : "the baseline left it";
  }
}
