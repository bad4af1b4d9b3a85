package botdb.bot.command;

import botdb.bot.output.Output;
import botdb.bot.settings.Settings;
import botdb.migrations.Backups;
import botdb.migrations.Database;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The command without a name, which serves, and the options that every command has. */
final class BotCommand implements Callable<Integer> {
  private final Output output;
  private final Settings settings;

  private final Argument<@Nullable String> database =
      Argument.option(
          "--database",
          "PATH|URL",
          String.class,
          "The database; else BOT_DATABASE, else users.db.");

  private final Argument<@Nullable Duration> lockTimeout =
      Argument.option(
          "--lock-timeout",
          "SECONDS",
          new Seconds(),
          "How long to wait for other programs that use the database; else 60.");

  private final Argument<Boolean> debug =
      Argument.flag("--debug", "Show where in the program a failure happened.");

  BotCommand(Output output, Settings settings) {
    this.output = output;
    this.settings = settings;
  }

  CommandSpec spec() {
    CommandSpec spec =
        Description.of("A chat bot on SQLite. Without a command it serves.", this)
            .name("java -jar bot-app.jar");
    return spec.versionProvider(new Version())
        .addOption(everywhere(database.option()))
        .addOption(everywhere(lockTimeout.option()))
        .addOption(everywhere(debug.option()))
        .addOption(
            everywhere(OptionSpec.builder("--help").usageHelp(true).description("Show this help.")))
        .addOption(
            everywhere(
                OptionSpec.builder("--version")
                    .versionHelp(true)
                    .description("Show the version of the program.")));
  }

  /** Every command below this one gets such an option, too; they have one value. */
  private static OptionSpec everywhere(OptionSpec.Builder option) {
    return option.scopeType(ScopeType.INHERIT).build();
  }

  @Override
  public Integer call() {
    return new ServeCommand(this).call();
  }

  Output output() {
    return output;
  }

  Settings settings() {
    return settings;
  }

  boolean isDebug() {
    return debug.value();
  }

  /** The database as it is called; its address may hold a password. */
  String database() {
    return parsed().name();
  }

  /** Whether the command line names a database; settings do not count. */
  boolean namesDatabase() {
    return database.value() != null;
  }

  /** The database, and its driver made ready: whoever asks is about to open it. */
  Database file() {
    return ready(parsed());
  }

  /** The database at another address than the one that all commands have. */
  Database file(String address) {
    return ready(Database.parse(address, settings.server()));
  }

  private Database ready(Database file) {
    // Not before: the driver asks for a logger, and serve has to say first which one.
    file.keepDriverIn(settings.cache());
    Duration patience = lockTimeout.value();
    return patience == null ? file : file.withPatience(patience);
  }

  private Database parsed() {
    String given = database.value();
    return Database.parse(given == null ? settings.database() : given, settings.server());
  }

  Backups backups() {
    Backups backups =
        Backups.of(file())
            .keeping(settings.backupsKept())
            .restoredBy("java -jar bot-app.jar restore");
    String folder = settings.backups();
    return folder.isEmpty() ? backups : backups.in(Path.of(folder));
  }

  /** Whole seconds, up to a day. */
  private static final class Seconds implements ITypeConverter<Duration> {
    private static final int DAY = 86_400;

    @Override
    public Duration convert(String text) {
      try {
        int seconds = Integer.parseInt(text);
        if (seconds >= 0 && seconds <= DAY) {
          return Duration.ofSeconds(seconds);
        }
      } catch (NumberFormatException e) {
        // Said below, as for a number out of range.
      }
      throw new TypeConversionException("not a number of seconds from 0 to " + DAY);
    }
  }
}
