package botdb.bot.command;

import botdb.catalog.history.SetAsideHistory;
import botdb.catalog.json.JsonStrings;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is set aside as JSON. */
final class SetAsideJson {
  private static final Pattern NUMBER = Pattern.compile("0|-?[1-9]\\d*");

  private SetAsideJson() {}

  static String of(String database, List<SetAsideHistory> histories) {
    return "{\"database\": %s, \"set_aside\": [%s]}"
        .formatted(
            JsonStrings.quote(database),
            histories.stream().map(SetAsideJson::of).collect(Collectors.joining(", ")));
  }

  private static String of(SetAsideHistory history) {
    String user = history.user();
    return "{\"id\": %d, \"user_id\": %s, \"set_aside_at\": %s, \"migration\": %s, \"reason\": %s, \"size\": %d}"
        .formatted(
            history.id(),
            NUMBER.matcher(user).matches() ? user : JsonStrings.quote(user),
            JsonStrings.quote(history.setAsideAt()),
            JsonStrings.quote(history.migration()),
            JsonStrings.quote(history.reason()),
            history.size());
  }
}
