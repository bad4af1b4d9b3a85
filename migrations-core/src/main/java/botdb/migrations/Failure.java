package botdb.migrations;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Explains to the owner why a migration failed and in what state it left the database. */
final class Failure {
  private static final Pattern MIGRATION = Pattern.compile("(.*[.$])?Migration\\d{3}.*");

  private static final String BUG = "report this as a bug, with the lines above";

  private final Database database;
  private final String name;
  private final MigrationPlan plan;
  private final List<String> applied;
  private final @Nullable Path backup;
  private final String restoreCommand;
  private final MigrationProgress.@Nullable Stand stand;

  /**
   * Makes the explanation of one failure.
   *
   * @param plan as it was before this migration
   * @param applied what this run has committed
   * @param backup what the run kept before it began; null if nothing
   * @param restoreCommand how to go back to it
   * @param stand what a migration in steps had committed; null if nothing
   */
  Failure(
      Database database,
      String name,
      MigrationPlan plan,
      List<String> applied,
      @Nullable Path backup,
      String restoreCommand,
      MigrationProgress.@Nullable Stand stand) {
    this.database = database;
    this.name = name;
    this.plan = plan;
    this.applied = applied;
    this.backup = backup;
    this.restoreCommand = restoreCommand;
    this.stand = stand;
  }

  MigrationException explain(Throwable cause) {
    if (cause instanceof MigrationException.UnsuitableData data) {
      return failed(data.places(), data.remedy() + "; nothing else was changed", cause);
    }
    if (cause instanceof MigrationException known) {
      return known;
    }
    if (cause instanceof MigrationTransaction.TransactionEnded ended) {
      return explainEnd(ended);
    }
    StatementRules.Refused refused = StatementRules.Refused.in(cause);
    if (refused != null) {
      String place = place(refused).isEmpty() ? place(cause) : place(refused);
      return failed(List.of(refused.getMessage() + place), BUG, cause);
    }
    if (cause instanceof RowCounts.Lost lost) {
      return failed(lost.places(), "report this as a bug: the migration loses rows unsaid", lost);
    }
    SQLException refusal = database.errors().in(cause);
    return refusal == null ? explainBug(cause) : explainRefusal(refusal, cause);
  }

  private MigrationException explainEnd(MigrationTransaction.TransactionEnded ended) {
    List<String> places = List.of(String.valueOf(ended.getMessage()));
    if (!ended.committed()) {
      return failed(places, BUG, ended);
    }
    ErrorText text =
        new ErrorText(name + " failed, and what it had committed by itself stays")
            .database(database.name())
            .at(places)
            .applied(applied)
            .backup(backup, restoreCommand)
            .todo("restore a backup from before it, and report this as a bug");
    return new MigrationException.MigrationFailed(text, ended);
  }

  /** Where it happened, and not the message, which may hold what people wrote. */
  private MigrationException explainBug(Throwable cause) {
    return failed(
        List.of(cause.getClass().getName() + place(cause)),
        BUG + "; --debug shows where it happened",
        cause);
  }

  private static String place(Throwable cause) {
    for (StackTraceElement frame : cause.getStackTrace()) {
      if (MIGRATION.matcher(frame.getClassName()).matches()) {
        return " in " + frame.getFileName() + ", line " + frame.getLineNumber();
      }
    }
    return "";
  }

  private MigrationException explainRefusal(SQLException refusal, Throwable cause) {
    MigrationException translated = database.errors().explain(refusal, applied);
    if (!(translated instanceof MigrationException.DatabaseFailed)) {
      return translated;
    }
    if (database.errors().isOwnCursor(refusal)) {
      return failed(
          List.of(database.errors().words(refusal), "a cursor of the migration is still open"),
          BUG,
          cause);
    }
    return failed(
        List.of(database.errors().words(refusal)),
        "see what was refused, mend it, start again",
        cause);
  }

  private MigrationException failed(List<String> places, String remedy, Throwable cause) {
    ErrorText text =
        new ErrorText(name + whatStays())
            .database(database.name())
            .at(places)
            .applied(applied)
            .backup(backup, restoreCommand)
            .todo(remedy);
    return new MigrationException.MigrationFailed(text, cause);
  }

  private String whatStays() {
    return stand == null
        ? " failed and was rolled back; the database is as " + before()
        : " failed; the %d of %d rows that it had done stay, and the next start goes on there"
            .formatted(stand.done(), stand.total());
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
    return applied.isEmpty() ? "it was" : "the baseline left it";
  }
}
