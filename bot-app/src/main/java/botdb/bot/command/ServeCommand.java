package botdb.bot.command;

import botdb.bot.output.Lines;
import botdb.bot.progress.MigrationWatcher;
import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.Backups;
import botdb.migrations.Migrator;
import botdb.migrations.SqliteFile;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** Migrates, then serves. */
@Command(name = "serve", description = "Apply what is pending, then serve; also without a command.")
final class ServeCommand implements Callable<Integer> {
  private final BotCommand bot;

  ServeCommand(BotCommand bot) {
    this.bot = bot;
  }

  @Override
  public Integer call() {
    ServeSettings settings = ServeSettings.of(bot.settings());
    SqliteFile file = bot.file();
    Logger log = LoggerFactory.getLogger("botdb");
    migrate(file, bot.backups(), log::info);
    RunningBot running = RunningBot.start(file, settings, log);
    bot.output().notes().println("serving on " + running.url());
    running.untilStopped();
    return ExitStatus.DONE;
  }

  private static void migrate(SqliteFile file, Backups backups, Lines log) {
    try (MigrationWatcher watcher = new MigrationWatcher(log, log)) {
      Migrator migrator =
          Migrator.of(file, BotCatalog.migrations()).withListener(watcher).withBackups(backups);
      if (migrator.migrate().steps().isEmpty()) {
        log.add("nothing to apply");
      }
    }
  }
}
