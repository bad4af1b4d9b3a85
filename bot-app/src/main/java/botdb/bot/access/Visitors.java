package botdb.bot.access;

import botdb.bot.http.Problem;
import io.javalin.http.Context;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * By which browser a request is sent: each has a user of its own.
 *
 * <p>The id of a new visitor is drawn at random from 2<sup>62</sup> to 2<sup>63</sup>-1. Telegram's
 * ids have at most 52 significant bits, https://core.telegram.org/bots/api#user, so that neither
 * can meet the other; and that two visitors draw the same takes thousands of millions of them. The
 * id alone opens nothing: it counts only with its signature.
 */
public final class Visitors {
  private static final String NAME = "botdb_visitor";
  private static final String PURPOSE = "visitor";
  private static final long FIRST = 1L << 62;

  /** What browsers keep at most. */
  private static final Duration AGE = Duration.ofDays(400);

  private final Cookies cookies;
  private final SecureRandom random = new SecureRandom();

  Visitors(Cookies cookies) {
    this.cookies = cookies;
  }

  /** Gives a browser that has no id a new one, and one that has its own for another while. */
  public void welcome(Context context) {
    Long known = find(context);
    long id = known == null ? FIRST | random.nextLong() & (FIRST - 1) : known;
    cookies.write(context, NAME, PURPOSE, Long.toString(id), AGE);
  }

  /**
   * Returns the user that a browser is.
   *
   * @throws Problem if it has not been welcomed, or does not keep cookies
   */
  public long userId(Context context) {
    Long id = find(context);
    if (id == null) {
      throw new Problem(401, "unknown_visitor", "open the page first, and let it keep a cookie");
    }
    return id;
  }

  private @Nullable Long find(Context context) {
    String text = cookies.read(context, NAME, PURPOSE);
    return text == null ? null : Long.valueOf(text);
  }
}
