package botdb.bot.command;

import botdb.bot.output.Output;
import botdb.bot.settings.Settings;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/**
 * Parses a command line and does what it says.
 *
 * <p>Reading the annotations of a command takes picocli longer than looking into a database, so
 * only those commands are built whose names occur among the arguments; all of them where help is
 * asked for or needed.
 */
public final class BotCommandLine {
  private static final String[] NAMES = {
    "serve",
    "migrate",
    "status",
    "rehearse",
    "verify",
    "backup",
    "backups",
    "restore",
    "forget",
    "history",
    "set-aside"
  };

  private final Output output;
  private final Settings settings;

  /** Makes a command line that writes to an output. */
  public BotCommandLine(Output output, Settings settings) {
    this.output = output;
    this.settings = settings;
  }

  /** Does what the arguments say, and returns the exit status. */
  public int run(String... args) {
    List<String> wanted = new ArrayList<>();
    boolean help = false;
    for (String arg : args) {
      help |= arg.equals("--help");
      for (String name : NAMES) {
        if (name.equals(arg) && !wanted.contains(name)) {
          wanted.add(name);
        }
      }
    }
    int status = help ? complete().execute(args) : quick(wanted, args);
    output.results().flush();
    return status;
  }

  private int quick(List<String> wanted, String[] args) {
    CommandLine parser = parser(wanted);
    parser.setParameterExceptionHandler(new Complete());
    return parser.execute(args);
  }

  private CommandLine complete() {
    return parser(List.of(NAMES));
  }

  private CommandLine parser(List<String> names) {
    BotCommand bot = new BotCommand(output, settings);
    CommandLine parser = new CommandLine(bot);
    for (String name : names) {
      parser.addSubcommand(name, command(name, bot));
      if (name.equals("history") || name.equals("set-aside")) {
        // A negative id of a user is no option.
        parser.getSubcommands().get(name).setUnmatchedOptionsArePositionalParams(true);
      }
    }
    parser.setOut(writer(output.results()));
    parser.setErr(writer(output.notes()));
    FailureHandler failures = new FailureHandler(bot);
    parser.setExecutionStrategy(failures);
    parser.setExecutionExceptionHandler(failures);
    return parser;
  }

  private static Object command(String name, BotCommand bot) {
    return switch (name) {
      case "serve" -> new ServeCommand(bot);
      case "migrate" -> new MigrateCommand(bot);
      case "status" -> new StatusCommand(bot);
      case "rehearse" -> new RehearseCommand(bot);
      case "verify" -> new VerifyCommand(bot);
      case "backup" -> new BackupCommand(bot);
      case "backups" -> new BackupsCommand(bot);
      case "restore" -> new RestoreCommand(bot);
      case "forget" -> new ForgetCommand(bot);
      case "history" -> new HistoryCommand(bot);
      case "set-aside" -> SetAsideCommand.with(bot);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /** Parses once more, with every command in sight, for a message that can name them. */
  private final class Complete implements CommandLine.IParameterExceptionHandler {
    @Override
    public int handleParseException(CommandLine.ParameterException e, String[] args) {
      return complete().execute(args);
    }
  }
}
