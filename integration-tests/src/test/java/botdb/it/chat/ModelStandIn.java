package botdb.it.chat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * A server of <a href="https://platform.openai.com/docs/api-reference/chat">chat completions</a>
 * that streams. Unless told otherwise it answers with what it was asked, in three pieces.
 */
final class ModelStandIn implements AutoCloseable {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final List<Asked> asked = new ArrayList<>();
  private final Queue<Script> scripts = new ArrayDeque<>();

  /** What the server does instead of answering. */
  interface Script {
    void play(HttpExchange exchange, JsonNode request) throws IOException;
  }

  /**
   * What it was asked.
   *
   * @param path the path of the address
   * @param authorization the header; empty without one
   * @param json the request
   */
  record Asked(String path, String authorization, JsonNode json) {
    List<String> contents() {
      return json.get("messages").valueStream().map(m -> m.path("content").asString("")).toList();
    }
  }

  ModelStandIn() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** What to do at the next question that has nothing to do yet. */
  synchronized void next(Script script) {
    scripts.add(script);
  }

  synchronized List<Asked> asked() {
    return List.copyOf(asked);
  }

  synchronized void awaitAsked(int times) throws InterruptedException {
    long start = System.nanoTime();
    while (asked.size() < times) {
      wait(100);
      if (System.nanoTime() - start > LIMIT_NANOS) {
        throw new AssertionError("asked only " + asked.size() + " times");
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      JsonNode request = Json.read(body);
      String key = exchange.getRequestHeaders().getFirst("Authorization");
      Script script;
      synchronized (this) {
        asked.add(new Asked(exchange.getRequestURI().getPath(), key == null ? "" : key, request));
        script = scripts.poll();
        notifyAll();
      }
      (script == null ? (Script) ModelStandIn::echo : script).play(exchange, request);
    }
  }

  private static void echo(HttpExchange exchange, JsonNode request) throws IOException {
    JsonNode messages = request.get("messages");
    String question = messages.get(messages.size() - 1).path("content").asString("");
    stream(exchange, "You ", "asked: ", question);
    end(exchange);
  }

  /** Sends pieces of an answer. */
  static void stream(HttpExchange exchange, String... pieces) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    send(
        exchange,
        "{\"choices\": [{\"index\": 0, \"delta\": {\"role\": \"assistant\", \"content\": null}}]}");
    for (String piece : pieces) {
      send(
          exchange,
          "{\"choices\": [{\"index\": 0, \"delta\": {\"content\": %s}, \"finish_reason\": null}]}"
              .formatted(Json.quote(piece)));
    }
  }

  /** Ends an answer as it should. */
  static void end(HttpExchange exchange) throws IOException {
    send(exchange, "{\"choices\": [{\"index\": 0, \"delta\": {}, \"finish_reason\": \"stop\"}]}");
    send(exchange, "[DONE]");
  }

  static void send(HttpExchange exchange, String data) throws IOException {
    OutputStream out = exchange.getResponseBody();
    out.write((": comment\n\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /** Refuses, in the form of the interface. */
  static Script refusing(int status, String code, String message) {
    return (exchange, request) -> {
      byte[] body =
          "{\"error\": {\"message\": %s, \"type\": \"some_error\", \"code\": %s}}"
              .formatted(Json.quote(message), Json.quote(code))
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("Retry-After", "0");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    };
  }

  /** Keeps whoever asked waiting. */
  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
