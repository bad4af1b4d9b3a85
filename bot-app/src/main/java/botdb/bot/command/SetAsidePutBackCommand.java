package botdb.bot.command;

import botdb.bot.output.BotException;
import botdb.catalog.history.NotPutBackException;
import botdb.catalog.history.SetAsideHistories;
import botdb.catalog.history.SetAsideHistories.PutBack;
import botdb.catalog.history.SetAsideHistory;
import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.MigrationPlan;
import botdb.migrations.Migrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** A repaired history goes back to its user, before what he has written since. */
final class SetAsidePutBackCommand implements Callable<Integer> {
  private final SetAsideCommand aside;

  private final Argument<String> user =
      Argument.required("USER_ID", new SetAsideCommand.User(), "As set-aside list shows it.");

  private final Argument<@Nullable Path> source =
      Argument.optional(
          "FILE",
          new SetAsideCommand.FilePath(),
          "The repaired history: a JSON array of objects, in UTF-8.");

  private final Argument<@Nullable Long> id =
      Argument.option("--id", "ID", Long.class, "Which of the user's; else the newest.");

  SetAsidePutBackCommand(SetAsideCommand aside) {
    this.aside = aside;
  }

  CommandSpec spec() {
    return Description.of(
        "Give a user his history back, before what was written since: the repaired text of FILE, or"
            + " what is set aside if that can be read by now.",
        this,
        user,
        source,
        id);
  }

  @Override
  public Integer call() {
    refuseUnlessUpToDate();
    Path file = source.value();
    byte[] repaired = file == null ? null : read(file);
    PutBack done = aside.write(histories -> putBack(histories, repaired));
    aside
        .bot()
        .output()
        .results()
        .println(
            "user %s has his history back; messages put back: %d, written since: %d"
                .formatted(user.value(), done.messages(), done.since()));
    return ExitStatus.DONE;
  }

  private PutBack putBack(SetAsideHistories histories, byte @Nullable [] repaired) {
    SetAsideHistory history = aside.find(histories, user.value(), id.value());
    try {
      return histories.putBack(history, repaired == null ? histories.content(history) : repaired);
    } catch (NotPutBackException e) {
      throw new BotException(
          "the history of user %s is not put back, and nothing was changed: %s"
              .formatted(user.value(), e.getMessage()),
          e.remedy(),
          e);
    }
  }

  /** What comes back gets the form of the newest version: the others must have it, too. */
  private void refuseUnlessUpToDate() {
    MigrationPlan plan = Migrator.of(aside.bot().file(), BotCatalog.migrations()).plan();
    switch (plan.state()) {
      case UP_TO_DATE -> {}
      case ABSENT ->
          throw new BotException(
              "there is no database " + aside.bot().database(), "check the path");
      case PENDING ->
          throw new BotException(
              aside.bot().database() + " is behind; nothing was changed",
              "apply what is pending with migrate first");
      case SUPERSEDED ->
          throw new BotException(
              aside.bot().database() + " was written by a newer program; nothing was changed",
              "start the newer program");
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new BotException(
          file + " cannot be read", "check the name and the permissions of the file", e);
    }
  }
}
