package botdb.bot.command;

import botdb.catalog.json.JsonStrings;
import botdb.migrations.MigrationException;
import botdb.migrations.Rehearsal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A rehearsal as JSON. */
final class RehearsalJson {
  private static final double MILLIS = 1000.0;

  private RehearsalJson() {}

  static String of(String database, RehearsalOutcome outcome, Rehearsal rehearsal) {
    return "{\"database\": %s, \"outcome\": %s, \"migrations\": %s, \"failure\": %s}"
        .formatted(
            JsonStrings.quote(database),
            JsonStrings.quote(outcome.name().toLowerCase(Locale.ROOT)),
            array(rehearsal.steps(), RehearsalJson::step),
            failure(rehearsal.failure()));
  }

  private static String step(Rehearsal.Step step) {
    return """
        {"number": %d, "name": %s, "seconds": %s, "rows": %d, "transactions": %d, "tables": %s, "elsewhere": %d, \
        "growth": %d, "log": %d, "disk": %d, "schema": %s, \
        "violations": {"before": %s, "after": %s}, "samples": %s}"""
        .formatted(
            step.step().number(),
            JsonStrings.quote(step.step().name()),
            step.step().took().toMillis() / MILLIS,
            step.step().rows(),
            step.step().transactions(),
            tables(step.rows()),
            step.elsewhere(),
            step.growth(),
            step.log(),
            step.disk(),
            array(step.schema(), JsonStrings::quote),
            array(step.violationsBefore(), JsonStrings::quote),
            array(step.violationsAfter(), JsonStrings::quote),
            array(step.samples(), RehearsalJson::sample));
  }

  private static String tables(Map<String, Long> rows) {
    return rows.entrySet().stream()
        .map(entry -> JsonStrings.quote(entry.getKey()) + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String sample(Rehearsal.Sample sample) {
    return "{\"table\": %s, \"row\": %s, \"cells\": %s}"
        .formatted(
            JsonStrings.quote(sample.table()),
            JsonStrings.quote(sample.row()),
            array(sample.cells(), RehearsalJson::cell));
  }

  private static String cell(Rehearsal.Cell cell) {
    return "{\"column\": %s, \"before\": %s, \"after\": %s}"
        .formatted(
            JsonStrings.quote(cell.column()),
            quoteOrNull(cell.before()),
            quoteOrNull(cell.after()));
  }

  private static String failure(@Nullable MigrationException failure) {
    return failure == null
        ? "null"
        : "{\"code\": %s, \"message\": %s}"
            .formatted(
                JsonStrings.quote(failure.code()),
                JsonStrings.quote(String.valueOf(failure.getMessage())));
  }

  private static String quoteOrNull(@Nullable String text) {
    return text == null ? "null" : JsonStrings.quote(text);
  }

  private static <T> String array(List<T> values, Function<T, String> json) {
    return values.stream().map(json).collect(Collectors.joining(", ", "[", "]"));
  }
}
