package botdb.bot.settings;

import botdb.bot.output.BotException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the bot: from the environment, else from a {@code .env} in the working directory,
 * else a default. One that is set to nothing counts as not set.
 *
 * <p>A message about a wrong setting names it and says what it should be; it never shows the value.
 */
public final class Settings {
  private static final int LAST_PORT = 65535;
  private static final String TOKEN = "[0-9]{1,20}:[A-Za-z0-9_-]{1,100}";

  /** What may stand in a header of HTTP; also nothing. */
  private static final String KEY = "[!-~]*";

  private static final String ORIGIN = "https?://([a-z0-9.-]+|\\[[0-9a-f:]+])(:\\d{1,5})?";

  private static final List<String> SERVER = List.of("PGUSER", "PGPASSWORD", "PGPASSFILE");

  private final Path folder;
  private final Map<String, String> environment;
  private @Nullable Map<String, String> file;

  private Settings(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** Returns the settings of a folder and an environment. */
  public static Settings of(Path folder, Map<String, String> environment) {
    return new Settings(folder, environment);
  }

  /** Returns the settings of this process. */
  public static Settings ofProcess() {
    return new Settings(Path.of(""), System.getenv());
  }

  /** Returns the database, {@code BOT_DATABASE}: a path or a URL; {@code users.db} unless set. */
  public String database() {
    return get("BOT_DATABASE", "users.db");
  }

  /** Returns those of {@code PGUSER}, {@code PGPASSWORD} and {@code PGPASSFILE} that are set. */
  public Map<String, String> server() {
    Map<String, String> set = new HashMap<>();
    for (String name : SERVER) {
      String value = get(name, "");
      if (!value.isEmpty()) {
        set.put(name, value);
      }
    }
    return set;
  }

  /** Returns the folder of the backups, {@code BOT_BACKUPS}; empty for the one of the database. */
  public String backups() {
    return get("BOT_BACKUPS", "");
  }

  /**
   * Returns the folder for what makes the next start faster and can be deleted at any time, {@code
   * BOT_CACHE}; {@code botdb} in the cache folder of the user unless set.
   */
  public Path cache() {
    String own = get("BOT_CACHE", "");
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String caches = environment.get("XDG_CACHE_HOME");
    return caches == null || caches.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache", "botdb")
        : Path.of(caches, "botdb");
  }

  /**
   * Returns how many of the newest backups stay, {@code BOT_BACKUPS_KEEP}.
   *
   * @throws BotException if it is no such number
   */
  public int backupsKept() {
    try {
      int kept = Integer.parseInt(get("BOT_BACKUPS_KEEP", "5"));
      if (kept > 0) {
        return kept;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new BotException(
        "the setting BOT_BACKUPS_KEEP is not a number of backups",
        "set BOT_BACKUPS_KEEP to a number from 1 on, or leave it out for 5");
  }

  /** Returns the address to listen on, {@code BOT_HOST}. */
  public String host() {
    return get("BOT_HOST", "127.0.0.1");
  }

  /**
   * Returns the port to listen on, {@code BOT_PORT}; 0 for any that is free.
   *
   * @throws BotException if it is none
   */
  public int port() {
    try {
      int port = Integer.parseInt(get("BOT_PORT", "8080"));
      if (port >= 0 && port <= LAST_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below, the same for all that is no port.
    }
    throw new BotException(
        "the setting BOT_PORT is not a port",
        "set BOT_PORT to a number from 0 to 65535 (0 takes any free one), or leave it out for 8080");
  }

  /**
   * Returns the zone of new timestamps, {@code BOT_TIMEZONE}.
   *
   * @throws BotException if there is no such zone
   */
  public ZoneId timezone() {
    try {
      return ZoneId.of(get("BOT_TIMEZONE", "UTC"));
    } catch (DateTimeException e) {
      throw new BotException(
          "the setting BOT_TIMEZONE is not a time zone",
          "set BOT_TIMEZONE to a name such as Europe/Berlin, or leave it out for UTC");
    }
  }

  /**
   * Returns how to reach Telegram, {@code TELEGRAM_BOT_TOKEN} and {@code TELEGRAM_API_URL}; nothing
   * without a token.
   *
   * @throws BotException if one of the two is wrong
   */
  public Optional<TelegramSettings> telegram() {
    String token = get("TELEGRAM_BOT_TOKEN", "");
    if (token.isEmpty()) {
      return Optional.empty();
    }
    if (!token.matches(TOKEN)) {
      throw new BotException(
          "the setting TELEGRAM_BOT_TOKEN is not the token of a bot",
          "set TELEGRAM_BOT_TOKEN to what @BotFather gave, as 123456:ABC-DEF, or leave it out");
    }
    return Optional.of(
        new TelegramSettings(token, url("TELEGRAM_API_URL", "https://api.telegram.org")));
  }

  /**
   * Returns the model, {@code OPENAI_API_KEY}, {@code OPENAI_BASE_URL}, {@code OPENAI_MODEL},
   * {@code BOT_SYSTEM_PROMPT} and {@code BOT_CONTEXT_TOKENS}; nothing without one of the first two.
   *
   * @throws BotException if one of them is wrong
   */
  public Optional<ModelSettings> model() {
    String key = get("OPENAI_API_KEY", "");
    boolean isElsewhere = !get("OPENAI_BASE_URL", "").isEmpty();
    if (key.isEmpty() && !isElsewhere) {
      return Optional.empty();
    }
    if (!key.matches(KEY)) {
      throw new BotException(
          "the setting OPENAI_API_KEY is not a key",
          "set OPENAI_API_KEY to a key of letters, digits and signs without spaces");
    }
    URI server = url("OPENAI_BASE_URL", "https://api.openai.com/v1");
    String model = get("OPENAI_MODEL", isElsewhere ? "" : "gpt-4o-mini");
    if (model.isEmpty()) {
      throw new BotException(
          "the setting OPENAI_MODEL is missing",
          "set OPENAI_MODEL to a model of the server at OPENAI_BASE_URL");
    }
    return Optional.of(
        new ModelSettings(server, key, model, get("BOT_SYSTEM_PROMPT", ""), contextTokens()));
  }

  private int contextTokens() {
    try {
      int tokens = Integer.parseInt(get("BOT_CONTEXT_TOKENS", "4000"));
      if (tokens > 0) {
        return tokens;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new BotException(
        "the setting BOT_CONTEXT_TOKENS is not a number of tokens",
        "set BOT_CONTEXT_TOKENS to a number from 1 on, or leave it out for 4000");
  }

  /** The address of a server, without a slash at its end. */
  private URI url(String name, String otherwise) {
    try {
      URI url = new URI(get(name, otherwise).replaceFirst("/+$", ""));
      boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      boolean isServer = url.getHost() != null && url.getRawUserInfo() == null;
      if (isHttp && isServer && url.getRawQuery() == null && url.getRawFragment() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Said below, the same for all that is no address.
    }
    throw new BotException(
        "the setting %s is not the address of a server".formatted(name),
        "set %s to an address as %s, or leave it out".formatted(name, otherwise));
  }

  /**
   * Returns where the bot is reached over HTTP: {@code BOT_HOST}, {@code BOT_PORT}, {@code
   * BOT_WEB_ORIGIN}, {@code BOT_WEB_PASSWORD}, {@code BOT_API_TOKEN}.
   *
   * @throws BotException if one of them is wrong, or others than this machine can reach the bot and
   *     there is no password
   */
  public WebSettings web() {
    WebSettings web =
        new WebSettings(
            host(), port(), webOrigin(), get("BOT_WEB_PASSWORD", ""), get("BOT_API_TOKEN", ""));
    if (web.password().isEmpty() && !web.isLocal()) {
      throw new BotException(
          "the setting BOT_WEB_PASSWORD is missing: at %s others than this machine could reach the bot"
              .formatted(web.host()),
          "set BOT_WEB_PASSWORD to what visitors shall be asked for, or leave BOT_HOST out");
    }
    return web;
  }

  private String webOrigin() {
    String origin = get("BOT_WEB_ORIGIN", "");
    if (!origin.isEmpty() && !origin.matches(ORIGIN)) {
      throw new BotException(
          "the setting BOT_WEB_ORIGIN is not the beginning of a web address",
          "set BOT_WEB_ORIGIN to what browsers show, such as https://bot.example.org, or leave it out");
    }
    return origin;
  }

  /**
   * Returns how the log is written, {@code BOT_LOG}.
   *
   * @throws BotException if it is neither {@code text} nor {@code json}
   */
  public LogFormat logFormat() {
    return switch (get("BOT_LOG", "text")) {
      case "text" -> LogFormat.TEXT;
      case "json" -> LogFormat.JSON;
      default ->
          throw new BotException(
              "the setting BOT_LOG is not a form of the log", "set BOT_LOG to text or to json");
    };
  }

  private String get(String name, String otherwise) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      value = file().get(name);
    }
    return value == null || value.isBlank() ? otherwise : value.strip();
  }

  private Map<String, String> file() {
    Map<String, String> read = file;
    if (read == null) {
      read = Files.isRegularFile(folder.resolve(".env")) ? DotenvFile.read(folder) : Map.of();
      file = read;
    }
    return read;
  }
}
