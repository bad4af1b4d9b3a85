package botdb.bot.page;

import botdb.bot.access.Gate;
import botdb.bot.chat.Chat;
import botdb.bot.http.Routes;
import botdb.migrations.Backups;
import botdb.migrations.Database;
import io.javalin.config.RoutesConfig;
import java.time.ZoneId;
import java.util.List;

/** All pages of a bot. */
public final class Website implements Routes, AutoCloseable {
  private final List<Routes> parts;
  private final StatusPage status;

  private Website(List<Routes> parts, StatusPage status) {
    this.parts = parts;
    this.status = status;
  }

  /**
   * Makes the pages.
   *
   * @param zone the one of the stored timestamps
   */
  public static Website of(Chat chat, Gate gate, Database file, Backups backups, ZoneId zone) {
    StatusPage status = new StatusPage(gate, new StatusText(file, backups), file, zone);
    return new Website(
        List.of(
            new Assets(),
            new LoginPage(gate),
            new ChatPage(gate),
            new ConversationApi(chat, gate, zone),
            status),
        status);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    parts.forEach(part -> part.addTo(routes));
  }

  /** Ends what is under way beside the requests. */
  @Override
  public void close() {
    status.close();
  }
}
