package botdb.bot.command;

import botdb.bot.output.Bytes;
import botdb.catalog.json.JsonStrings;
import botdb.migrations.Backups.Backup;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Lists the backups. */
final class BackupsCommand implements Callable<Integer> {
  private final BotCommand bot;

  private final Argument<Boolean> json = Argument.flag("--json", "Print a JSON document.");

  BackupsCommand(BotCommand bot) {
    this.bot = bot;
  }

  CommandSpec spec() {
    return Description.of("List the backups, the newest first. Writes nothing.", this, json);
  }

  @Override
  public Integer call() {
    List<Backup> backups = bot.backups().list();
    PrintStream results = bot.output().results();
    if (json.value()) {
      results.println(
          backups.stream().map(BackupsCommand::json).collect(Collectors.joining(", ", "[", "]")));
    } else if (backups.isEmpty()) {
      results.println("there are no backups of " + bot.database());
    } else {
      backups.forEach(backup -> results.println(line(backup)));
    }
    return ExitStatus.DONE;
  }

  private static String line(Backup backup) {
    return "%s  version %03d  %8s  %s"
        .formatted(
            backup.takenAt().substring(0, "2025-11-05 15:30:45".length()),
            backup.version(),
            Bytes.text(backup.bytes()),
            backup.file());
  }

  private static String json(Backup backup) {
    return "{\"file\": %s, \"taken_at\": %s, \"version\": %d, \"program\": %s, \"bytes\": %d, \"sha256\": %s}"
        .formatted(
            JsonStrings.quote(backup.file().toString()),
            JsonStrings.quote(backup.takenAt()),
            backup.version(),
            JsonStrings.quote(backup.program()),
            backup.bytes(),
            JsonStrings.quote(backup.sha256()));
  }
}
