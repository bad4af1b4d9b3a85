package botdb.bot.http;

import botdb.catalog.json.JsonStrings;
import io.javalin.http.Context;
import java.time.Duration;

/**
 * A request that cannot be done as it is; thrown by handlers.
 *
 * <p>Carries no stack trace: it is an answer.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final long RETRY_SECONDS = 5;

  private final int status;
  private final String code;
  private final long retryAfter;

  /**
   * Makes an answer.
   *
   * @param status the status of HTTP
   * @param code a word for programs
   * @param message a sentence for people
   */
  public Problem(int status, String code, String message) {
    this(status, code, message, 0);
  }

  private Problem(int status, String code, String message, long retryAfter) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /** Returns the answer to one who asks too often. */
  public static Problem tooMany(Duration wait) {
    long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
    String message = "too many requests; again in %d s".formatted(seconds);
    return new Problem(429, "too_many_requests", message, seconds);
  }

  /** Returns the answer while the database is not there; it is being tried all the time. */
  static Problem databaseUnavailable(String message) {
    return new Problem(503, "database_unavailable", message, RETRY_SECONDS);
  }

  /** Returns the status of HTTP. */
  public int status() {
    return status;
  }

  /** Says when the same may be asked again, where that would help. */
  public void addHeadersTo(Context context) {
    if (retryAfter > 0) {
      context.header("Retry-After", String.valueOf(retryAfter));
    }
  }

  /** Returns {@code {"error": {"code": "…", "message": "…"}}}. */
  public String json() {
    return "{\"error\": {\"code\": %s, \"message\": %s}}"
        .formatted(JsonStrings.quote(code), JsonStrings.quote(String.valueOf(getMessage())));
  }

  /** What a status says by itself. */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 404 -> new Problem(status, "not_found", "there is nothing at this path");
      case 405 -> new Problem(status, "method_not_allowed", "this path does not know this method");
      case 413 -> new Problem(status, "too_large", "the request is too large");
      case 503 -> new Problem(status, "unavailable", "the bot is about to stop");
      default ->
          status < 500
              ? new Problem(status, "bad_request", "the request is not as HTTP wants it")
              : new Problem(status, "internal", "something went wrong here; the log says what");
    };
  }
}
