package botdb.bot.page;

import botdb.bot.access.Gate;
import botdb.bot.http.Door;
import botdb.bot.http.Routes;
import botdb.bot.output.Phrases;
import botdb.catalog.json.JsonStrings;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The page of a conversation. */
final class ChatPage implements Routes {
  /** What the scripts of the page say. */
  private static final List<String> SPOKEN =
      List.of(
          "you",
          "bot",
          "time-unknown",
          "no-text",
          "show-all",
          "empty",
          "no-reply",
          "no-connection",
          "search-failed",
          "please-wait",
          "no-cookie",
          "nothing-found",
          "today",
          "yesterday",
          "cleared",
          "found-in");

  private final Gate gate;
  private final Template template = Template.named("chat.html");

  ChatPage(Gate gate) {
    this.gate = gate;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/", this::show, Door.VISITOR);
  }

  private void show(Context context) {
    gate.visitors().welcome(context);
    String language = Reader.language(context);
    Phrases phrases = Reader.phrases(language);
    Html page =
        template.fill(
            phrases,
            Map.of(
                "language", Html.text(language),
                "phrases", Html.text(spoken(phrases)),
                "log-out", LoginPage.logOut(gate, phrases)));
    context.html(page.markup());
  }

  private static String spoken(Phrases phrases) {
    return SPOKEN.stream()
        .map(key -> JsonStrings.quote(key) + ": " + JsonStrings.quote(phrases.get(key, "{0}")))
        .collect(Collectors.joining(", ", "{", "}"));
  }
}
