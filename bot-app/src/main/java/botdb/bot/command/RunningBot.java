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
import botdb.bot.page.Website;
import botdb.bot.responder.OfflineResponder;
import botdb.bot.settings.WebSettings;
import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.Backups;
import botdb.migrations.Migrator;
import botdb.migrations.SqliteFile;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** A bot that serves, from its first request to its last. */
final class RunningBot implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final BotDatabase database;
  private final Website website;
  private final HttpServer server;

  private RunningBot(BotDatabase database, Website website, HttpServer server) {
    this.database = database;
    this.website = website;
    this.server = server;
  }

  /** Opens a database that is migrated, then the port. */
  static RunningBot start(
      SqliteFile file, Backups backups, WebSettings web, Clock clock, Logger log) {
    SqliteFile patient = file.withPatience(PATIENCE);
    Metrics metrics = Metrics.of(Migrator.of(patient, BotCatalog.migrations()));
    BotDatabase database = BotDatabase.open(patient, metrics);
    try {
      if (!database.isWal()) {
        log.warn("{} does not take WAL mode; reading will wait for writing", file.path());
      }
      Chat chat = new Chat(database, metrics.measured(new OfflineResponder(clock)), clock);
      Health health = new Health(patient, BotCatalog.migrations());
      Gate gate = Gate.of(web, file.path(), Rates.by(TimeMeter.SYSTEM_NANOTIME));
      Website website = Website.of(chat, gate, patient, backups, clock.getZone());
      List<Routes> routes = List.of(gate, new HttpApi(chat, health), metrics, website);
      HttpServer server = HttpServer.start(web.host(), web.port(), patient, routes);
      return new RunningBot(database, website, server);
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
      server.close();
      website.close();
    } finally {
      database.close();
    }
  }
}
