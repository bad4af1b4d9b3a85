package botdb.migrations;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as SQLite's CURRENT_TIMESTAMP writes them: UTC, whole seconds. */
final class Times {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS");

  private Times() {}

  static String now() {
    return text(LocalDateTime.now(ZoneOffset.UTC));
  }

  /** With milliseconds, so that what happens within a second has an order. */
  static String exact(LocalDateTime time) {
    return EXACT.format(time);
  }

  static String text(LocalDateTime time) {
    return FORMAT.format(time);
  }
}
