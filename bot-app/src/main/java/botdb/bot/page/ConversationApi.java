package botdb.bot.page;

import botdb.bot.access.Gate;
import botdb.bot.access.Visitors;
import botdb.bot.chat.Chat;
import botdb.bot.chat.NoReplyException;
import botdb.bot.http.Door;
import botdb.bot.http.Failures;
import botdb.bot.http.HttpApi;
import botdb.bot.http.Problem;
import botdb.bot.http.Requests;
import botdb.bot.http.Routes;
import botdb.catalog.history.Histories;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.StringJoiner;

/** What the page of a conversation asks for: always the one of the browser that asks. */
final class ConversationApi implements Routes {
  private static final String MESSAGES = "/api/conversation/messages";
  private static final int PAGE = 50;
  private static final int LONGEST_PAGE = 200;
  private static final int LONGEST_QUERY = 200;

  private final Chat chat;
  private final Visitors visitors;
  private final Gate gate;
  private final ZoneId zone;
  private final Turns turns = new Turns();

  /**
   * Makes the routes.
   *
   * @param zone the one of the stored timestamps
   */
  ConversationApi(Chat chat, Gate gate, ZoneId zone) {
    this.chat = chat;
    this.visitors = gate.visitors();
    this.gate = gate;
    this.zone = zone;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(MESSAGES, this::page, Door.VISITOR);
    routes.post(MESSAGES, this::say, Door.VISITOR);
    routes.delete(MESSAGES, this::clear, Door.VISITOR);
    routes.get("/api/conversation/search", this::search, Door.VISITOR);
    routes.get("/api/conversation/export", this::export, Door.VISITOR);
  }

  private void page(Context context) {
    int before = Requests.number(context, "before", Histories.END, 0, Histories.END);
    int limit = Requests.number(context, "limit", PAGE, 1, LONGEST_PAGE);
    Histories.Page page = chat.page(visitors.userId(context), before, limit);
    StringJoiner messages = new StringJoiner(", ");
    for (int i = 0; i < page.messages().size(); i++) {
      messages.add(ShownMessage.json(page.first() + i, page.messages().get(i), zone));
    }
    HttpApi.answer(
        context,
        200,
        "{\"messages\": [%s], \"first\": %d, \"total\": %d}"
            .formatted(messages, page.first(), page.total()));
  }

  private void say(Context context) {
    long userId = visitors.userId(context);
    gate.rates().message(userId);
    String content = Requests.content(context);
    ReplyStream stream = new ReplyStream(context);
    try {
      Chat.Exchange exchange = turns.take(userId, () -> chat.say(userId, content, stream));
      int total = chat.page(userId, Histories.END, 1).total();
      stream.line(
          "{\"message\": %s, \"reply\": %s}"
              .formatted(
                  ShownMessage.json(total - 2, exchange.message(), zone),
                  ShownMessage.json(total - 1, exchange.reply(), zone)));
    } catch (NoReplyException e) {
      Problem problem = Failures.noReply();
      if (!stream.isBegun()) {
        throw problem;
      }
      stream.line(problem.json());
    }
  }

  private void clear(Context context) {
    chat.clear(visitors.userId(context));
    context.status(204);
  }

  private void search(Context context) {
    String query = context.queryParam("q");
    if (query == null || query.isBlank() || query.length() > LONGEST_QUERY) {
      throw new Problem(400, "invalid_q", "q has from 1 to %d characters".formatted(LONGEST_QUERY));
    }
    Found found = new Found(query.strip());
    chat.forEach(visitors.userId(context), found);
    StringJoiner hits = new StringJoiner(", ");
    found.hits().forEach(hit -> hits.add(ShownMessage.json(hit.position(), hit.message(), zone)));
    HttpApi.answer(
        context, 200, "{\"messages\": [%s], \"count\": %d}".formatted(hits, found.count()));
  }

  /** Collected first, since the database waits meanwhile and shall not wait for a slow reader. */
  private void export(Context context) {
    StringJoiner messages = new StringJoiner(",\n", "[", "]\n");
    chat.forEach(visitors.userId(context), message -> messages.add(message.strictJson()));
    context.header("Content-Disposition", "attachment; filename=\"conversation.json\"");
    context
        .contentType("application/json")
        .result(messages.toString().getBytes(StandardCharsets.UTF_8));
  }
}
