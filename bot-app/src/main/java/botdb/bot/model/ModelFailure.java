package botdb.bot.model;

import botdb.bot.responder.ResponderException.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One attempt to get an answer failed; its message is fit for the log. */
final class ModelFailure extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final boolean passing;
  private final transient @Nullable Duration wait;

  private ModelFailure(Reason reason, String fact, boolean passing, @Nullable Duration wait) {
    super(fact);
    this.reason = reason;
    this.passing = passing;
    this.wait = wait;
  }

  /** A failure that another attempt would meet again. */
  static ModelFailure lasting(Reason reason, String fact) {
    return new ModelFailure(reason, fact, false, null);
  }

  /** A failure that may be over soon. */
  static ModelFailure passing(Reason reason, String fact) {
    return new ModelFailure(reason, fact, true, null);
  }

  /** A failure that is over when the server says. */
  static ModelFailure passing(Reason reason, String fact, @Nullable Duration wait) {
    return new ModelFailure(reason, fact, true, wait);
  }

  Reason reason() {
    return reason;
  }

  String fact() {
    return String.valueOf(getMessage());
  }

  /** Whether another attempt makes sense. */
  boolean isPassing() {
    return passing;
  }

  /** How long the server wants to be left alone; null if it does not say. */
  @Nullable Duration serverWait() {
    return wait;
  }
}
