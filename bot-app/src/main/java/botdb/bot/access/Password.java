package botdb.bot.access;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The password of the visitors, and the cookie of those who knew it.
 *
 * <p>Another password makes every such cookie worthless.
 */
public final class Password {
  private static final String NAME = "botdb_login";
  private static final Duration AGE = Duration.ofDays(30);
  private static final String BASIC = "Basic ";
  private static final String BEARER = "Bearer ";

  private final String password;
  private final Cookies cookies;
  private final Rates rates;
  private final Clock clock;

  Password(String password, Cookies cookies, Rates rates, Clock clock) {
    this.password = password;
    this.cookies = cookies;
    this.rates = rates;
    this.clock = clock;
  }

  /** Returns whether there is one. */
  public boolean isSet() {
    return !password.isEmpty();
  }

  /**
   * Lets a browser in that knows the password.
   *
   * @return whether it does
   * @throws botdb.bot.http.Problem with status 429 after too many that did not
   */
  public boolean logIn(Context context, String guess) {
    if (!isRight(context, guess, password)) {
      return false;
    }
    String end = Long.toString(clock.instant().plus(AGE).getEpochSecond());
    cookies.write(context, NAME, purpose(), end, AGE);
    return true;
  }

  /** Lets a browser out. */
  public void logOut(Context context) {
    cookies.delete(context, NAME);
  }

  /** Whether a browser has been let in, or a program sends the password along. */
  boolean isKnownTo(Context context) {
    String end = cookies.read(context, NAME, purpose());
    if (end != null && Long.parseLong(end) > clock.instant().getEpochSecond()) {
      return true;
    }
    String sent = sent(context);
    return sent != null && isRight(context, sent, password);
  }

  private String purpose() {
    return "login\0" + password;
  }

  /** Whether a guess is right; counts those that are not, and stops them from going on. */
  boolean isRight(Context context, String guess, String secret) {
    rates.beforeGuess(context);
    boolean right = !secret.isEmpty() && Key.same(guess, secret);
    if (!right) {
      rates.wrongGuess(context);
    }
    return right;
  }

  /** What a program sends to show who it is: a bearer token, or a password with any name. */
  static @Nullable String sent(Context context) {
    String header = context.header("Authorization");
    if (header == null) {
      return null;
    }
    if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return header.substring(BEARER.length()).strip();
    }
    if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return null;
    }
    try {
      byte[] pair = Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
      String text = new String(pair, StandardCharsets.UTF_8);
      return text.substring(text.indexOf(':') + 1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
