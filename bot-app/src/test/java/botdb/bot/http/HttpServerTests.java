package botdb.bot.http;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.bot.TestDatabase;
import botdb.bot.chat.Chat;
import botdb.bot.database.BotDatabase;
import botdb.bot.responder.Conversation;
import botdb.bot.responder.Responder;
import botdb.catalog.Message;
import botdb.catalog.history.Histories;
import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.Database;
import botdb.migrations.Migration;
import botdb.migrations.Migrator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpServerTests {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-11-05T12:30:45.9Z"), ZoneId.of("Europe/Moscow"));

  static {
    // A server that stops waits a second for connections that are kept open.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "connection");
  }

  @TempDir Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Responder responder =
      (conversation, parts) -> "You said: " + conversation.question().content();
  private Path file;
  private BotDatabase database;
  private HttpServer server;

  @BeforeEach
  void start() {
    file = TestDatabase.migrated(folder);
    Database address = Database.of(file);
    database = BotDatabase.open(address);
    Chat chat = new Chat(database, this::reply, CLOCK);
    Health health = new Health(address, BotCatalog.migrations());
    server = HttpServer.start("127.0.0.1", 0, address, List.of(new HttpApi(chat, health)));
  }

  private String reply(Conversation conversation, Consumer<String> parts) {
    return responder.reply(conversation, parts);
  }

  @AfterEach
  void stop() {
    server.close();
    database.close();
  }

  private HttpResponse<String> send(String method, String path, String type, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Connection", "close")
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    return send(method, path, "", new byte[0]);
  }

  private HttpResponse<String> post(String path, String json)
      throws IOException, InterruptedException {
    return send("POST", path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  private static String error(String code) {
    return "{\"error\": {\"code\": \"" + code + "\", \"message\": \"";
  }

  @Test
  void is_healthy_at_the_newest_version() throws Exception {
    HttpResponse<String> response = send("GET", "/health");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{\"status\": \"ok\", \"version\": 1, \"migration\": \"migration_001_add_timestamp_to_messages\", \"set_aside\": 0}");
  }

  @Test
  void goes_on_saying_how_many_histories_are_set_aside() throws Exception {
    TestDatabase.run(file, "UPDATE users SET history = 'no'", "DELETE FROM migrations");
    Migrator.of(Database.of(file), BotCatalog.migrations())
        .withDirtyData(Migration.DirtyData.SET_ASIDE)
        .migrate();

    HttpResponse<String> response = send("GET", "/health");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).endsWith(", \"set_aside\": 1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD"})
  void is_not_healthy_once_a_newer_program_has_migrated_the_database(String method)
      throws Exception {
    TestDatabase.run(file, "INSERT INTO migrations (name) VALUES ('migration_998_x')");

    assertThat(send(method, "/health").statusCode()).isEqualTo(503);
  }

  @Test
  void stores_a_message_and_its_reply_with_the_time_of_the_zone() throws Exception {
    HttpResponse<String> response = post("/api/users/-7/messages", "{\"content\": \"Привет\"}");

    assertThat(response.statusCode()).isEqualTo(201);
    String message =
        "{\"role\": \"user\", \"content\": \"Привет\", \"timestamp\": \"2025-11-05 15:30:45\"}";
    String reply =
        "{\"role\": \"assistant\", \"content\": \"You said: Привет\", \"timestamp\": \"2025-11-05 15:30:45\"}";
    assertThat(response.body())
        .isEqualTo("{\"message\": " + message + ", \"reply\": " + reply + "}");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(TestDatabase.query(file, "SELECT history FROM users WHERE user_id = -7"))
        .containsExactly("[" + message + ", " + reply + "]");
  }

  @Test
  void keeps_the_message_where_the_responder_fails() throws Exception {
    responder =
        (conversation, parts) -> {
          throw new IllegalStateException("secret");
        };

    HttpResponse<String> response = post("/api/users/7/messages", "{\"content\": \"x\"}");

    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).startsWith(error("no_reply")).doesNotContain("secret");
    assertThat(send("GET", "/api/users/7/messages").body()).contains("\"total\": 1");
  }

  @Test
  void answers_in_json_where_the_virtual_machine_fails() throws Exception {
    responder =
        (conversation, parts) -> {
          throw new StackOverflowError("secret");
        };

    HttpResponse<String> response = post("/api/users/7/messages", "{\"content\": \"x\"}");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).startsWith(error("internal")).doesNotContain("secret");
    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
  }

  @Test
  void does_not_show_the_responder_its_question_twice() throws Exception {
    responder =
        (conversation, parts) ->
            conversation.earlier().page(Histories.END, 9).messages().stream()
                .map(Message::content)
                .toList()
                .toString();

    post("/api/users/7/messages", "{\"content\": \"one\"}");
    assertThat(post("/api/users/7/messages", "{\"content\": \"two\"}").body())
        .contains("\"[one, []]\"");
  }

  @Test
  void pages_back_from_a_position() throws Exception {
    post("/api/users/7/messages", "{\"content\": \"one\"}");
    post("/api/users/7/messages", "{\"content\": \"two\"}");

    assertThat(send("GET", "/api/users/7/messages?limit=1").body())
        .contains("You said: two")
        .endsWith("\"first\": 3, \"total\": 4}");
    assertThat(send("GET", "/api/users/7/messages?limit=1&before=3").body())
        .contains("\"content\": \"two\"")
        .endsWith("\"first\": 2, \"total\": 4}");
    assertThat(send("GET", "/api/users/8/messages").body())
        .isEqualTo("{\"messages\": [], \"first\": 0, \"total\": 0}");
  }

  @Test
  void clears_a_history_that_is_there_and_one_that_is_not() throws Exception {
    assertThat(send("DELETE", "/api/users/42/messages").statusCode()).isEqualTo(204);
    assertThat(send("DELETE", "/api/users/43/messages").statusCode()).isEqualTo(204);
    assertThat(TestDatabase.query(file, "SELECT user_id || history FROM users"))
        .containsExactly("42[]");
  }

  @Test
  void carries_every_string_there_and_back() throws Exception {
    String escaped = "\"a\\ud800 \\udc00\\u0000\\u001f \\\"\\\\ 😀 \u2028\"";
    post("/api/users/7/messages", "{\"content\": " + escaped + "}");

    assertThat(send("GET", "/api/users/7/messages").body()).contains("\"content\": " + escaped);
    List<Message> stored = database.read(histories -> histories.list(7));
    assertThat(stored.get(0).content()).isEqualTo("a\ud800 \udc00\u0000\u001f \"\\ 😀 \u2028");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "\"x\"", "{\"content\": \"a\"} {}", "{\"content\": NaN}"})
  void refuses_a_body_that_is_no_json_object(String body) throws Exception {
    HttpResponse<String> response = post("/api/users/7/messages", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).startsWith(error("malformed_json"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"content\": null}",
        "{\"content\": 5}",
        "{\"content\": [\"a\"]}",
        "{\"content\": \"\"}",
        "{\"content\": \" \\n\\t\"}"
      })
  void refuses_a_content_that_is_no_text(String body) throws Exception {
    HttpResponse<String> response = post("/api/users/7/messages", body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).startsWith(error("invalid_content"));
  }

  @Test
  void refuses_bytes_that_are_not_utf_8() throws Exception {
    byte[] body = "{\"content\": \"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(send("POST", "/api/users/7/messages", "application/json", body).statusCode())
        .isEqualTo(400);
  }

  @Test
  void takes_a_hundred_thousand_characters_and_not_one_more() throws Exception {
    String most = "я".repeat(100_000);

    assertThat(post("/api/users/7/messages", "{\"content\": \"" + most + "\"}").statusCode())
        .isEqualTo(201);
    HttpResponse<String> response =
        post("/api/users/7/messages", "{\"content\": \"" + most + "я\"}");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).startsWith(error("content_too_long"));
  }

  @Test
  void refuses_a_body_beyond_a_mebibyte() throws Exception {
    HttpResponse<String> response = post("/api/users/7/messages", " ".repeat((1 << 20) + 1));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(response.body()).startsWith(error("too_large"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "text/plain", "application/x-www-form-urlencoded", "application/jsonx"})
  void refuses_what_does_not_call_itself_json(String type) throws Exception {
    HttpResponse<String> response =
        send(
            "POST",
            "/api/users/7/messages",
            type,
            "{\"content\": \"x\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(response.body()).startsWith(error("not_json"));
  }

  @Test
  void accepts_json_with_a_parameter() throws Exception {
    assertThat(
            send(
                    "POST",
                    "/api/users/7/messages",
                    "Application/JSON; charset=utf-8",
                    "{\"content\": \"x\"}".getBytes(StandardCharsets.UTF_8))
                .statusCode())
        .isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/users/x/messages, 400, invalid_user_id",
    "GET, /api/users/+5/messages, 400, invalid_user_id",
    "GET, /api/users/-/messages, 400, invalid_user_id",
    "GET, /api/users/%D9%A5/messages, 400, invalid_user_id",
    "GET, /api/users/9223372036854775808/messages, 400, invalid_user_id",
    "DELETE, /api/users/1.5/messages, 400, invalid_user_id",
    "GET, /api/users/1/messages?limit=0, 400, invalid_limit",
    "GET, /api/users/1/messages?limit=201, 400, invalid_limit",
    "GET, /api/users/1/messages?limit=, 400, invalid_limit",
    "GET, /api/users/1/messages?before=-1, 400, invalid_before",
    "GET, /api/users/1/messages?before=99999999999, 400, invalid_before",
    "GET, /, 404, not_found",
    "GET, /api/users/1, 404, not_found",
    "GET, /api/users/1/messages/2, 404, not_found",
    "POST, /health, 405, method_not_allowed",
    "PUT, /api/users/1/messages, 405, method_not_allowed",
    "GET, /api/users/%00/messages, 400, bad_request",
  })
  void refuses_what_it_does_not_know(String method, String path, int status, String code)
      throws Exception {
    HttpResponse<String> response = send(method, path);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).startsWith(error(code));
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  @Test
  void names_the_methods_that_a_path_knows() throws Exception {
    assertThat(send("PUT", "/api/users/1/messages").headers().firstValue("Allow").orElse(""))
        .contains("GET", "POST", "DELETE");
  }

  @Test
  void answers_in_json_to_what_is_no_http() throws IOException {
    URI address = URI.create(server.url());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      socket.getOutputStream().write("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(answer)
          .startsWith("HTTP/1.1 400")
          .contains(error("bad_request"))
          .doesNotContain("<");
    }
  }

  @Test
  void says_that_a_history_cannot_be_read_and_leaves_it() throws Exception {
    TestDatabase.run(file, "UPDATE users SET history = 'secret'");

    for (HttpResponse<String> response :
        List.of(
            send("GET", "/api/users/42/messages"),
            post("/api/users/42/messages", "{\"content\": \"x\"}"))) {
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).startsWith(error("unreadable_history")).doesNotContain("secret");
    }
    assertThat(TestDatabase.query(file, "SELECT history FROM users")).containsExactly("secret");
  }

  @Test
  void says_that_the_database_fails() throws Exception {
    TestDatabase.run(file, "ALTER TABLE users RENAME TO elsewhere");

    HttpResponse<String> response = send("GET", "/api/users/42/messages");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).startsWith(error("database_unavailable"));
  }

  @Test
  void finishes_what_is_under_way_before_it_closes() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    responder =
        (conversation, parts) -> {
          asked.countDown();
          awaitQuietly(answer);
          return "at last";
        };
    CompletableFuture<HttpResponse<String>> response =
        CompletableFuture.supplyAsync(
            () -> postQuietly("/api/users/7/messages", "{\"content\": \"x\"}"));
    asked.await();

    int port = URI.create(server.url()).getPort();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
    while (accepts(port)) {
      Thread.onSpinWait();
    }
    answer.countDown();

    assertThat(response.get().statusCode()).isEqualTo(201);
    closing.get();
    assertThat(
            TestDatabase.query(
                file, "SELECT json_array_length(history) FROM users WHERE user_id = 7"))
        .containsExactly("2");
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private HttpResponse<String> postQuietly(String path, String json) {
    try {
      return post(path, json);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
