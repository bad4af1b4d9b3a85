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
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** Applies what is pending. */
final class MigrateCommand implements Callable<Integer> {
  private final BotCommand bot;

  private final Argument<@Nullable Integer> to =
      Argument.option(
          "--to",
          "NNN",
          new MigrationNumber(),
          "The last migration to apply; 000 is the baseline alone.");

  private final Argument<Boolean> rehearse =
      Argument.flag("--rehearse", "Apply it to a copy first; go on only if that went through.");

  private final Argument<Boolean> noBackup =
      Argument.flag(
          "--no-backup", "Make no backup before; the database is then checked less closely.");

  private final Argument<Boolean> setAside =
      Argument.flag(
          "--set-aside",
          "Move histories that cannot be read into a table of their own, instead of stopping.");

  MigrateCommand(BotCommand bot) {
    this.bot = bot;
  }

  CommandSpec spec() {
    return Description.of(
        "Apply what is pending; create the database if need be.",
        this,
        to,
        rehearse,
        noBackup,
        setAside);
  }

  @Override
  public Integer call() {
    PrintStream results = bot.output().results();
    MigrationCatalog catalog = BotCatalog.migrations();
    Migrator migrator =
        Migrator.of(bot.file(), catalog)
            .withDirtyData(setAside.value() ? DirtyData.SET_ASIDE : DirtyData.STOP);
    Integer last = to.value();
    if (rehearse.value()) {
      RehearseCommand.rehearseFirst(bot, migrator, last);
    }
    if (!noBackup.value()) {
      migrator = migrator.withBackups(bot.backups());
    }
    try (MigrationWatcher watcher =
        new MigrationWatcher(new Printed(results), new Printed(bot.output().notes()))) {
      Migrator watched = migrator.withListener(watcher);
      MigrationReport report = last == null ? watched.migrate() : watched.migrate(last);
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
