package botdb.bot.command;

import botdb.catalog.json.JsonStrings;
import botdb.migrations.MigrationPlan;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A plan as JSON; by hand, since a library for it takes longer to load than the plan to make. */
final class StatusJson {
  private StatusJson() {}

  static String of(String database, MigrationPlan plan, long setAside) {
    StringBuilder json = new StringBuilder("{\"database\": ").append(JsonStrings.quote(database));
    json.append(", \"state\": ").append(name(plan.state())).append(", \"migrations\": [");
    String separator = "";
    for (MigrationPlan.Entry entry : plan.entries()) {
      json.append(separator).append("{\"number\": ").append(entry.number());
      json.append(", \"name\": ").append(JsonStrings.quote(entry.name()));
      json.append(", \"state\": ").append(name(entry.state()));
      json.append(", \"applied_at\": ").append(quoteOrNull(entry.appliedAt()));
      json.append(steps(entry.steps())).append('}');
      separator = ", ";
    }
    return json.append("], \"set_aside\": ").append(setAside).append('}').toString();
  }

  private static String steps(MigrationPlan.@Nullable Steps steps) {
    return steps == null
        ? ""
        : ", \"steps\": {\"done\": %d, \"total\": %d}".formatted(steps.done(), steps.total());
  }

  private static String name(Enum<?> constant) {
    return JsonStrings.quote(constant.name().toLowerCase(Locale.ROOT));
  }

  private static String quoteOrNull(@Nullable String text) {
    return text == null ? "null" : JsonStrings.quote(text);
  }
}
