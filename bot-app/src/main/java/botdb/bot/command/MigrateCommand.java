package botdb.bot.command;

import botdb.bot.output.Lines;
import botdb.bot.progress.MigrationWatcher;
import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.Migration.DirtyData;
import botdb.migrations.MigrationCatalog;
import botdb.migrations.MigrationReport;
import botdb.migrations.Migrator;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Applies what is pending. */
@Command(name = "migrate", description = "Apply what is pending; create the database if need be.")
final class MigrateCommand implements Callable<Integer> {
  private final BotCommand bot;

  @Option(
      names = "--to",
      paramLabel = "NNN",
      converter = MigrationNumber.class,
      description = "The last migration to apply; 000 is the baseline alone.")
  private @Nullable Integer to;

  @Option(
      names = "--rehearse",
      description = "Apply it to a copy first; go on only if that went through.")
  private boolean rehearse;

  @Option(
      names = "--no-backup",
      description = "Make no backup before; the database is then checked less closely.")
  private boolean noBackup;

  @Option(
      names = "--set-aside",
      description =
          "Move histories that cannot be read into a table of their own, instead of stopping.")
  private boolean setAside;

  MigrateCommand(BotCommand bot) {
    this.bot = bot;
  }

  @Override
  public Integer call() {
    PrintStream results = bot.output().results();
    MigrationCatalog catalog = BotCatalog.migrations();
    Migrator migrator =
        Migrator.of(bot.file(), catalog)
            .withDirtyData(setAside ? DirtyData.SET_ASIDE : DirtyData.STOP);
    if (rehearse) {
      RehearseCommand.rehearseFirst(bot, migrator, to);
    }
    if (!noBackup) {
      migrator = migrator.withBackups(bot.backups());
    }
    try (MigrationWatcher watcher =
        new MigrationWatcher(new Printed(results), new Printed(bot.output().notes()))) {
      Migrator watched = migrator.withListener(watcher);
      MigrationReport report = to == null ? watched.migrate() : watched.migrate(to);
      if (report.steps().isEmpty()) {
        results.println("nothing to apply");
      }
    }
    return ExitStatus.DONE;
  }

  /** A class and not a method reference: those take a while when the first of them is met. */
  record Printed(PrintStream stream) implements Lines {
    @Override
    public void add(String line) {
      stream.println(line);
    }
  }

  /** Three digits, as they stand in the names; picocli would read 010 as eight. */
  private static final class MigrationNumber implements ITypeConverter<Integer> {
    private static final int DIGITS = 3;

    @Override
    public Integer convert(String text) {
      int number = 0;
      for (int i = 0; i < text.length() && number >= 0; i++) {
        int digit = text.charAt(i) - '0';
        number = digit >= 0 && digit <= 9 ? number * 10 + digit : -1;
      }
      if (number < 0 || text.isEmpty() || text.length() > DIGITS) {
        throw new TypeConversionException("not the number of a migration, such as 001");
      }
      return number;
    }
  }
}
