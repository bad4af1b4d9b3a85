package botdb.bot.command;

import botdb.bot.database.ServingLock;
import botdb.bot.log.Logging;
import botdb.bot.output.BotException;
import botdb.bot.output.Lines;
import botdb.bot.progress.MigrationWatcher;
import botdb.bot.settings.LogFormat;
import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.Backups;
import botdb.migrations.Database;
import botdb.migrations.MigrationException;
import botdb.migrations.Migrator;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;

/** Migrates, then serves. */
final class ServeCommand implements Callable<Integer> {
  private final BotCommand bot;

  private final Argument<Boolean> noBackup =
      Argument.flag(
          "--no-backup", "Make no backup before migrating; the owner of a server makes his own.");

  ServeCommand(BotCommand bot) {
    this.bot = bot;
  }

  CommandSpec spec() {
    return Description.of(
        "Apply what is pending, then serve; also without a command.", this, noBackup);
  }

  @Override
  public Integer call() {
    LogFormat format = bot.settings().logFormat();
    Logging.start(format);
    Logger log = LoggerFactory.getLogger("botdb");
    try {
      return serve(format, log);
    } catch (MigrationException | BotException e) {
      if (format == LogFormat.TEXT) {
        throw e;
      }
      log.error(e.getMessage());
      return ExitStatus.FAILED;
    }
  }

  private int serve(LogFormat format, Logger log) {
    // A wrong setting is found before the database is touched.
    ServeSettings settings = ServeSettings.of(bot.settings());
    Database file = bot.file();
    Backups backups = bot.backups();
    Path alone = file.servedAlone();
    try (ServingLock lock = alone == null ? null : ServingLock.take(alone)) {
      migrate(file, noBackup.value() ? null : backups, log::info);
      if (alone != null && lock == null) {
        log.warn("nothing can be locked beside {}; another bot would not be noticed", file.name());
      }
      RunningBot running = RunningBot.start(file, backups, settings, log);
      String serving = "serving on " + running.url();
      if (format == LogFormat.TEXT) {
        bot.output().notes().println(serving);
      } else {
        log.info(serving);
      }
      running.untilStopped(lock);
    }
    return ExitStatus.DONE;
  }

  private static void migrate(Database file, @Nullable Backups backups, Lines log) {
    try (MigrationWatcher watcher = new MigrationWatcher(log, log)) {
      Migrator migrator = Migrator.of(file, BotCatalog.migrations()).withListener(watcher);
      if (backups != null) {
        migrator = migrator.withBackups(backups);
      }
      if (migrator.migrate().steps().isEmpty()) {
        log.add("nothing to apply");
      }
    }
  }
}
