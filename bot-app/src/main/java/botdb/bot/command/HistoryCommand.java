package botdb.bot.command;

import botdb.bot.output.BotException;
import botdb.catalog.Message;
import botdb.catalog.history.Histories;
import botdb.catalog.json.JsonFault;
import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.Database;
import botdb.migrations.MigrationPlan;
import botdb.migrations.Migrator;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jooq.exception.DataAccessException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** The messages of one user. */
final class HistoryCommand implements Callable<Integer> {
  private final BotCommand bot;

  private final Argument<Long> userId =
      Argument.required("USER_ID", new UserId(), "A whole number; it may be negative.");

  private final Argument<Boolean> json =
      Argument.flag("--json", "Print them as a JSON array, as they are stored.");

  HistoryCommand(BotCommand bot) {
    this.bot = bot;
  }

  CommandSpec spec() {
    return Description.of(
        "Print the messages of one user, oldest first. Writes nothing.", this, userId, json);
  }

  @Override
  public Integer call() {
    List<Message> messages = read(bot.file(), userId.value());
    if (json.value()) {
      String array = messages.stream().map(Message::strictJson).collect(Collectors.joining(", "));
      bot.output().results().println("[" + array + "]");
    } else {
      for (Message message : messages) {
        bot.output().results().println(HistoryText.of(message));
      }
    }
    return ExitStatus.DONE;
  }

  private static final class UserId implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      try {
        return Long.valueOf(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is not a whole number of 64 bits");
      }
    }
  }

  private List<Message> read(Database file, long user) {
    try (Connection connection = file.openReadOnly()) {
      refuseSuperseded(file);
      Histories histories = Histories.in(file.cells(file.jooq(connection)));
      if (!histories.has(user)) {
        throw new BotException(
            "there is no user " + user + " in " + bot.database(),
            "check the id; a user is there from his first message on");
      }
      return histories.list(user);
    } catch (JsonFault e) {
      throw new BotException(
          "the history of user " + user + " cannot be read: " + e.getMessage(),
          "verify says where; repair or empty this history",
          e);
    } catch (SQLException e) {
      throw file.explain(e);
    } catch (DataAccessException e) {
      SQLException cause = e.getCause(SQLException.class);
      throw cause == null ? e : file.explain(cause);
    }
  }

  /** What a newer program wrote may mean something else by now. */
  private void refuseSuperseded(Database file) {
    MigrationPlan plan = Migrator.of(file, BotCatalog.migrations()).plan();
    if (plan.state() == MigrationPlan.State.SUPERSEDED) {
      throw new BotException(
          "%s was written by a newer program: %s is unknown to this one"
              .formatted(bot.database(), plan.unknown().get(0).name()),
          "start the newer program");
    }
  }
}
