package botdb.bot.command;

import botdb.bot.output.BotException;
import botdb.migrations.MigrationException;
import java.io.PrintStream;
import picocli.CommandLine;

/** Says why a command failed; where in the program only with {@code --debug}. */
final class FailureHandler
    implements CommandLine.IExecutionStrategy, CommandLine.IExecutionExceptionHandler {
  private final BotCommand bot;

  FailureHandler(BotCommand bot) {
    this.bot = bot;
  }

  /** Runs the command; what picocli does not catch, such as a lack of memory, is caught here. */
  @Override
  public int execute(CommandLine.ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (Error e) {
      return handle(e);
    }
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    return handle(failure);
  }

  int handle(Throwable failure) {
    PrintStream notes = bot.output().notes();
    if (failure instanceof MigrationException || failure instanceof BotException) {
      notes.println(failure.getMessage());
    } else {
      // Its message may hold anything, also what people wrote.
      notes.println(
          BotException.text(
              "stopped by an unexpected " + failure.getClass().getName(),
              "report this as a bug; --debug shows where it happened"));
    }
    if (bot.isDebug()) {
      failure.printStackTrace(notes);
    }
    return ExitStatus.FAILED;
  }
}
