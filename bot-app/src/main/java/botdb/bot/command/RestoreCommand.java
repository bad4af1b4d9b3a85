package botdb.bot.command;

import botdb.catalog.migrations.BotCatalog;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Puts a backup in the place of the database. */
@Command(
    name = "restore",
    description =
        "Put a backup in the place of the database, which is kept as a backup of its own.")
final class RestoreCommand implements Callable<Integer> {
  private final BotCommand bot;

  @Parameters(paramLabel = "FILE", description = "The backup, as backups lists it.")
  private Path backup = Path.of("");

  RestoreCommand(BotCommand bot) {
    this.bot = bot;
  }

  @Override
  public Integer call() {
    Path kept = bot.backups().restore(backup, BotCatalog.migrations());
    bot.output().results().println(bot.database() + " is now what " + backup + " held");
    if (kept != null) {
      bot.output().results().println("what it was is kept in " + kept);
    }
    return ExitStatus.DONE;
  }
}
