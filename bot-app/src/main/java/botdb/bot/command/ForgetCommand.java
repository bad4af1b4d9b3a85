package botdb.bot.command;

import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.Migrator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** Deletes the row of an applied migration. */
final class ForgetCommand implements Callable<Integer> {
  private final BotCommand bot;

  private final Argument<String> name =
      Argument.required("NAME", String.class, "Its name, as status prints it.");

  private final Argument<Boolean> noBackup = Argument.flag("--no-backup", "Make no backup before.");

  ForgetCommand(BotCommand bot) {
    this.bot = bot;
  }

  CommandSpec spec() {
    return Description.of(
        "Delete the row of an applied migration; the next start applies it again.",
        this,
        name,
        noBackup);
  }

  @Override
  public Integer call() {
    String migration = name.value();
    Migrator migrator = Migrator.of(bot.file(), BotCatalog.migrations());
    (noBackup.value() ? migrator : migrator.withBackups(bot.backups())).forget(migration);
    bot.output().results().println(migration + " is forgotten; the next start applies it again");
    return ExitStatus.DONE;
  }
}
