package botdb.bot.command;

import botdb.bot.output.Bytes;
import botdb.migrations.Backups;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Makes a backup. */
@Command(name = "backup", description = "Make a backup, checked, while the database may be in use.")
final class BackupCommand implements Callable<Integer> {
  private final BotCommand bot;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "A new file for it; else one in BOT_BACKUPS, or beside the database.")
  private @Nullable Path target;

  BackupCommand(BotCommand bot) {
    this.bot = bot;
  }

  @Override
  public Integer call() {
    Backups.Backup backup = target == null ? bot.backups().create() : bot.backups().create(target);
    bot.output()
        .results()
        .println(
            "%s  version %03d  %s"
                .formatted(backup.file(), backup.version(), Bytes.text(backup.bytes())));
    return ExitStatus.DONE;
  }
}
