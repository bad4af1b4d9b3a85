package botdb.bot.command;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * An option or a parameter of a command, and what was given for it.
 *
 * @param <T> what it is read as; nullable where it may be left out
 */
final class Argument<T extends @Nullable Object> {
  private final ArgSpec spec;

  private Argument(ArgSpec spec) {
    this.spec = spec;
  }

  /** An option that is given or not. */
  static Argument<Boolean> flag(String name, String description) {
    OptionSpec flag =
        OptionSpec.builder(name)
            .type(boolean.class)
            .initialValue(false)
            .description(description)
            .build();
    // Of a command that is run without being named, nobody reads the arguments.
    flag.setValue(false);
    return new Argument<>(flag);
  }

  /** An option with a value of a type that picocli knows. */
  static <T> Argument<@Nullable T> option(
      String name, String label, Class<T> type, String description) {
    return new Argument<>(option(name, label, description).type(type).build());
  }

  /** An option with a value. */
  static <T> Argument<@Nullable T> option(
      String name, String label, ITypeConverter<T> converter, String description) {
    return new Argument<>(
        option(name, label, description).type(Object.class).converters(converter).build());
  }

  /** An option that must be given, of a type that picocli knows. */
  static <T> Argument<T> requiredOption(
      String name, String label, Class<T> type, String description) {
    return new Argument<>(option(name, label, description).required(true).type(type).build());
  }

  /** A parameter that must be given, of a type that picocli knows. */
  static <T> Argument<T> required(String label, Class<T> type, String description) {
    return new Argument<>(parameter(label, description).required(true).type(type).build());
  }

  /** A parameter that must be given. */
  static <T> Argument<T> required(String label, ITypeConverter<T> converter, String description) {
    return new Argument<>(
        parameter(label, description).required(true).converters(converter).build());
  }

  /** A parameter that may be left out, of a type that picocli knows. */
  static <T> Argument<@Nullable T> optional(String label, Class<T> type, String description) {
    return new Argument<>(parameter(label, description).arity("0..1").type(type).build());
  }

  /** A parameter that may be left out. */
  static <T> Argument<@Nullable T> optional(
      String label, ITypeConverter<T> converter, String description) {
    return new Argument<>(
        parameter(label, description).arity("0..1").converters(converter).build());
  }

  private static OptionSpec.Builder option(String name, String label, String description) {
    return OptionSpec.builder(name).paramLabel(label).description(description);
  }

  private static PositionalParamSpec.Builder parameter(String label, String description) {
    return PositionalParamSpec.builder().paramLabel(label).description(description);
  }

  /** Makes it one of a command's: a parameter after those that are there already. */
  void addTo(CommandSpec command) {
    if (spec instanceof PositionalParamSpec parameter) {
      // Without it picocli puts those that may be left out first.
      String index = String.valueOf(command.positionalParameters().size());
      command.add(parameter.toBuilder().index(index).build());
    } else {
      command.add(spec);
    }
  }

  /** An option like this one, with the same value. */
  OptionSpec.Builder option() {
    return OptionSpec.builder((OptionSpec) spec);
  }

  /** What was given; without that, false for a flag and null for all others. */
  T value() {
    return spec.getValue();
  }
}
