package botdb.bot.command;

import botdb.bot.check.Check;
import botdb.bot.check.Verification;
import botdb.bot.output.Columns;
import botdb.bot.output.VisibleText;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** Looks the database over. */
final class VerifyCommand implements Callable<Integer> {
  private static final int WIDTH = 14;

  private final BotCommand bot;

  private final Argument<Boolean> json = Argument.flag("--json", "Print a JSON document.");

  VerifyCommand(BotCommand bot) {
    this.bot = bot;
  }

  CommandSpec spec() {
    return Description.of(
        "Look the database over: integrity, foreign keys, migrations, schema, histories. Ends with"
            + " status 3 if something is not as it should be. Writes nothing.",
        this,
        json);
  }

  @Override
  public Integer call() {
    List<Check> checks = Verification.of(bot.file());
    if (json.value()) {
      bot.output().results().println(VerifyJson.of(bot.database(), checks));
    } else {
      print(checks);
    }
    boolean failed = checks.stream().anyMatch(check -> check.result() == Check.Result.FAILED);
    return failed ? ExitStatus.NOT_AS_IT_SHOULD_BE : ExitStatus.DONE;
  }

  private void print(List<Check> checks) {
    PrintStream results = bot.output().results();
    for (Check check : checks) {
      results.println(Columns.pad(check.name(), WIDTH) + word(check.result()));
      for (String detail : check.details()) {
        results.println("  " + VisibleText.line(detail));
      }
    }
  }

  private static String word(Check.Result result) {
    return switch (result) {
      case OK -> "ok";
      case NOTE -> "ok, to be noted:";
      case FAILED -> "not as it should be:";
    };
  }
}
