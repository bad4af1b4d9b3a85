package botdb.bot.page;

import botdb.catalog.json.JsonStrings;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A reply on its way to the browser: a line of JSON for each piece, sent as it comes.
 *
 * <p>The reply is stored whether or not anybody still reads along; so a browser that has gone is
 * noticed and forgotten, and never a reason to stop.
 */
final class ReplyStream implements Consumer<String> {
  static final String TYPE = "application/x-ndjson";

  private final Context context;
  private boolean begun;
  private boolean gone;

  ReplyStream(Context context) {
    this.context = context;
  }

  @Override
  public void accept(String part) {
    line("{\"part\": " + JsonStrings.quote(part) + "}");
  }

  /** Whether something was sent, so that the status of the answer stands. */
  boolean isBegun() {
    return begun;
  }

  void line(String json) {
    if (gone) {
      return;
    }
    try {
      if (!begun) {
        begun = true;
        context.status(200).contentType(TYPE);
        // A proxy in between must not wait for the whole.
        context.header("X-Accel-Buffering", "no");
      }
      OutputStream out = context.res().getOutputStream();
      out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      gone = true;
    }
  }
}
