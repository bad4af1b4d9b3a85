package botdb.bot.responder;

import botdb.bot.output.Phrases;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A responder has no answer.
 *
 * <p>The message is written for the log: it says why, and holds neither secrets nor what people
 * wrote. So there is no cause, whose message might.
 */
public final class ResponderException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** Why there is no answer, as far as it matters to who asked. */
  public enum Reason {
    /** Too much is asked at once; in a minute it may be better. */
    BUSY,
    /** Nobody answers; later somebody may. */
    UNAVAILABLE,
    /** The answer broke off in its middle; asked again it may be whole. */
    BROKEN_OFF,
    /** It will not work until the owner of the bot does something. */
    REFUSED;

    /**
     * Returns what to tell who asked, in his language.
     *
     * @param language the code of the language; null if nobody knows
     */
    public String sentence(@Nullable String language) {
      String key = "no-reply." + name().toLowerCase(Locale.ROOT).replace('_', '-');
      return Phrases.ofLanguage(language, OfflineResponder.PHRASES).get(key);
    }
  }

  /**
   * Says that there is no answer.
   *
   * @param fact why, in one line, for the log
   */
  public ResponderException(Reason reason, String fact) {
    super(fact);
    this.reason = reason;
  }

  /** Returns what to tell who asked. */
  public Reason reason() {
    return reason;
  }
}
