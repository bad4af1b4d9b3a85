package botdb.bot.access;

import botdb.bot.http.Door;
import botdb.bot.http.Problem;
import botdb.bot.http.Routes;
import botdb.bot.settings.WebSettings;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.security.RouteRole;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;

/**
 * Stands before all routes: checks where a request comes from and whether its sender may pass the
 * door of the route, and tells browsers what a page of the bot may do.
 *
 * <p>A route without a door is the owner's, so that a forgotten one is closed.
 */
public final class Gate implements Routes {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'";

  private final WebSettings web;
  private final Origins origins;
  private final Rates rates;
  private final Password password;
  private final Visitors visitors;

  private Gate(WebSettings web, Key key, Rates rates, Clock clock) {
    this.web = web;
    this.rates = rates;
    Cookies cookies = new Cookies(key, web.origin().startsWith("https:"));
    this.origins = new Origins(web.origin(), web.host());
    this.password = new Password(web.password(), cookies, rates, clock);
    this.visitors = new Visitors(cookies);
  }

  /**
   * Returns the gate of a bot.
   *
   * @param database beside which the key of the cookies lies
   */
  public static Gate of(WebSettings web, Path database, Rates rates) {
    return new Gate(web, Key.beside(database), rates, Clock.systemUTC());
  }

  /** Returns by which browser a request is sent. */
  public Visitors visitors() {
    return visitors;
  }

  /** Returns the password of the visitors. */
  public Password password() {
    return password;
  }

  /** Returns how often visitors may ask. */
  public Rates rates() {
    return rates;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.before(this::checkSource);
    routes.beforeMatched(this::checkDoor);
  }

  private void checkSource(Context context) {
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    // Less than that, and browsers would not say where a form was sent from.
    context.header("Referrer-Policy", "same-origin");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Cache-Control", "no-store");
    origins.checkHost(context);
    String method = context.req().getMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      origins.checkOrigin(context);
    }
  }

  private void checkDoor(Context context) {
    Set<RouteRole> roles = context.routeRoles();
    if (roles.contains(Door.OPEN)) {
      return;
    }
    if (roles.contains(Door.VISITOR)) {
      rates.look(context);
      checkVisitor(context);
    } else {
      checkOwner(context);
    }
  }

  private void checkVisitor(Context context) {
    if (!password.isSet() || password.isKnownTo(context)) {
      return;
    }
    String accepted = context.header("Accept");
    if (context.req().getMethod().equals("GET")
        && accepted != null
        && accepted.contains("text/html")) {
      context.redirect("/login", HttpStatus.SEE_OTHER);
      context.skipRemainingHandlers();
      return;
    }
    context.header("WWW-Authenticate", "Bearer");
    throw new Problem(401, "password_needed", "log in, or send the password with the request");
  }

  /**
   * Without a token, only programs of this machine reach a bot without a password, and of these no
   * browser is let in: its pages come from anywhere, and it may be another user's.
   */
  private void checkOwner(Context context) {
    String sent = Password.sent(context);
    if (!web.apiToken().isEmpty()) {
      if (sent != null && password.isRight(context, sent, web.apiToken())) {
        return;
      }
      context.header("WWW-Authenticate", "Bearer");
      throw new Problem(401, "token_needed", "send the token of the owner with the request");
    }
    boolean browser = context.header("Origin") != null || context.header("Sec-Fetch-Site") != null;
    if (password.isSet() || browser) {
      throw new Problem(403, "owner_only", "this is for programs of the owner: set BOT_API_TOKEN");
    }
  }
}
