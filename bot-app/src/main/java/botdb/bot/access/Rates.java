package botdb.bot.access;

import botdb.bot.http.Problem;
import io.github.bucket4j.TimeMeter;
import io.javalin.http.Context;

/**
 * How often visitors may ask. The owner's programs may ask as often as they like.
 *
 * <p>A browser that drops its cookie is another visitor, so there is a limit for all together, too.
 */
public final class Rates {
  private final Buckets messages;
  private final Buckets looks;
  private final Buckets wrongGuesses;

  private Rates(TimeMeter time) {
    messages = new Buckets(time, 20, 300);
    looks = new Buckets(time, 600, 6_000);
    wrongGuesses = new Buckets(time, 10, 60);
  }

  /** Returns the rates by a clock that only goes forward. */
  public static Rates by(TimeMeter time) {
    return new Rates(time);
  }

  /**
   * Counts a message of a visitor.
   *
   * @throws Problem with status 429 if it is one too many
   */
  public void message(long userId) {
    messages.take(Long.toString(userId));
  }

  /** Counts everything else that an address asks for. */
  void look(Context context) {
    looks.take(address(context));
  }

  /** Refuses one who has guessed wrong too often to guess again. */
  void beforeGuess(Context context) {
    wrongGuesses.check(address(context));
  }

  /** Counts a wrong password or token. */
  void wrongGuess(Context context) {
    wrongGuesses.take(address(context));
  }

  private static String address(Context context) {
    return context.req().getRemoteAddr();
  }
}
