package botdb.bot.command;

import botdb.bot.check.Check;
import botdb.catalog.json.JsonStrings;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The findings of {@code verify} as JSON. */
final class VerifyJson {
  private VerifyJson() {}

  static String of(String database, List<Check> checks) {
    return "{\"database\": %s, \"checks\": [%s]}"
        .formatted(
            JsonStrings.quote(database),
            checks.stream().map(VerifyJson::of).collect(Collectors.joining(", ")));
  }

  private static String of(Check check) {
    return "{\"name\": %s, \"result\": %s, \"details\": [%s]}"
        .formatted(
            JsonStrings.quote(check.name()),
            JsonStrings.quote(check.result().name().toLowerCase(Locale.ROOT)),
            check.details().stream().map(JsonStrings::quote).collect(Collectors.joining(", ")));
  }
}
