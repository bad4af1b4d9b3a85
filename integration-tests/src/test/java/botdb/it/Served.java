package botdb.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A bot that serves, on a port of its own choosing. */
public final class Served implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("serving on (http://\\S+)");

  /** Neither Telegram nor a model: tests of their own have stand-ins for those. */
  private static final Map<String, String> OFFLINE =
      Map.of("BOT_PORT", "0", "TELEGRAM_BOT_TOKEN", "", "OPENAI_API_KEY", "");

  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Bot.Running bot;
  private final URI address;
  private final HttpClient client = HttpClient.newHttpClient();

  private Served(Bot.Running bot, URI address) {
    this.bot = bot;
    this.address = address;
  }

  /** Starts a bot in a folder and waits until it says where it serves. */
  static Served in(Path folder, String... options) throws IOException, InterruptedException {
    return in(start(folder, options));
  }

  /** Starts a bot with settings of its own, and waits. */
  public static Served in(Path folder, Map<String, String> settings)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>(settings);
    environment.putIfAbsent("BOT_PORT", "0");
    // Nothing outside this machine is asked.
    environment.putIfAbsent("OPENAI_API_KEY", "");
    environment.putIfAbsent("TELEGRAM_BOT_TOKEN", "");
    return in(Bot.start(folder, List.of(), environment, "serve"));
  }

  private static Served in(Bot.Running bot) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (bot.process().isAlive() && System.nanoTime() - start < LIMIT_NANOS) {
      Matcher matcher = ADDRESS.matcher(Files.readString(bot.err()));
      if (matcher.find()) {
        return new Served(bot, URI.create(matcher.group(1)));
      }
      bot.process().waitFor(20, TimeUnit.MILLISECONDS);
    }
    bot.process().destroyForcibly();
    throw new AssertionError("does not serve: " + Files.readString(bot.err()));
  }

  /** Starts a bot and does not wait for it. */
  static Bot.Running start(Path folder, String... options) {
    String[] arguments = new String[options.length + 1];
    arguments[0] = "serve";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return Bot.start(folder, List.of(), OFFLINE, arguments);
  }

  /** Sends a request as a program of the owner. */
  public HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(path))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + Secrets.SETTINGS.get("BOT_API_TOKEN"))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Returns where it serves. */
  public URI address() {
    return address;
  }

  /** Returns its process. */
  public Process process() {
    return bot.process();
  }

  /** Asks the bot to end, as a service manager does, and returns how it ended. */
  public Bot.Result terminate() {
    bot.process().destroy();
    return bot.await();
  }

  @Override
  public void close() {
    bot.process().destroyForcibly();
  }
}
