package botdb.bot.page;

import botdb.bot.http.Door;
import botdb.bot.http.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;

/** The files that the pages consist of, by name and no other: nothing of a path is ever opened. */
final class Assets implements Routes {
  private static final String SCRIPT = "text/javascript; charset=utf-8";

  /** Each file and its type. */
  private static final Map<String, String> TYPES =
      Map.of(
          "page.css", "text/css; charset=utf-8",
          "icon.svg", "image/svg+xml",
          "chat.js", SCRIPT,
          "conversation.js", SCRIPT,
          "timeline.js", SCRIPT,
          "message.js", SCRIPT,
          "search.js", SCRIPT,
          "status.js", SCRIPT);

  @Override
  public void addTo(RoutesConfig routes) {
    TYPES.forEach(
        (name, type) -> {
          byte[] content = Resource.bytes(name);
          String tag = '"' + sha256(content).substring(0, 32) + '"';
          routes.get("/assets/" + name, context -> send(context, content, type, tag), Door.OPEN);
        });
  }

  private static void send(Context context, byte[] content, String type, String tag) {
    // Asked for again each time, so that a new version of the bot is never half of an old one.
    context.header("Cache-Control", "no-cache");
    context.header("ETag", tag);
    if (tag.equals(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.contentType(type).result(content);
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }
}
