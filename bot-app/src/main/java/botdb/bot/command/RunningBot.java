package botdb.bot.command;

import botdb.bot.chat.Chat;
import botdb.bot.database.BotDatabase;
import botdb.bot.http.Health;
import botdb.bot.http.HttpServer;
import botdb.bot.responder.OfflineResponder;
import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.SqliteFile;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;

/** A bot that serves, from its first request to its last. */
final class RunningBot implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final BotDatabase database;
  private final HttpServer server;

  private RunningBot(BotDatabase database, HttpServer server) {
    this.database = database;
    this.server = server;
  }

  /** Opens a database that is migrated, then the port. */
  static RunningBot start(SqliteFile file, String host, int port, Clock clock, Logger log) {
    SqliteFile patient = file.withPatience(PATIENCE);
    BotDatabase database = BotDatabase.open(patient);
    try {
      if (!database.isWal()) {
        log.warn("{} does not take WAL mode; reading will wait for writing", file.path());
      }
      Chat chat = new Chat(database, new OfflineResponder(clock), clock);
      Health health = new Health(patient, BotCatalog.migrations());
      return new RunningBot(database, HttpServer.start(host, port, chat, health, patient));
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
      server.close();
    } finally {
      database.close();
    }
  }
}
