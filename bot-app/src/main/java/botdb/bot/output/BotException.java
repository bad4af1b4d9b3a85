package botdb.bot.output;

import org.jspecify.annotations.Nullable;

/**
 * The bot cannot do what it was asked to; the message is written for its owner.
 *
 * <p>Its first line makes sense alone in a log, the lines after it say what to do. It holds neither
 * secrets nor what people wrote.
 */
public final class BotException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * Says what is the matter and what to do about it.
   *
   * @param fact one line
   * @param remedy one line
   */
  public BotException(String fact, String remedy) {
    this(fact, remedy, null);
  }

  /** Says the same, and what made it so. */
  public BotException(String fact, String remedy, @Nullable Throwable cause) {
    super(text(fact, remedy), cause);
  }

  /** Returns the fact and the remedy as they are printed. */
  public static String text(String fact, String remedy) {
    return new StringBuilder(fact).append("\n  to do     ").append(remedy).toString();
  }
}
