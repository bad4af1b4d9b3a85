package botdb.bot.command;

import botdb.bot.output.Columns;
import botdb.bot.output.VisibleText;
import botdb.catalog.history.SetAsideHistories;
import botdb.catalog.history.SetAsideHistory;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;

/** Who, when, why and how much; never the content. */
final class SetAsideListCommand implements Callable<Integer> {
  private final SetAsideCommand aside;

  private final Argument<Boolean> json = Argument.flag("--json", "Print a JSON document.");

  SetAsideListCommand(SetAsideCommand aside) {
    this.aside = aside;
  }

  CommandSpec spec() {
    return Description.of(
        "Print a line for each history that is set aside: its id, user, time, size, and what is"
            + " wrong with it. Writes nothing.",
        this,
        json);
  }

  @Override
  public Integer call() {
    List<SetAsideHistory> histories = aside.read(SetAsideHistories::list);
    PrintStream results = aside.bot().output().results();
    if (json.value()) {
      results.println(SetAsideJson.of(aside.bot().database(), histories));
    } else if (histories.isEmpty()) {
      results.println("nothing is set aside");
    } else {
      print(histories, results);
    }
    return ExitStatus.DONE;
  }

  private static void print(List<SetAsideHistory> histories, PrintStream results) {
    int id = width(histories.stream().map(history -> String.valueOf(history.id())).toList());
    int user = width(histories.stream().map(SetAsideListCommand::user).toList());
    int size = width(histories.stream().map(SetAsideListCommand::size).toList());
    for (SetAsideHistory history : histories) {
      results.println(
          String.join(
              "  ",
              Columns.pad(String.valueOf(history.id()), id),
              Columns.pad(user(history), user),
              VisibleText.line(history.setAsideAt()),
              Columns.pad(size(history), size),
              VisibleText.line(history.reason())));
    }
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String user(SetAsideHistory history) {
    return "user " + VisibleText.line(history.user());
  }

  private static String size(SetAsideHistory history) {
    return history.size() == 1 ? "1 byte" : history.size() + " bytes";
  }
}
