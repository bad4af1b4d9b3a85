package botdb.bot.command;

import botdb.bot.output.Bytes;
import botdb.migrations.Backups;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Makes a backup. */
final class BackupCommand implements Callable<Integer> {
  private final BotCommand bot;

  private final Argument<@Nullable Path> target =
      Argument.optional(
          "FILE",
          Path.class,
          "A new file for it; else one in BOT_BACKUPS, or beside the database.");

  BackupCommand(BotCommand bot) {
    this.bot = bot;
  }

  CommandSpec spec() {
    return Description.of(
        "Make a backup, checked, while the database may be in use.", this, target);
  }

  @Override
  public Integer call() {
    Path file = target.value();
    Backups.Backup backup = file == null ? bot.backups().create() : bot.backups().create(file);
    bot.output()
        .results()
        .println(
            "%s  version %03d  %s"
                .formatted(backup.file(), backup.version(), Bytes.text(backup.bytes())));
    return ExitStatus.DONE;
  }
}
