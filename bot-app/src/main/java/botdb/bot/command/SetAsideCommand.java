package botdb.bot.command;

import botdb.bot.output.BotException;
import botdb.catalog.history.SetAsideHistories;
import botdb.catalog.history.SetAsideHistory;
import botdb.migrations.Database;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** The histories that migrations set aside; what to do with them, its own commands say. */
final class SetAsideCommand {
  private final BotCommand bot;

  SetAsideCommand(BotCommand bot) {
    this.bot = bot;
  }

  CommandSpec spec() {
    return Description.of(
            "Show the histories that migrate --set-aside kept, and bring them back.", this)
        .addSubcommand("list", new SetAsideListCommand(this).spec())
        .addSubcommand("export", new SetAsideExportCommand(this).spec())
        .addSubcommand("put-back", new SetAsidePutBackCommand(this).spec());
  }

  BotCommand bot() {
    return bot;
  }

  /** Looks at what is set aside; writes nothing. */
  <T> T read(Function<SetAsideHistories, T> work) {
    return use(bot.file()::openReadOnly, work);
  }

  /** Does something to what is set aside. */
  <T> T write(Function<SetAsideHistories, T> work) {
    return use(bot.file()::open, work);
  }

  private <T> T use(Supplier<Connection> open, Function<SetAsideHistories, T> work) {
    Database file = bot.file();
    try (Connection connection = open.get()) {
      return work.apply(SetAsideHistories.in(file, file.jooq(connection)));
    } catch (SQLException e) {
      throw file.explain(e);
    } catch (DataAccessException e) {
      SQLException cause = e.getCause(SQLException.class);
      throw cause == null ? e : file.explain(cause);
    }
  }

  /** The history of a user with this id, or his newest one. */
  SetAsideHistory find(SetAsideHistories histories, String user, @Nullable Long id) {
    List<SetAsideHistory> found = histories.list(user);
    for (int i = found.size() - 1; i >= 0; i--) {
      if (id == null || found.get(i).id() == id) {
        return found.get(i);
      }
    }
    throw new BotException(
        found.isEmpty()
            ? "no history of user %s is set aside in %s".formatted(user, bot.database())
            : "no history of user %s is set aside in %s under the id %d"
                .formatted(user, bot.database(), id),
        "see what set-aside list shows");
  }

  /**
   * The id of a user, which may begin with a minus. That an option which does not exist is taken
   * for one, too, is found out here.
   */
  static final class User implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (text.startsWith("--")) {
        throw new TypeConversionException("there is no such option");
      }
      return text;
    }
  }

  /** The path of a file; not what looks like an option. */
  static final class FilePath implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      if (text.startsWith("-")) {
        throw new TypeConversionException("there is no such option");
      }
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        throw new TypeConversionException("not the name of a file");
      }
    }
  }
}
