package botdb.bot.command;

import botdb.bot.output.BotException;
import botdb.migrations.MigrationException;
import java.io.PrintStream;
import picocli.CommandLine;

/** Says why a command failed; where in the program only with {@code --debug}. */
final class FailureHandler
    implements CommandLine.IExecutionStrategy,
        CommandLine.IExecutionExceptionHandler,
        CommandLine.IParameterExceptionHandler {
  private final BotCommand bot;
  private final CommandLine.IParameterExceptionHandler usual;

  FailureHandler(BotCommand bot, CommandLine.IParameterExceptionHandler usual) {
    this.bot = bot;
    this.usual = usual;
  }

  /** The arguments that were not understood are shown; an address among them has a password. */
  @Override
  public int handleParseException(CommandLine.ParameterException failure, String[] arguments)
      throws Exception {
    String message = String.valueOf(failure.getMessage());
    String shown = message;
    for (String argument : arguments) {
      if (argument.contains(":") && (argument.contains("@") || argument.contains("="))) {
        shown = shown.replace(argument, "…");
      }
    }
    return usual.handleParseException(
        shown.equals(message)
            ? failure
            : new CommandLine.ParameterException(failure.getCommandLine(), shown),
        arguments);
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
