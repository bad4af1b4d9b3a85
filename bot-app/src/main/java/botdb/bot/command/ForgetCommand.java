package botdb.bot.command;

import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.Migrator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Deletes the row of an applied migration. */
@Command(
    name = "forget",
    description = "Delete the row of an applied migration; the next start applies it again.")
final class ForgetCommand implements Callable<Integer> {
  private final BotCommand bot;

  @Parameters(paramLabel = "NAME", description = "Its name, as status prints it.")
  private String name = "";

  ForgetCommand(BotCommand bot) {
    this.bot = bot;
  }

  @Override
  public Integer call() {
    Migrator.of(bot.file(), BotCatalog.migrations()).withBackups(bot.backups()).forget(name);
    bot.output().results().println(name + " is forgotten; the next start applies it again");
    return ExitStatus.DONE;
  }
}
