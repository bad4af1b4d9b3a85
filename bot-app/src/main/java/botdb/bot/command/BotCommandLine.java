package botdb.bot.command;

import botdb.bot.output.Output;
import botdb.bot.settings.Settings;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Parses a command line and does what it says.
 *
 * <p>Where it begins with the name of a command, as nearly all do, the others are not described:
 * picocli needs a while for each of them, and their classes load those of libraries.
 */
public final class BotCommandLine {
  private static final List<String> NAMES =
      List.of(
          "serve",
          "migrate",
          "status",
          "rehearse",
          "verify",
          "backup",
          "backups",
          "restore",
          "copy",
          "forget",
          "history",
          "set-aside");

  /** Of types that no argument has; asking whether there are any initializes half of java.time. */
  private static final String NEEDLESS = "java[.](sql|time)[.].*";

  private final Output output;
  private final Settings settings;

  /** Makes a command line that writes to an output. */
  public BotCommandLine(Output output, Settings settings) {
    this.output = output;
    this.settings = settings;
  }

  /** Does what the arguments say, and returns the exit status. */
  public int run(String... args) {
    int status = parser(args).execute(args);
    output.results().flush();
    return status;
  }

  private CommandLine parser(String[] args) {
    System.setProperty("picocli.converters.excludes", NEEDLESS);
    // There is no Groovy here; looking for it means opening a jar of twelve thousand files.
    System.setProperty("picocli.disable.closures", "true");
    BotCommand bot = new BotCommand(output, settings);
    CommandLine parser = new CommandLine(bot.spec());
    boolean isNamed = args.length > 0 && NAMES.contains(args[0]);
    for (String name : isNamed ? List.of(args[0]) : NAMES) {
      parser.addSubcommand(name, spec(name, bot));
      if (name.equals("history") || name.equals("set-aside")) {
        // A negative id of a user is no option.
        parser.getSubcommands().get(name).setUnmatchedOptionsArePositionalParams(true);
      }
    }
    parser.setOut(writer(output.results()));
    parser.setErr(writer(output.notes()));
    FailureHandler failures = new FailureHandler(bot, parser.getParameterExceptionHandler());
    parser.setParameterExceptionHandler(failures);
    parser.setExecutionStrategy(failures);
    parser.setExecutionExceptionHandler(failures);
    return parser;
  }

  private static CommandSpec spec(String name, BotCommand bot) {
    return switch (name) {
      case "serve" -> new ServeCommand(bot).spec();
      case "migrate" -> new MigrateCommand(bot).spec();
      case "status" -> new StatusCommand(bot).spec();
      case "rehearse" -> new RehearseCommand(bot).spec();
      case "verify" -> new VerifyCommand(bot).spec();
      case "backup" -> new BackupCommand(bot).spec();
      case "backups" -> new BackupsCommand(bot).spec();
      case "restore" -> new RestoreCommand(bot).spec();
      case "copy" -> new CopyCommand(bot).spec();
      case "forget" -> new ForgetCommand(bot).spec();
      case "history" -> new HistoryCommand(bot).spec();
      case "set-aside" -> new SetAsideCommand(bot).spec();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }
}
