package botdb.bot.page;

import botdb.bot.access.Gate;
import botdb.bot.check.Check;
import botdb.bot.check.Verification;
import botdb.bot.http.Door;
import botdb.bot.http.Routes;
import botdb.bot.output.Phrases;
import botdb.migrations.Database;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The state of the bot for its owner.
 *
 * <p>What {@code verify} finds and how many messages there are a day means reading the whole
 * database: it is found out beside the requests, the first where somebody asks for it, the second
 * again after a while.
 */
final class StatusPage implements Routes, AutoCloseable {
  private static final Duration FRESH = Duration.ofMinutes(10);
  private static final int DAYS = 90;

  private final Gate gate;
  private final StatusText status;
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "status");
            thread.setDaemon(true);
            return thread;
          });
  private final Background<List<Check>> verification;
  private final Background<MessagesPerDay> days;
  private final Template template = Template.named("status.html");

  StatusPage(Gate gate, StatusText status, Database file, ZoneId zone) {
    this.gate = gate;
    this.status = status;
    verification = new Background<>("verify", () -> Verification.of(file), executor);
    days =
        new Background<>(
            "counting the messages",
            () -> MessagesPerDay.count(file, LocalDate.now(zone), DAYS),
            executor);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/status", this::show, Door.VISITOR);
    routes.post("/status/verify", this::verify, Door.VISITOR);
  }

  private void verify(Context context) {
    verification.start();
    context.redirect("/status", HttpStatus.SEE_OTHER);
  }

  private void show(Context context) {
    Background.Result<MessagesPerDay> counted = days.latest();
    if (counted == null || counted.at().isBefore(Instant.now().minus(FRESH))) {
      days.start();
    }
    if (verification.isRunning() || days.latest() == null) {
      context.header("Refresh", "2");
    }
    String language = Reader.language(context);
    Phrases phrases = Reader.phrases(language);
    Html page =
        template.fill(
            phrases,
            Map.of(
                "language", Html.text(language),
                "log-out", LoginPage.logOut(gate, phrases),
                "summary", status.summary(phrases),
                "migrations", status.migrations(phrases),
                "backups", status.backups(phrases),
                "checks", checks(phrases),
                "days", plot(phrases)));
    context.html(page.markup());
  }

  private Html plot(Phrases phrases) {
    Background.Result<MessagesPerDay> counted = days.latest();
    if (counted == null) {
      return Html.of("<p>%s</p>", phrases.get("counting"));
    }
    MessagesPerDay found = counted.value();
    return found == null
        ? Html.of("<p class=\"fault\">%s</p>", phrases.get("not-counted"))
        : DaysPlot.svg(
            found, phrases.get("plot-label", String.valueOf(DAYS), String.valueOf(found.sum())));
  }

  private Html checks(Phrases phrases) {
    if (verification.isRunning()) {
      return Html.of("<p role=\"status\">%s</p>", phrases.get("verifying"));
    }
    Background.Result<List<Check>> latest = verification.latest();
    if (latest == null) {
      return Html.of("<p>%s</p>", phrases.get("not-verified"));
    }
    List<Check> found = latest.value();
    return found == null
        ? Html.of("<p class=\"fault\">%s</p>", phrases.get("verify-failed"))
        : StatusText.checks(found, latest.at(), phrases);
  }

  /** Leaves what is under way to the end of the process. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
