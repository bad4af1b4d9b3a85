package botdb.bot.http;

import botdb.bot.output.BotException;
import botdb.migrations.Database;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The open port of a bot. */
public final class HttpServer implements AutoCloseable {
  private static final Duration LAST_REQUESTS = Duration.ofSeconds(10);
  private static final int MOST_THREADS = 250;
  private static final int LEAST_THREADS = 8;
  private static final int IDLE_MILLIS = 60_000;

  private final Javalin javalin;
  private final String host;

  private HttpServer(Javalin javalin, String host) {
    this.javalin = javalin;
    this.host = host;
  }

  /**
   * Opens the port and serves from then on, on threads of its own.
   *
   * @param port 0 for any that is free
   * @param file the database, for what there is to say when it fails
   * @param routes what can be asked
   * @throws BotException if the address cannot be listened on
   */
  public static HttpServer start(String host, int port, Database file, List<Routes> routes) {
    return start(host, port, file, routes, Limits.USUAL);
  }

  static HttpServer start(
      String host, int port, Database file, List<Routes> routes, Limits limits) {
    Javalin javalin =
        Javalin.create(
            config -> {
              configure(config);
              config.jetty.addConnector(
                  (server, http) -> {
                    ServerConnector connector = limits.connector(server, http);
                    connector.setHost(host);
                    connector.setPort(port);
                    return connector;
                  });
              routes.forEach(some -> some.addTo(config.routes));
              new Failures(file).addTo(config.routes);
            });
    try {
      return new HttpServer(javalin.start(), host);
    } catch (JavalinException e) {
      throw cannotListen(host, port, e);
    }
  }

  private static void configure(JavalinConfig config) {
    config.jetty.threadPool = threads();
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.http.prefer405over404 = true;
    config.http.defaultContentType = "application/json";
    config.http.compressionStrategy = CompressionStrategy.NONE;
    config.router.javaLangErrorHandler(Failures::fatal);
    config.jetty.modifyServer(HttpServer::configure);
    config.jetty.modifyServletContextHandler(handler -> handler.setErrorHandler(new JsonErrors()));
  }

  /** As many as Javalin takes. The queue of Jetty's own choice starts JMX, which takes a while. */
  private static QueuedThreadPool threads() {
    QueuedThreadPool threads =
        new QueuedThreadPool(MOST_THREADS, LEAST_THREADS, IDLE_MILLIS, new LinkedBlockingQueue<>());
    threads.setName("http");
    return threads;
  }

  private static void configure(Server server) {
    server.setErrorHandler(new JsonErrors());
    // Without it the server would close connections under the requests that are being answered.
    server.setStopTimeout(LAST_REQUESTS.toMillis());
  }

  private static BotException cannotListen(String host, int port, JavalinException failure) {
    boolean taken = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      taken |= cause instanceof BindException;
    }
    String fact = "cannot listen on port %d of %s".formatted(port, host);
    return taken
        ? new BotException(
            fact + ": it is in use, or the address is not of this machine",
            "stop the other program, or set BOT_PORT to another port and BOT_HOST to an address of"
                + " this machine",
            failure)
        : new BotException(
            fact, "check BOT_HOST and BOT_PORT; ports below 1024 are for the superuser", failure);
  }

  /** Returns the address under which it serves: {@code http://127.0.0.1:8080}. */
  public String url() {
    return "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, javalin.port());
  }

  /** Accepts nothing more, finishes what is under way, for ten seconds at most. */
  @Override
  public void close() {
    javalin.stop();
  }
}
