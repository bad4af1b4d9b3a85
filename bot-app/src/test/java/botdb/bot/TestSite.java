package botdb.bot;

import botdb.bot.access.Gate;
import botdb.bot.access.Rates;
import botdb.bot.chat.Chat;
import botdb.bot.database.BotDatabase;
import botdb.bot.http.Health;
import botdb.bot.http.HttpApi;
import botdb.bot.http.HttpServer;
import botdb.bot.metrics.Metrics;
import botdb.bot.page.Website;
import botdb.bot.responder.Responder;
import botdb.bot.settings.WebSettings;
import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.Backups;
import botdb.migrations.Database;
import botdb.migrations.Migrator;
import io.github.bucket4j.TimeMeter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A site that serves, and requests to it as they go over the wire. */
public final class TestSite implements AutoCloseable {
  /** Noon in London; the zone of the timestamps is three hours ahead. */
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-11-05T12:30:45.9Z"), ZoneId.of("Europe/Moscow"));

  public final Path file;
  public final AtomicLong nanos = new AtomicLong();
  private final BotDatabase database;
  private final Website website;
  private final HttpServer server;

  private TestSite(Path file, WebSettings web, Responder responder) {
    this.file = file;
    Database address = Database.of(file);
    Migrator migrator = Migrator.of(address, BotCatalog.migrations());
    Metrics metrics = Metrics.of(migrator);
    database = BotDatabase.open(address, metrics);
    Chat chat = new Chat(database, metrics.measured(responder), CLOCK);
    Gate gate = Gate.of(web, file, Rates.by(new TestTime(nanos)));
    website = Website.of(chat, gate, address, Backups.of(address), CLOCK.getZone());
    HttpApi api = new HttpApi(chat, new Health(address, BotCatalog.migrations()));
    server = HttpServer.start("127.0.0.1", 0, address, List.of(gate, api, metrics, website));
  }

  public static TestSite open(Path folder, Responder responder) {
    return with(folder, new WebSettings("127.0.0.1", 0, "", "", ""), responder);
  }

  public static TestSite with(Path folder, WebSettings web, Responder responder) {
    Path file = folder.resolve("users.db");
    if (!Database.of(file).exists()) {
      TestDatabase.migrated(folder);
    }
    return new TestSite(file, web, responder);
  }

  /** What came back; of headers that come twice, both. */
  public record Answer(int status, Map<String, String> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), "");
    }

    /** The cookies as a browser would send them. */
    public String cookies() {
      return header("Set-Cookie")
          .lines()
          .map(line -> line.split(";")[0])
          .collect(java.util.stream.Collectors.joining("; "));
    }
  }

  /** Sends a request with headers of one's own: {@code "Origin: http://localhost"}. */
  public Answer send(String method, String path, String body, String... headers)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    if (List.of(headers).stream().noneMatch(header -> header.startsWith("Host:"))) {
      head.append("Host: 127.0.0.1:").append(port()).append("\r\n");
    }
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Connection: close\r\nContent-Length: ").append(bytes.length).append("\r\n\r\n");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  public Answer get(String path, String... headers) throws IOException {
    return send("GET", path, "", headers);
  }

  /** Writes a message as the page does. */
  public Answer say(String cookies, String content) throws IOException {
    return send(
        "POST",
        "/api/conversation/messages",
        "{\"content\": \"" + content + "\"}",
        "Content-Type: application/json",
        "Origin: http://127.0.0.1:" + port(),
        "Cookie: " + cookies);
  }

  private static Answer parse(String answer) {
    String[] parts = answer.split("\r\n\r\n", 2);
    Map<String, String> headers = new LinkedHashMap<>();
    parts[0]
        .lines()
        .skip(1)
        .forEach(
            line -> {
              String[] pair = line.split(": ", 2);
              headers.merge(
                  pair[0].toLowerCase(java.util.Locale.ROOT), pair[1], (a, b) -> a + "\n" + b);
            });
    String body = "chunked".equals(headers.get("transfer-encoding")) ? join(parts[1]) : parts[1];
    return new Answer(Integer.parseInt(answer.split(" ")[1]), headers, body);
  }

  /** The chunks without what stands between them; each begins and ends with a line of its own. */
  private static String join(String chunked) {
    StringBuilder body = new StringBuilder();
    byte[] bytes = chunked.getBytes(StandardCharsets.UTF_8);
    int at = 0;
    while (at < bytes.length) {
      int end = at;
      while (bytes[end] != '\r') {
        end++;
      }
      int length = Integer.parseInt(new String(bytes, at, end - at, StandardCharsets.UTF_8), 16);
      body.append(new String(bytes, end + 2, length, StandardCharsets.UTF_8));
      at = end + 2 + length + 2;
    }
    return body.toString();
  }

  public int port() {
    return URI.create(server.url()).getPort();
  }

  public String origin() {
    return server.url();
  }

  @Override
  public void close() {
    server.close();
    website.close();
    database.close();
  }

  /** Time that passes when a test says so. */
  private record TestTime(AtomicLong nanos) implements TimeMeter {
    @Override
    public long currentTimeNanos() {
      return nanos.get();
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
