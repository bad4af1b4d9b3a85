package botdb.bot.command;

import botdb.bot.database.NativeLibrary;
import botdb.bot.output.Output;
import botdb.bot.settings.Settings;
import botdb.migrations.Backups;
import botdb.migrations.SqliteFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The command without a name, which serves, and the options that every command has. */
@Command(
    name = "java -jar bot-app.jar",
    description = "A chat bot on SQLite. Without a command it serves.",
    versionProvider = Version.class)
final class BotCommand implements Callable<Integer> {
  private final Output output;
  private final Settings settings;

  @Option(
      names = "--database",
      paramLabel = "PATH|URL",
      scope = ScopeType.INHERIT,
      description = "The database; else BOT_DATABASE, else users.db.")
  private @Nullable String database;

  @Option(
      names = "--lock-timeout",
      paramLabel = "SECONDS",
      scope = ScopeType.INHERIT,
      converter = Seconds.class,
      description = "How long to wait for other programs that use the database; else 60.")
  private @Nullable Duration lockTimeout;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show where in the program a failure happened.")
  private boolean debug;

  @Option(
      names = "--help",
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = "--version",
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show the version of the program.")
  private boolean version;

  BotCommand(Output output, Settings settings) {
    this.output = output;
    this.settings = settings;
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
    return debug;
  }

  /** The database as it was given. */
  String database() {
    return database == null ? settings.database() : database;
  }

  /** The database, and SQLite made ready for it: whoever asks is about to open it. */
  SqliteFile file() {
    // Not before: the driver asks for a logger, and serve has to say first which one.
    NativeLibrary.keepIn(settings.cache());
    SqliteFile file = SqliteFile.parse(database());
    return lockTimeout == null ? file : file.withPatience(lockTimeout);
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
