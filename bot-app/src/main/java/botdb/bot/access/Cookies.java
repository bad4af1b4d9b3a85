package botdb.bot.access;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Cookies that carry a text and its signature.
 *
 * <p>Scripts cannot read them, other sites cannot send them along with what writes, and over https
 * they go nowhere else.
 */
final class Cookies {
  private final Key key;
  private final boolean secure;

  Cookies(Key key, boolean secure) {
    this.key = key;
    this.secure = secure;
  }

  /** The text of a cookie; null if there is none, or somebody else signed it. */
  @Nullable String read(Context context, String name, String purpose) {
    String value = context.cookie(fullName(name));
    int dot = value == null ? -1 : value.lastIndexOf('.');
    if (value == null || dot < 0) {
      return null;
    }
    String text = value.substring(0, dot);
    return Key.same(value.substring(dot + 1), key.sign(purpose, text)) ? text : null;
  }

  void write(Context context, String name, String purpose, String text, Duration age) {
    String value = text + '.' + key.sign(purpose, text);
    set(context, new Cookie(fullName(name), value), (int) age.toSeconds());
  }

  void delete(Context context, String name) {
    set(context, new Cookie(fullName(name), ""), 0);
  }

  private void set(Context context, Cookie cookie, int seconds) {
    cookie.setPath("/");
    cookie.setMaxAge(seconds);
    cookie.setHttpOnly(true);
    cookie.setSecure(secure);
    cookie.setSameSite(SameSite.LAX);
    context.cookie(cookie);
  }

  /** With the prefix, browsers refuse a cookie that a neighbour of the site or plain http set. */
  private String fullName(String name) {
    return secure ? "__Host-" + name : name;
  }
}
