package botdb.bot.command;

import botdb.bot.access.Gate;
import botdb.bot.access.Rates;
import botdb.bot.chat.Chat;
import botdb.bot.database.BotDatabase;
import botdb.bot.database.ServingLock;
import botdb.bot.http.Health;
import botdb.bot.http.HttpApi;
import botdb.bot.http.HttpServer;
import botdb.bot.http.Routes;
import botdb.bot.metrics.Metrics;
import botdb.bot.model.ModelResponder;
import botdb.bot.page.Website;
import botdb.bot.responder.OfflineResponder;
import botdb.bot.responder.Responder;
import botdb.bot.telegram.Telegram;
import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.Backups;
import botdb.migrations.Database;
import botdb.migrations.Migrator;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** A bot that serves, from its first request to its last. */
final class RunningBot implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final BotDatabase database;
  private final @Nullable ModelResponder model;
  private final Website website;
  private final HttpServer server;
  private final @Nullable Telegram telegram;

  private RunningBot(
      BotDatabase database,
      @Nullable ModelResponder model,
      Website website,
      HttpServer server,
      @Nullable Telegram telegram) {
    this.database = database;
    this.model = model;
    this.website = website;
    this.server = server;
    this.telegram = telegram;
  }

  /** Opens a database that is migrated, then the port, then the way to Telegram. */
  static RunningBot start(Database file, Backups backups, ServeSettings settings, Logger log) {
    Database patient = file.withPatience(PATIENCE);
    Metrics metrics = Metrics.of(Migrator.of(patient, BotCatalog.migrations()));
    BotDatabase database = BotDatabase.open(patient, metrics);
    try {
      if (!database.readsWhileWriting()) {
        log.warn("{} does not take WAL mode; reading will wait for writing", file.name());
      }
      ModelResponder model = settings.model().map(ModelResponder::new).orElse(null);
      Responder responder = model == null ? new OfflineResponder(settings.clock()) : model;
      Chat chat = new Chat(database, metrics.measured(responder), settings.clock());
      Gate gate = Gate.of(settings.web(), file.beside(), Rates.by(TimeMeter.SYSTEM_NANOTIME));
      Website website = Website.of(chat, gate, patient, backups, settings.clock().getZone());
      Health health = new Health(patient, BotCatalog.migrations());
      List<Routes> routes = List.of(gate, new HttpApi(chat, health), metrics, website);
      HttpServer server =
          HttpServer.start(settings.web().host(), settings.web().port(), patient, routes);
      Telegram telegram = settings.telegram().map(t -> Telegram.start(t, chat)).orElse(null);
      return new RunningBot(database, model, website, server, telegram);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  String url() {
    return server.url();
  }

  /**
   * Waits for the signal to stop, then stops, lets the next bot serve, and ends the process with
   * status 0.
   *
   * <p>The virtual machine ends with the number of the signal, which service managers take for a
   * crash; from inside a shutdown hook, only halting can say otherwise.
   */
  void untilStopped(@Nullable ServingLock lock) {
    CountDownLatch never = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(lock), "stop"));
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop(@Nullable ServingLock lock) {
    int status = ExitStatus.FAILED;
    try (lock) {
      close();
      status = ExitStatus.DONE;
    } finally {
      Runtime.getRuntime().halt(status);
    }
  }

  /** Finishes what is under way, then closes the database, which empties its log. */
  @Override
  public void close() {
    try {
      if (telegram != null) {
        telegram.close();
      }
      server.close();
      website.close();
    } finally {
      if (model != null) {
        model.close();
      }
      database.close();
    }
  }
}
