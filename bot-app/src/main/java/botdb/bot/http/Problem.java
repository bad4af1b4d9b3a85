package botdb.bot.http;

import botdb.catalog.json.JsonStrings;

/**
 * A request that cannot be done as it is; thrown by handlers.
 *
 * <p>Carries no stack trace: it is an answer.
 */
final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  Problem(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  /** {@code {"error": {"code": "…", "message": "…"}}}. */
  String json() {
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
