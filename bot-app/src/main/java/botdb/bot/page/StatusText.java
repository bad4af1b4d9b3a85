package botdb.bot.page;

import botdb.bot.check.Check;
import botdb.bot.output.Columns;
import botdb.bot.output.Phrases;
import botdb.bot.output.Sizes;
import botdb.catalog.migrations.BotCatalog;
import botdb.catalog.setaside.SetAsideTable;
import botdb.migrations.Backups;
import botdb.migrations.Database;
import botdb.migrations.MigrationException;
import botdb.migrations.MigrationPlan;
import botdb.migrations.MigrationPlan.EntryState;
import botdb.migrations.Migrator;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code status}, {@code backups} and {@code verify} say, as markup. */
final class StatusText {
  private final Database file;
  private final Backups backups;

  StatusText(Database file, Backups backups) {
    this.file = file;
    this.backups = backups;
  }

  Html summary(Phrases phrases) {
    MigrationPlan plan = plan();
    String state = "state-" + plan.state().name().toLowerCase(java.util.Locale.ROOT);
    Html rows =
        row(phrases.get("state"), phrases.get(state.replace('_', '-')))
            .plus(row(phrases.get("schema-version"), Columns.number(version(plan))))
            .plus(row(phrases.get("size"), size()));
    long setAside = SetAsideTable.count(file);
    if (setAside > 0) {
      rows = rows.plus(row(phrases.get("set-aside"), String.valueOf(setAside)));
    }
    return rows;
  }

  private static Html row(String name, String value) {
    return Html.of("<div><dt>%s</dt><dd>%s</dd></div>\n", name, value);
  }

  private MigrationPlan plan() {
    return Migrator.of(file, BotCatalog.migrations()).plan();
  }

  private static int version(MigrationPlan plan) {
    return plan.entries().stream()
        .filter(entry -> entry.state() == EntryState.APPLIED)
        .mapToInt(entry -> entry.number() == null ? 0 : entry.number())
        .max()
        .orElse(0);
  }

  /** With its log, which holds the newest changes. */
  private String size() {
    return Sizes.of(file.bytes());
  }

  Html migrations(Phrases phrases) {
    Html rows = Html.NOTHING;
    for (MigrationPlan.Entry entry : plan().entries()) {
      Integer number = entry.number();
      rows =
          rows.plus(
              Html.of(
                  "<tr><td>%s</td><td class=\"name\">%s</td><td>%s</td><td>%s</td></tr>\n",
                  number == null ? "---" : Columns.number(number),
                  entry.name(),
                  phrases.get(
                      switch (entry.state()) {
                        case APPLIED -> "applied";
                        case PENDING -> "pending";
                        case UNKNOWN -> "unknown";
                      }),
                  entry.state() == EntryState.PENDING ? "" : utc(entry.appliedAt(), phrases)));
    }
    return rows;
  }

  /** A time of the database, which is in UTC; the browser puts it into the reader's zone. */
  private static Html utc(@Nullable String time, Phrases phrases) {
    if (time == null) {
      return Html.text(phrases.get("time-unknown"));
    }
    String iso = time.replace(' ', 'T') + "Z";
    return Html.of("<time datetime=\"%s\">%s UTC</time>", iso, time);
  }

  Html backups(Phrases phrases) {
    try {
      List<Backups.Backup> all = backups.list();
      if (all.isEmpty()) {
        return Html.of("<tr><td colspan=\"4\">%s</td></tr>", phrases.get("no-backups"));
      }
      Html rows = Html.NOTHING;
      for (Backups.Backup backup : all) {
        rows =
            rows.plus(
                Html.of(
                    "<tr><td>%s</td><td class=\"name\">%s</td><td>%s</td><td>%s</td></tr>\n",
                    Columns.number(backup.version()),
                    backup.file().getFileName(),
                    Sizes.of(backup.bytes()),
                    utc(backup.takenAt(), phrases)));
      }
      return rows;
    } catch (MigrationException e) {
      return Html.of("<tr><td colspan=\"4\">%s</td></tr>", phrases.get("backups-unreadable"));
    }
  }

  static Html checks(List<Check> checks, Instant at, Phrases phrases) {
    Html items = Html.NOTHING;
    for (Check check : checks) {
      Html details = Html.NOTHING;
      for (String detail : check.details()) {
        details = details.plus(Html.of("<li>%s</li>", detail));
      }
      items =
          items.plus(
              Html.of(
                  "<div class=\"%s\"><dt>%s</dt><dd>%s%s</dd></div>\n",
                  check.result().name().toLowerCase(java.util.Locale.ROOT),
                  phrases.get("check-" + check.name().replace(' ', '-')),
                  phrases.get(
                      switch (check.result()) {
                        case OK -> "ok";
                        case NOTE -> "noted";
                        case FAILED -> "failed";
                      }),
                  details.markup().isEmpty() ? details : Html.of("<ul>%s</ul>", details)));
    }
    return Html.of(
        "<dl class=\"facts\">%s</dl><p class=\"quiet\">%s <time datetime=\"%s\">%s</time></p>",
        items, phrases.get("verified-at"), at, at);
  }
}
