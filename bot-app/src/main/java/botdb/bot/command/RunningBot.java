package botdb.bot.command;

import botdb.bot.chat.Chat;
import botdb.bot.database.BotDatabase;
import botdb.bot.http.Health;
import botdb.bot.http.HttpServer;
import botdb.bot.model.ModelResponder;
import botdb.bot.responder.OfflineResponder;
import botdb.bot.responder.Responder;
import botdb.bot.telegram.Telegram;
import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.SqliteFile;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** A bot that serves, from its first request to its last. */
final class RunningBot implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final BotDatabase database;
  private final @Nullable ModelResponder model;
  private final HttpServer server;
  private final @Nullable Telegram telegram;

  private RunningBot(
      BotDatabase database,
      @Nullable ModelResponder model,
      HttpServer server,
      @Nullable Telegram telegram) {
    this.database = database;
    this.model = model;
    this.server = server;
    this.telegram = telegram;
  }

  /** Opens a database that is migrated, then the port, then the way to Telegram. */
  static RunningBot start(SqliteFile file, ServeSettings settings, Logger log) {
    SqliteFile patient = file.withPatience(PATIENCE);
    BotDatabase database = BotDatabase.open(patient);
    try {
      if (!database.isWal()) {
        log.warn("{} does not take WAL mode; reading will wait for writing", file.path());
      }
      ModelResponder model = settings.model().map(ModelResponder::new).orElse(null);
      Responder responder = model == null ? new OfflineResponder(settings.clock()) : model;
      Chat chat = new Chat(database, responder, settings.clock());
      Health health = new Health(patient, BotCatalog.migrations());
      HttpServer server = HttpServer.start(settings.host(), settings.port(), chat, health, patient);
      Telegram telegram = settings.telegram().map(t -> Telegram.start(t, chat)).orElse(null);
      return new RunningBot(database, model, server, telegram);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  String url() {
    return server.url();
  }

  /**
   * Waits for the signal to stop, then stops, and ends the process with status 0.
   *
   * <p>The virtual machine ends with the number of the signal, which service managers take for a
   * crash; from inside a shutdown hook, only halting can say otherwise.
   */
  void untilStopped() {
    CountDownLatch never = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    int status = ExitStatus.FAILED;
    try {
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
    } finally {
      if (model != null) {
        model.close();
      }
      database.close();
    }
  }
}
