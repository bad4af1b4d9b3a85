package botdb.bot;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that gives the answers that it was told, one after the other. */
public final class ScriptedServer implements AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final Queue<Answer> answers = new ArrayDeque<>();
  private int asked;

  /** What to answer; the connection is closed behind it. */
  private record Answer(int status, String type, String body) {}

  public ScriptedServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            Answer answer = next();
            exchange.getResponseHeaders().set("Content-Type", answer.type);
            exchange.sendResponseHeaders(answer.status, 0);
            exchange.getResponseBody().write(answer.body.getBytes(StandardCharsets.UTF_8));
          }
        });
    server.start();
  }

  private synchronized Answer next() {
    asked++;
    return answers.remove();
  }

  /** Answers next with this. */
  public synchronized ScriptedServer then(int status, String type, String body) {
    answers.add(new Answer(status, type, body));
    return this;
  }

  /** Answers with events. */
  public ScriptedServer thenEvents(String... data) {
    StringBuilder events = new StringBuilder();
    for (String each : data) {
      events.append("data: ").append(each).append("\n\n");
    }
    return then(200, "text/event-stream", events.toString());
  }

  /** How often it was asked. */
  public synchronized int asked() {
    return asked;
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
