package botdb.bot.command;

import botdb.bot.progress.MigrationWatcher;
import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.Database;
import botdb.migrations.DatabaseCopy;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Copies a database to another address. */
final class CopyCommand implements Callable<Integer> {
  private final BotCommand bot;

  private final Argument<String> from =
      Argument.requiredOption("--from", "PATH|URL", String.class, "The database to copy.");

  private final Argument<String> to =
      Argument.requiredOption(
          "--to", "PATH|URL", String.class, "Where to; nothing may be there yet.");

  private final Argument<Boolean> leaveBehind =
      Argument.flag(
          "--leave-behind", "Go on without views, triggers and what else cannot be said there.");

  private final CommandSpec spec;

  CopyCommand(BotCommand bot) {
    this.bot = bot;
    this.spec =
        Description.of(
            "Copy a database as it stands from a file to a server, or back, and compare every"
                + " row.",
            this,
            from,
            to,
            leaveBehind);
  }

  CommandSpec spec() {
    return spec;
  }

  @Override
  public Integer call() {
    if (bot.namesDatabase()) {
      throw new ParameterException(
          spec.commandLine(), "copy takes --from and --to in place of --database");
    }
    PrintStream results = bot.output().results();
    PrintStream notes = bot.output().notes();
    Database source = bot.file(from.value());
    Database target = bot.file(to.value());
    DatabaseCopy.Report report;
    try (MigrationWatcher watcher =
        new MigrationWatcher(
            new MigrateCommand.Printed(results), new MigrateCommand.Printed(notes))) {
      report =
          DatabaseCopy.of(source, target, BotCatalog.migrations())
              .withListener(watcher)
              .copy(
                  leaveBehind.value()
                      ? DatabaseCopy.Unsaid.LEAVE_BEHIND
                      : DatabaseCopy.Unsaid.REFUSE);
    }
    report.left().forEach(left -> notes.println("left behind: " + left));
    report.rows().forEach((table, rows) -> results.println(line(table, rows)));
    results.println(target.name() + " holds every row of " + source.name());
    return ExitStatus.DONE;
  }

  private static String line(String table, long rows) {
    return "%s  %s".formatted(table, rows == 1 ? "1 row" : rows + " rows");
  }
}
