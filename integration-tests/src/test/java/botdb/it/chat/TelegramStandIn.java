package botdb.it.chat;

import botdb.it.Ports;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A Bot API for one bot, as <a href="https://core.telegram.org/bots/api">its documentation</a>
 * describes it: updates stay until a larger offset is asked for, 100 come at once.
 */
final class TelegramStandIn implements AutoCloseable {
  static final String TOKEN = "4711:marked-token";

  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final int PAGE = 100;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final TreeMap<Integer, String> updates = new TreeMap<>();
  private final List<ApiCall> calls = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private HttpServer server;
  private int callsLeft;
  private String callsCounted = "";
  private Runnable afterCalls = () -> {};
  private int lastUpdate = 1000;
  private int lastMessage = 5000;

  /**
   * How the next call of a method goes wrong.
   *
   * @param method the method of the Bot API
   * @param status the status of HTTP; 0 to do what is asked and then cut the connection
   * @param parameters a member of the answer, or nothing
   */
  record Fault(String method, int status, String parameters) {}

  TelegramStandIn() throws IOException {
    server = listen(Ports.free());
  }

  private HttpServer listen(int port) throws IOException {
    HttpServer listening =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    listening.setExecutor(threads);
    listening.createContext("/", this::answer);
    listening.start();
    return listening;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The network is gone: nobody listens any more. */
  synchronized void goAway() {
    server.stop(0);
  }

  /** It is back, on the same port. */
  synchronized void comeBack() throws IOException {
    server = listen(server.getAddress().getPort());
  }

  synchronized void failNext(Fault fault) {
    faults.add(fault);
  }

  /**
   * Does something after so many calls of any method, when the last of them is done and not yet
   * answered; no other call is done meanwhile.
   */
  synchronized void afterCalls(int count, Runnable action) {
    callsLeft = count;
    callsCounted = "";
    afterCalls = action;
  }

  /** Does the same after the next call of one method. */
  synchronized void afterCall(String method, Runnable action) {
    callsLeft = 1;
    callsCounted = method;
    afterCalls = action;
  }

  /** A user writes; returns the number of the update. */
  int write(long chat, String text) {
    return write(chat, text, "en");
  }

  synchronized int write(long chat, String text, String language) {
    return bring(
        "\"message\": {\"message_id\": %d, \"date\": 1762356645, \"from\": %s, \"chat\": %s, \"text\": %s}"
            .formatted(++lastMessage, user(chat, language), chat(chat), Json.quote(text)));
  }

  /** A user sends a picture. */
  synchronized int sendPhoto(long chat) {
    return bring(
        "\"message\": {\"message_id\": %d, \"date\": 1762356645, \"from\": %s, \"chat\": %s, \"photo\": [{\"file_id\": \"x\", \"file_unique_id\": \"y\", \"width\": 1, \"height\": 1}]}"
            .formatted(++lastMessage, user(chat, "ru"), chat(chat)));
  }

  /** A user presses a button. */
  synchronized int press(long chat, long user, long messageId, String data) {
    return bring(
        "\"callback_query\": {\"id\": \"77\", \"from\": %s, \"chat_instance\": \"1\", \"data\": %s, \"message\": {\"message_id\": %d, \"date\": 1762356645, \"chat\": %s}}"
            .formatted(user(user, "en"), Json.quote(data), messageId, chat(chat)));
  }

  private int bring(String content) {
    lastUpdate++;
    updates.put(lastUpdate, "{\"update_id\": %d, %s}".formatted(lastUpdate, content));
    notifyAll();
    return lastUpdate;
  }

  private static String user(long id, String language) {
    return "{\"id\": %d, \"is_bot\": false, \"first_name\": \"A\", \"language_code\": \"%s\"}"
        .formatted(Math.abs(id), language);
  }

  private static String chat(long id) {
    return "{\"id\": %d, \"type\": \"%s\"}".formatted(id, id < 0 ? "supergroup" : "private");
  }

  /** Updates that are not confirmed. */
  synchronized List<Integer> unconfirmed() {
    return List.copyOf(updates.keySet());
  }

  /** What was called and done, in the order of time. */
  synchronized List<ApiCall> calls(String method) {
    return calls.stream().filter(call -> call.method().equals(method)).toList();
  }

  /** The texts that were sent to a chat. */
  List<String> textsTo(long chat) {
    return calls("sendMessage").stream()
        .filter(call -> call.chat() == chat)
        .map(call -> call.get("text"))
        .toList();
  }

  /** Waits until a call of a method is as somebody wants it, and returns it. */
  synchronized ApiCall await(String method, Predicate<ApiCall> wanted) throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      for (ApiCall call : calls) {
        if (call.method().equals(method) && wanted.test(call)) {
          return call;
        }
      }
      awaitMore(start, method);
    }
  }

  /** Waits until everything is confirmed. */
  synchronized void awaitAllConfirmed() throws InterruptedException {
    long start = System.nanoTime();
    while (!updates.isEmpty()) {
      awaitMore(start, "confirmation");
    }
  }

  private void awaitMore(long start, String what) throws InterruptedException {
    wait(100);
    if (System.nanoTime() - start > LIMIT_NANOS) {
      throw new AssertionError("no " + what + " of " + calls);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String method = path.substring(path.lastIndexOf('/') + 1);
      Map<String, String> parameters = Forms.read(exchange);
      Answer answer;
      if (!path.equals("/bot" + TOKEN + "/" + method)) {
        answer = Answer.error(401, "Unauthorized", "");
      } else {
        answer = answer(method, parameters);
      }
      if (answer.isCut()) {
        return; // the connection breaks off without an answer
      }
      byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private record Answer(int status, String json, boolean isCut) {
    static Answer ok(String result) {
      return new Answer(200, "{\"ok\": true, \"result\": " + result + "}", false);
    }

    static Answer error(int status, String description, String more) {
      String form = "{\"ok\": false, \"error_code\": %d, \"description\": \"%s\"%s}";
      return new Answer(status, form.formatted(status, description, more), false);
    }
  }

  private synchronized Answer answer(String method, Map<String, String> parameters)
      throws InterruptedException {
    Fault fault = nextFault(method);
    if (fault != null && fault.status > 0) {
      return Answer.error(fault.status, "Fault " + TOKEN, fault.parameters);
    }
    long messageId = parameters.containsKey("message_id") ? 0 : ++lastMessage;
    if (!method.equals("getUpdates")) {
      calls.add(new ApiCall(method, messageId, parameters));
      notifyAll();
      if (method.contains(callsCounted) && --callsLeft == 0) {
        afterCalls.run();
      }
    }
    String result =
        switch (method) {
          case "getUpdates" -> updates(parameters);
          case "getMe" ->
              "{\"id\": 4711, \"is_bot\": true, \"first_name\": \"B\", \"username\": \"test_bot\"}";
          case "sendMessage", "sendDocument", "editMessageText" ->
              "{\"message_id\": %d, \"date\": 1762356645, \"chat\": %s}"
                  .formatted(messageId, chat(Long.parseLong(parameters.get("chat_id"))));
          default -> "true";
        };
    Answer ok = Answer.ok(result);
    return new Answer(ok.status, ok.json, fault != null);
  }

  private Fault nextFault(String method) {
    for (Fault fault : faults) {
      if (fault.method.equals(method)) {
        faults.remove(fault);
        return fault;
      }
    }
    return null;
  }

  private String updates(Map<String, String> parameters) throws InterruptedException {
    int offset = Integer.parseInt(parameters.getOrDefault("offset", "0"));
    updates.headMap(offset).clear();
    notifyAll();
    long patience =
        TimeUnit.SECONDS.toNanos(Long.parseLong(parameters.getOrDefault("timeout", "0")));
    long start = System.nanoTime();
    while (updates.isEmpty() && System.nanoTime() - start < patience) {
      wait(100);
    }
    return "[" + String.join(", ", updates.values().stream().limit(PAGE).toList()) + "]";
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
