package botdb.bot.page;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.bot.TestDatabase;
import botdb.bot.TestSite;
import botdb.bot.TestSite.Answer;
import botdb.bot.responder.Responder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebsiteTests {
  private static final String MESSAGES = "/api/conversation/messages";

  @TempDir Path folder;
  private TestSite site;
  private String cookies;

  private void open(Responder responder) throws IOException {
    site = TestSite.open(folder, responder);
    cookies = site.get("/").cookies();
  }

  @AfterEach
  void close() {
    site.close();
  }

  private Answer get(String path) throws IOException {
    return site.get(path, "Cookie: " + cookies);
  }

  private void history(String json) {
    String id = cookies.replaceAll("\\D*(\\d+)\\..*", "$1");
    TestDatabase.run(
        site.file,
        "INSERT INTO users (user_id, history) VALUES (%s, '%s')"
            .formatted(id, json.replace("'", "''")));
  }

  @Test
  void a_reply_is_sent_piece_by_piece_then_whole() throws IOException {
    open(
        (conversation, parts) -> {
          parts.accept("Hel");
          parts.accept("lo\n<b>");
          return "Hello\n<b>";
        });

    Answer answer = site.say(cookies, "Hi");

    assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
    assertThat(answer.body().lines())
        .containsExactly(
            "{\"part\": \"Hel\"}",
            "{\"part\": \"lo\\n<b>\"}",
            "{\"message\": {\"position\": 0, \"role\": \"user\", \"content\": \"Hi\", \"time\":"
                + " \"2025-11-05T12:30:45Z\"}, \"reply\": {\"position\": 1, \"role\":"
                + " \"assistant\", \"content\": \"Hello\\n<b>\", \"time\":"
                + " \"2025-11-05T12:30:45Z\"}}");
  }

  @Test
  void a_piece_arrives_before_the_next_one_is_there() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    open(
        (conversation, parts) -> {
          parts.accept("first");
          awaitQuietly(read);
          return "first";
        });
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
      send(socket, "{\"content\": \"x\"}");
      StringBuilder arrived = new StringBuilder();
      while (!arrived.toString().contains("first")) {
        int next = socket.getInputStream().read();
        assertThat(next).as("what arrived: " + arrived).isNotNegative();
        arrived.append((char) next);
      }
      assertThat(arrived).doesNotContain("\"reply\"");
      read.countDown();
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"reply\"");
    }
  }

  @Test
  void a_reply_is_stored_also_if_the_browser_has_gone() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch gone = new CountDownLatch(1);
    open(
        (conversation, parts) -> {
          begun.countDown();
          awaitQuietly(gone);
          for (int i = 0; i < 1000; i++) {
            parts.accept("x".repeat(1000));
          }
          return "stored all the same";
        });
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
      socket.setSoLinger(true, 0);
      send(socket, "{\"content\": \"x\"}");
      begun.await();
    }
    gone.countDown();

    while (!get(MESSAGES).body().contains("\"total\": 2")) {
      Thread.onSpinWait();
    }
    assertThat(get(MESSAGES).body()).contains("stored all the same");
  }

  private void send(Socket socket, String body) throws IOException {
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nCookie: %s\r\n"
            + "Connection: close\r\nContent-Length: %d\r\n\r\n%s";
    socket
        .getOutputStream()
        .write(
            head.formatted(MESSAGES, cookies, body.length(), body)
                .getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_failure_before_the_first_piece_is_an_answer_and_after_it_a_line() throws IOException {
    boolean[] silent = {true};
    open(
        (conversation, parts) -> {
          if (!silent[0]) {
            parts.accept("half");
          }
          throw new IllegalStateException("secret");
        });

    Answer before = site.say(cookies, "x");
    assertThat(before.status()).isEqualTo(502);
    assertThat(before.body()).contains("no_reply").doesNotContain("secret");
    silent[0] = false;
    Answer after = site.say(cookies, "x");
    assertThat(after.status()).isEqualTo(200);
    assertThat(after.body()).contains("half", "{\"error\": ").doesNotContain("secret");
    assertThat(get(MESSAGES).body()).contains("\"total\": 2");
  }

  @Test
  void a_visitor_waits_for_one_reply_at_a_time() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    open(
        (conversation, parts) -> {
          if (begun.getCount() > 0) {
            begun.countDown();
            awaitQuietly(answer);
          }
          return "done";
        });
    CompletableFuture<Integer> first =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return site.say(cookies, "x").status();
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    begun.await();

    Answer second = site.say(cookies, "y");
    answer.countDown();

    assertThat(second.status()).isEqualTo(429);
    assertThat(second.header("Retry-After")).isEqualTo("1");
    assertThat(first.get()).isEqualTo(200);
    assertThat(get(MESSAGES).body()).contains("\"total\": 2");
  }

  @Test
  void times_are_moments_and_unknown_ones_null() throws IOException {
    open((conversation, parts) -> "");
    history(
        "[{\"role\": \"user\", \"content\": \"old\", \"timestamp\": null},"
            + " {\"role\": \"assistant\", \"content\": null, \"timestamp\": \"2025-07-01 00:30:00\"}]");

    assertThat(get(MESSAGES).body())
        .isEqualTo(
            "{\"messages\": [{\"position\": 0, \"role\": \"user\", \"content\": \"old\", \"time\":"
                + " null}, {\"position\": 1, \"role\": \"assistant\", \"content\": null, \"time\":"
                + " \"2025-06-30T21:30:00Z\"}], \"first\": 0, \"total\": 2}");
  }

  @Test
  void searching_finds_the_newest_first_however_they_are_capitalised() throws IOException {
    open((conversation, parts) -> "");
    history(
        "[{\"role\": \"user\", \"content\": \"Ёжик\", \"timestamp\": null},"
            + " {\"role\": \"user\", \"content\": \"other\", \"timestamp\": null},"
            + " {\"role\": \"user\", \"content\": \"о ЕЖИКАХ\", \"timestamp\": null}]");

    String found = get("/api/conversation/search?q=%D1%91%D0%B6%D0%B8%D0%BA").body();

    assertThat(found).contains("\"count\": 2").doesNotContain("other");
    assertThat(found.indexOf("ЕЖИКАХ")).isLessThan(found.indexOf("Ёжик"));
    assertThat(found).contains("\"position\": 2").contains("\"position\": 0");
  }

  @Test
  void searching_shows_fifty_and_counts_all() throws IOException {
    open((conversation, parts) -> "");
    history("[" + "{\"content\": \"again\"}, ".repeat(120) + "{\"content\": \"again\"}]");

    String found = get("/api/conversation/search?q=again").body();

    assertThat(found).contains("\"count\": 121");
    assertThat(found.split("\"position\"")).hasSize(51);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?q=", "?q=%20", "?q=" + "0123456789" + "%00"})
  void searching_needs_words(String query) throws IOException {
    open((conversation, parts) -> "");
    String path = "/api/conversation/search" + query.replace("0123456789", "x".repeat(200));
    assertThat(get(path).status()).isEqualTo(400);
  }

  @Test
  void exporting_gives_the_messages_as_they_are_stored() throws IOException {
    open((conversation, parts) -> "");
    String one = "{\"role\": \"user\",  \"content\": \"a\", \"id\": 12345678901234567890123}";
    String two = "{\"role\": \"tool\", \"content\": [{\"type\": \"text\", \"text\": \"b\"}]}";
    history("[" + one + " , " + two + "]");

    Answer export = get("/api/conversation/export");

    assertThat(export.body()).isEqualTo("[" + one + ",\n" + two + "]\n");
    assertThat(export.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"conversation.json\"");
    assertThat(export.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void clearing_empties_one_conversation() throws IOException {
    open((conversation, parts) -> "reply");
    site.say(cookies, "x");

    assertThat(site.send("DELETE", MESSAGES, "", "Cookie: " + cookies).status()).isEqualTo(204);

    assertThat(get(MESSAGES).body()).contains("\"total\": 0");
    assertThat(
            TestDatabase.query(
                site.file, "SELECT json_array_length(history) FROM users ORDER BY user_id"))
        .containsExactly("1", "0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en-GB,en;q=0.9 | en",
        "ru | ru",
        "ru-RU,ru;q=0.9,en;q=0.8 | ru",
        "en;q=0.8,ru;q=0.9 | ru",
        "de,fr | en",
        "de,ru;q=0.1 | ru",
        "* | en",
        ";;q=x | en"
      })
  void the_page_is_in_the_first_language_that_the_reader_and_the_bot_share(
      String accepted, String language) throws IOException {
    open((conversation, parts) -> "");

    Answer page = site.get("/", "Accept-Language: " + accepted);

    assertThat(page.body())
        .contains("<html lang=\"" + language + "\">")
        .contains(language.equals("ru") ? "Отправить" : "Send")
        .doesNotContain("{{");
    assertThat(page.header("Vary")).contains("Accept-Language");
    assertThat(page.header("Content-Type")).containsIgnoringCase("charset=utf-8");
  }

  @Test
  void a_file_that_did_not_change_is_not_sent_again() throws IOException {
    open((conversation, parts) -> "");
    Answer script = site.get("/assets/chat.js");

    assertThat(script.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    assertThat(site.get("/assets/chat.js", "If-None-Match: " + script.header("ETag")).status())
        .isEqualTo(304);
    assertThat(site.get("/assets/chat.js", "If-None-Match: \"of another version\"").body())
        .isEqualTo(script.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/",
        "/assets/chat.html",
        "/assets/../chat.html",
        "/assets/%2e%2e/chat.html",
        "/assets/page.properties"
      })
  void nothing_else_of_the_jar_is_given_out(String path) throws IOException {
    open((conversation, parts) -> "");
    assertThat(site.get(path).status()).isBetween(400, 404);
  }

  @Test
  void the_state_tells_migrations_backups_and_messages_a_day() throws IOException {
    open((conversation, parts) -> "");
    TestDatabase.run(site.file, "UPDATE migrations SET applied_at = '<script>'");

    String page = get("/status").body();
    while (page.contains("Counting")) {
      page = get("/status").body();
    }

    assertThat(page)
        .contains("up to date", "migration_001_add_timestamp_to_messages", "There are none.")
        .contains("<svg class=\"plot\"", "Not checked since the bot was started.")
        .contains("&lt;script&gt;")
        .doesNotContain("<script>");
  }

  @Test
  void the_check_is_made_beside_the_requests_and_shown_afterwards() throws IOException {
    open((conversation, parts) -> "");
    TestDatabase.run(site.file, "UPDATE users SET history = '<b>no'");

    assertThat(site.send("POST", "/status/verify", "", "Cookie: " + cookies).status())
        .isEqualTo(303);
    String page = get("/status").body();
    while (page.contains("Checking")) {
      page = get("/status").body();
    }

    assertThat(page)
        .contains("<dt>Integrity</dt><dd>as it should be</dd>")
        .contains("<dt>Histories</dt><dd>not as it should be<ul><li>")
        .doesNotContain("<b>no", "&lt;b&gt;no");
  }

  @Test
  void the_state_of_a_database_that_is_gone_is_an_answer_too() throws IOException {
    open((conversation, parts) -> "");
    Files.move(site.file, folder.resolve("elsewhere.db"));
    Files.createDirectory(site.file);

    Answer answer = get("/status");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).contains("database_unavailable");
  }
}
