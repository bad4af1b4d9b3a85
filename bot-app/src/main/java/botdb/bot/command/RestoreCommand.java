package botdb.bot.command;

import botdb.catalog.migrations.BotCatalog;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** Puts a backup in the place of the database. */
final class RestoreCommand implements Callable<Integer> {
  private final BotCommand bot;

  private final Argument<Path> backup =
      Argument.required("FILE", Path.class, "The backup, as backups lists it.");

  RestoreCommand(BotCommand bot) {
    this.bot = bot;
  }

  CommandSpec spec() {
    return Description.of(
        "Put a backup in the place of the database, which is kept as a backup of its own.",
        this,
        backup);
  }

  @Override
  public Integer call() {
    Path file = backup.value();
    Path kept = bot.backups().restore(file, BotCatalog.migrations());
    bot.output().results().println(bot.database() + " is now what " + file + " held");
    if (kept != null) {
      bot.output().results().println("what it was is kept in " + kept);
    }
    return ExitStatus.DONE;
  }
}
