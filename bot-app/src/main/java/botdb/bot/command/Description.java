package botdb.bot.command;

import picocli.CommandLine.Model.CommandSpec;

/**
 * How a command is described to picocli: in code, since reading annotations takes it longer than
 * looking into a database.
 */
final class Description {
  private Description() {}

  /** Describes a command by what it does and by its arguments, the parameters in their order. */
  static CommandSpec of(String text, Object command, Argument<?>... arguments) {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
    spec.usageMessage().description(text);
    for (Argument<?> argument : arguments) {
      argument.addTo(spec);
    }
    return spec;
  }
}
