package botdb.bot.metrics;

import botdb.bot.database.BotDatabase;
import botdb.bot.http.Door;
import botdb.bot.http.Problem;
import botdb.bot.http.Routes;
import botdb.bot.responder.Conversation;
import botdb.bot.responder.Responder;
import botdb.migrations.MigrationException;
import botdb.migrations.MigrationPlan;
import botdb.migrations.Migrator;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The measurements of one bot, at {@code GET /metrics} in the text format of Prometheus.
 *
 * <p>Numbers only: no label holds anything that a user wrote or could be known by.
 */
public final class Metrics implements Routes, BotDatabase.Watch {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter messages =
      Counter.builder()
          .name("botdb_messages_total")
          .help("Messages of users that were stored and given to the model.")
          .register(registry);
  private final Counter replies =
      Counter.builder()
          .name("botdb_replies_total")
          .help("Answers of the model, and its failures to answer.")
          .labelNames("outcome")
          .register(registry);
  private final Histogram model =
      Histogram.builder()
          .name("botdb_model_seconds")
          .unit(Unit.SECONDS)
          .help("How long the model took for an answer.")
          .classicUpperBounds(0.01, 0.1, 0.5, 1, 2, 5, 10, 20, 60, 120)
          .register(registry);
  private final Histogram database =
      Histogram.builder()
          .name("botdb_database_seconds")
          .unit(Unit.SECONDS)
          .help("How long reading and writing took, waiting for the turn included.")
          .labelNames("work")
          .classicUpperBounds(0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5)
          .register(registry);

  private Metrics(Migrator migrator) {
    replies.initLabelValues("given");
    replies.initLabelValues("failed");
    GaugeWithCallback.builder()
        .name("botdb_schema_version")
        .help("The number of the last migration that is applied.")
        .callback(gauge -> gauge.call(version(migrator)))
        .register(registry);
  }

  /** Returns measurements, all at zero. */
  public static Metrics of(Migrator migrator) {
    return new Metrics(migrator);
  }

  private static double version(Migrator migrator) {
    try {
      return migrator.plan().entries().stream()
          .filter(entry -> entry.state() == MigrationPlan.EntryState.APPLIED)
          .mapToInt(entry -> entry.number() == null ? 0 : entry.number())
          .max()
          .orElse(0);
    } catch (MigrationException e) {
      return Double.NaN; // which says that nobody knows
    }
  }

  /** Returns a responder that is counted and measured. */
  public Responder measured(Responder responder) {
    return (conversation, parts) -> reply(responder, conversation, parts);
  }

  private String reply(Responder responder, Conversation conversation, Consumer<String> parts) {
    messages.inc();
    long start = System.nanoTime();
    String outcome = "failed";
    try {
      String reply = responder.reply(conversation, parts);
      outcome = "given";
      return reply;
    } finally {
      model.observe(Unit.nanosToSeconds(System.nanoTime() - start));
      replies.labelValues(outcome).inc();
    }
  }

  @Override
  public void took(BotDatabase.Work work, long nanos) {
    String label = work == BotDatabase.Work.READ ? "read" : "write";
    database.labelValues(label).observe(Unit.nanosToSeconds(nanos));
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/metrics", this::write, Door.VISITOR);
  }

  private void write(Context context) {
    context.contentType(PrometheusTextFormatWriter.CONTENT_TYPE);
    try {
      PrometheusTextFormatWriter.create()
          .write(context.outputStream(), registry.scrape(), EscapingScheme.DEFAULT);
    } catch (IOException e) {
      throw new Problem(503, "incomplete", "the answer could not be sent");
    }
  }
}
