package botdb.bot.access;

import botdb.bot.http.Problem;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * From where requests may come.
 *
 * <p>A page of another site can make its name mean this machine (DNS rebinding) and is then the
 * same origin to the browser. So a request has to name the bot by an address in digits, by {@code
 * localhost} or by the name that its owner has set: none of these can be made to mean another.
 */
final class Origins {
  private static final Pattern DIGITS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");

  private final String ownOrigin;
  private final String ownAuthority;
  private final String listensOn;

  /**
   * Makes the check.
   *
   * @param ownOrigin the address that browsers know, empty if nobody has set it
   * @param listensOn the host that the bot listens on
   */
  Origins(String ownOrigin, String listensOn) {
    this.ownOrigin = ownOrigin;
    this.ownAuthority = ownOrigin.isEmpty() ? "" : URI.create(ownOrigin).getRawAuthority();
    this.listensOn = listensOn.toLowerCase(Locale.ROOT);
  }

  /** Refuses a request that calls the bot by a name that it does not have. */
  void checkHost(Context context) {
    String authority = authority(context);
    String host = authority.replaceFirst(":\\d*$", "");
    boolean known =
        host.equals("localhost")
            || host.equals(listensOn)
            || authority.equals(ownAuthority)
            || DIGITS.matcher(host).matches();
    if (!known) {
      throw new Problem(
          421,
          "unknown_host",
          "the bot does not know itself by this name; its owner can set BOT_WEB_ORIGIN");
    }
  }

  /** Refuses a request that a page of another site sends. */
  void checkOrigin(Context context) {
    String origin = context.header("Origin");
    String site = context.header("Sec-Fetch-Site");
    boolean foreign =
        origin == null
            ? site != null && !site.equals("same-origin") && !site.equals("none")
            : !isOwn(origin.toLowerCase(Locale.ROOT), authority(context));
    if (foreign) {
      throw new Problem(403, "foreign_origin", "pages of other sites may not do this");
    }
  }

  private boolean isOwn(String origin, String authority) {
    return origin.equals("http://" + authority)
        || origin.equals("https://" + authority)
        || !ownOrigin.isEmpty() && origin.equals(ownOrigin);
  }

  private static String authority(Context context) {
    String host = context.header("Host");
    return host == null ? "" : host.toLowerCase(Locale.ROOT);
  }
}
