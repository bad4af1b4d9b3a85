package botdb.bot.command;

import botdb.bot.output.Columns;
import botdb.bot.output.VisibleText;
import botdb.catalog.Message;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** A message as people read it: {@code 2025-11-05 15:30:45 user Hello!}. */
final class HistoryText {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final int TIME_WIDTH = 19;
  private static final int ROLE_WIDTH = 9;
  private static final String INDENT = " ".repeat(TIME_WIDTH + ROLE_WIDTH + 4);

  private HistoryText() {}

  static String of(Message message) {
    String role = message.role() == null ? "?" : VisibleText.line(message.role());
    String content = message.content() == null ? "(no text)" : message.content();
    return Columns.pad(time(message.timestamp()), TIME_WIDTH)
        + "  "
        + Columns.pad(role, ROLE_WIDTH)
        + "  "
        + VisibleText.block(content, INDENT);
  }

  private static String time(@Nullable LocalDateTime timestamp) {
    return timestamp == null ? "time unknown" : TIME.format(timestamp);
  }
}
