package botdb.bot.command;

import botdb.bot.output.Columns;
import botdb.bot.output.SetAsideCount;
import botdb.bot.output.VisibleText;
import botdb.catalog.migrations.BotCatalog;
import botdb.catalog.setaside.SetAsideTable;
import botdb.migrations.Database;
import botdb.migrations.MigrationPlan;
import botdb.migrations.Migrator;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What is applied, pending, unknown. */
final class StatusCommand implements Callable<Integer> {
  private final BotCommand bot;

  private final Argument<Boolean> json = Argument.flag("--json", "Print a JSON document.");

  private final Argument<Boolean> exitCode =
      Argument.flag("--exit-code", "End with status 3 if something is pending or unknown.");

  StatusCommand(BotCommand bot) {
    this.bot = bot;
  }

  CommandSpec spec() {
    return Description.of(
        "Show what is applied, pending and unknown. Writes nothing.", this, json, exitCode);
  }

  @Override
  public Integer call() {
    Database file = bot.file();
    MigrationPlan plan = Migrator.of(file, BotCatalog.migrations()).plan();
    long setAside = plan.state() == MigrationPlan.State.ABSENT ? 0 : SetAsideTable.count(file);
    if (json.value()) {
      bot.output().results().println(StatusJson.of(bot.database(), plan, setAside));
    } else {
      print(plan);
      if (setAside > 0) {
        bot.output().results().println(new SetAsideCount(setAside).are());
      }
    }
    boolean upToDate = plan.state() == MigrationPlan.State.UP_TO_DATE;
    return exitCode.value() && !upToDate ? ExitStatus.NOT_AS_IT_SHOULD_BE : ExitStatus.DONE;
  }

  private void print(MigrationPlan plan) {
    PrintStream results = bot.output().results();
    int width = 0;
    for (MigrationPlan.Entry entry : plan.entries()) {
      width = Math.max(width, VisibleText.line(entry.name()).length());
    }
    for (MigrationPlan.Entry entry : plan.entries()) {
      Integer number = entry.number();
      StringBuilder line = new StringBuilder(number == null ? "---" : Columns.number(number));
      line.append("  ").append(Columns.pad(VisibleText.line(entry.name()), width)).append("  ");
      results.println(line.append(state(entry)));
    }
    results.println(new StringBuilder(bot.database()).append(' ').append(words(plan.state())));
  }

  private static CharSequence state(MigrationPlan.Entry entry) {
    String appliedAt = entry.appliedAt() == null ? "time unknown" : entry.appliedAt();
    return switch (entry.state()) {
      case PENDING -> pending(entry.steps());
      case APPLIED -> new StringBuilder("applied ").append(VisibleText.line(appliedAt));
      case UNKNOWN -> new StringBuilder("unknown, applied ").append(VisibleText.line(appliedAt));
    };
  }

  private static String pending(MigrationPlan.@Nullable Steps steps) {
    if (steps == null) {
      return "pending";
    }
    return steps.total() == 0
        ? "pending, in steps"
        : "pending, in steps: %d of %d rows done".formatted(steps.done(), steps.total());
  }

  private static String words(MigrationPlan.State state) {
    return switch (state) {
      case ABSENT -> "does not exist yet; migrate or serve creates it";
      case UP_TO_DATE -> "is up to date";
      case PENDING -> "is behind; migrate or serve applies what is pending";
      case SUPERSEDED -> "was written by a newer program; this one will not touch it";
    };
  }
}
