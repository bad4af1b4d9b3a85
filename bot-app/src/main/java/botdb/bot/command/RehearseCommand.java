package botdb.bot.command;

import botdb.bot.output.Lines;
import botdb.bot.progress.MigrationWatcher;
import botdb.catalog.history.HistoryMask;
import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.Database;
import botdb.migrations.MigrationException;
import botdb.migrations.Migrator;
import botdb.migrations.Rehearsal;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Applies what is pending to a copy, and says what would change. */
final class RehearseCommand implements Callable<Integer> {
  private final BotCommand bot;

  private final Argument<Boolean> json = Argument.flag("--json", "Print a JSON document.");

  RehearseCommand(BotCommand bot) {
    this.bot = bot;
  }

  CommandSpec spec() {
    return Description.of(
        "Apply what is pending to a copy and say what would change. Ends with status 1 if it would"
            + " fail. Writes nothing to the database.",
        this,
        json);
  }

  @Override
  public Integer call() {
    Database file = bot.file();
    boolean isThere = file.exists();
    Rehearsal rehearsal = rehearse(bot, Migrator.of(file, BotCatalog.migrations()), null);
    RehearsalOutcome outcome = RehearsalOutcome.of(rehearsal, isThere);
    PrintStream results = bot.output().results();
    if (json.value()) {
      results.println(RehearsalJson.of(bot.database(), outcome, rehearsal));
    } else {
      RehearsalText.lines(bot.database(), outcome, rehearsal).forEach(results::println);
    }
    results.flush();
    stopIfFailed(bot, rehearsal);
    return ExitStatus.DONE;
  }

  /**
   * Rehearses what is about to be applied, and notes what it took in a line a migration.
   *
   * @param to the last migration to apply; null for all
   * @throws MigrationException if it did not go through
   */
  static void rehearseFirst(BotCommand bot, Migrator migrator, @Nullable Integer to) {
    Rehearsal rehearsal = rehearse(bot, migrator, to);
    for (Rehearsal.Step step : rehearsal.steps()) {
      bot.output().notes().println("rehearsed  " + RehearsalText.summary(step));
    }
    stopIfFailed(bot, rehearsal);
  }

  private static Rehearsal rehearse(BotCommand bot, Migrator migrator, @Nullable Integer to) {
    Lines notes = new MigrateCommand.Printed(bot.output().notes());
    HistoryMask mask = new HistoryMask();
    try (MigrationWatcher watcher = new MigrationWatcher(notes, notes)) {
      Migrator watched = migrator.withListener(watcher);
      return to == null ? watched.rehearse(mask) : watched.rehearse(to, mask);
    }
  }

  private static void stopIfFailed(BotCommand bot, Rehearsal rehearsal) {
    MigrationException failure = rehearsal.failure();
    if (failure != null) {
      bot.output().notes().println(RehearsalText.stopped(bot.database()));
      throw failure;
    }
  }
}
