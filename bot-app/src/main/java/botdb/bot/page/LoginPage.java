package botdb.bot.page;

import botdb.bot.access.Gate;
import botdb.bot.http.Door;
import botdb.bot.http.Problem;
import botdb.bot.http.Requests;
import botdb.bot.http.Routes;
import botdb.bot.output.Phrases;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Where the password is asked for. */
final class LoginPage implements Routes {
  private static final String PATH = "/login";
  private static final int LONGEST_FORM = 4096;
  private static final String FIELD = "password=";

  private final Gate gate;
  private final Template template = Template.named("login.html");

  LoginPage(Gate gate) {
    this.gate = gate;
  }

  /** The button that ends what the password opened; nothing where there is no password. */
  static Html logOut(Gate gate, Phrases phrases) {
    return gate.password().isSet()
        ? Html.of(
            "<form method=\"post\" action=\"/logout\"><button class=\"quiet\">%s</button></form>",
            phrases.get("log-out"))
        : Html.NOTHING;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(PATH, context -> show(context, 200, ""), Door.OPEN);
    routes.post(PATH, this::logIn, Door.OPEN);
    routes.post("/logout", this::logOut, Door.OPEN);
  }

  private void show(Context context, int status, String fault) {
    String language = Reader.language(context);
    Phrases phrases = Reader.phrases(language);
    Html warning =
        fault.isEmpty()
            ? Html.NOTHING
            : Html.of("<p class=\"fault\" role=\"alert\">%s</p>", phrases.get(fault));
    Html page = template.fill(phrases, Map.of("language", Html.text(language), "fault", warning));
    context.status(status).html(page.markup());
  }

  private void logIn(Context context) {
    byte[] body = Requests.body(context, LONGEST_FORM);
    String form = new String(body, StandardCharsets.UTF_8);
    try {
      if (form.startsWith(FIELD) && gate.password().logIn(context, decode(form))) {
        context.redirect("/", HttpStatus.SEE_OTHER);
        return;
      }
      show(context, 403, "wrong-password");
    } catch (Problem e) {
      e.addHeadersTo(context);
      show(context, e.status(), "too-many-guesses");
    }
  }

  private static String decode(String form) {
    String value = form.substring(FIELD.length()).split("&", 2)[0];
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return ""; // which is never right
    }
  }

  private void logOut(Context context) {
    gate.password().logOut(context);
    context.redirect(PATH, HttpStatus.SEE_OTHER);
  }
}
