package botdb.bot.telegram;

import java.time.Duration;

/** The Bot API did not do what it was asked to; the message is fit for the log. */
final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final transient Duration retryAfter;

  /** What to make of it. */
  enum Kind {
    /** Nobody answers, or something else than the Bot API does. */
    UNREACHABLE,
    /** It asks to be left alone for a while. */
    TOO_MANY,
    /** It does not know the token. */
    TOKEN_REFUSED,
    /** Another program asks for the updates of the same bot. */
    CONFLICT,
    /** It will not do this one thing. */
    REJECTED
  }

  ApiFailure(Kind kind, String fact) {
    this(kind, fact, Duration.ZERO);
  }

  /** The cause is left out: its message may hold the address, and the token is part of that. */
  ApiFailure(Kind kind, String fact, Duration retryAfter) {
    super(fact);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  Kind kind() {
    return kind;
  }

  /** How long it wants to be left alone. */
  Duration retryAfter() {
    return retryAfter;
  }
}
