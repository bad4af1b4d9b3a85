package botdb.bot.http;

import botdb.bot.chat.Chat;
import botdb.catalog.Message;
import botdb.catalog.history.Histories;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.stream.Collectors;

/** What programs of the owner can ask, and the form of the answers. */
public final class HttpApi implements Routes {
  private static final String MESSAGES = "/api/users/{id}/messages";
  private static final int PAGE = 50;
  private static final int LONGEST_PAGE = 200;

  private final Chat chat;
  private final Health health;

  /** Makes the routes. */
  public HttpApi(Chat chat, Health health) {
    this.chat = chat;
    this.health = health;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/health", this::health, Door.OPEN);
    routes.get(MESSAGES, this::page, Door.OWNER);
    // Left to itself, the server answers HEAD with 200 and asks nobody.
    routes.head("/health", this::health, Door.OPEN);
    routes.head(MESSAGES, this::page, Door.OWNER);
    routes.post(MESSAGES, this::say, Door.OWNER);
    routes.delete(MESSAGES, this::clear, Door.OWNER);
  }

  private void health(Context context) {
    answer(context, 200, health.json());
  }

  private void say(Context context) {
    long userId = Requests.userId(context);
    Chat.Exchange exchange = chat.say(userId, Requests.content(context), part -> {});
    answer(
        context,
        201,
        "{\"message\": %s, \"reply\": %s}"
            .formatted(exchange.message().strictJson(), exchange.reply().strictJson()));
  }

  private void page(Context context) {
    long userId = Requests.userId(context);
    int before = Requests.number(context, "before", Histories.END, 0, Histories.END);
    int limit = Requests.number(context, "limit", PAGE, 1, LONGEST_PAGE);
    Histories.Page page = chat.page(userId, before, limit);
    String messages =
        page.messages().stream().map(Message::strictJson).collect(Collectors.joining(", "));
    answer(
        context,
        200,
        "{\"messages\": [%s], \"first\": %d, \"total\": %d}"
            .formatted(messages, page.first(), page.total()));
  }

  private void clear(Context context) {
    chat.clear(Requests.userId(context));
    context.status(204);
  }

  /** Answers with a JSON document. */
  public static void answer(Context context, int status, String json) {
    context.status(status).contentType("application/json").result(json);
  }
}
