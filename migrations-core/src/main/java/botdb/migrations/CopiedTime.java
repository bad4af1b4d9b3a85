package botdb.migrations;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Times as SQLite and Python write them, and as microseconds since the year 2000, as PostgreSQL
 * counts them.
 *
 * <p>Only those have a number that read again as they were written, to the letter.
 */
final class CopiedTime {
  /** What no time has as its number. */
  static final long NONE = Long.MIN_VALUE;

  private static final long EPOCH = 946_684_800;
  private static final int MICROS = 1_000_000;
  private static final int NANOS_OF_A_MICRO = 1000;
  private static final String FORM = "0000-00-00 00:00:00";
  private static final String EXACT_FORM = FORM + ".000000";

  private CopiedTime() {}

  /** Reads {@code 2025-11-05 15:30:45} or {@code 2025-11-05 15:30:45.123456}; else none. */
  static long parse(byte[] text) {
    boolean isExact = text.length == EXACT_FORM.length();
    if (!hasForm(text, isExact ? EXACT_FORM : FORM)) {
      return NONE;
    }
    try {
      LocalDateTime time =
          LocalDateTime.of(
              number(text, 0, 4),
              number(text, 5, 2),
              number(text, 8, 2),
              number(text, 11, 2),
              number(text, 14, 2),
              number(text, 17, 2));
      int micros = isExact ? number(text, FORM.length() + 1, 6) : 0;
      boolean isWrittenLonger = isExact && micros == 0;
      return time.getYear() == 0 || isWrittenLonger
          ? NONE
          : (time.toEpochSecond(ZoneOffset.UTC) - EPOCH) * MICROS + micros;
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  private static boolean hasForm(byte[] text, String form) {
    boolean same = text.length == form.length();
    for (int i = 0; same && i < text.length; i++) {
      char expected = form.charAt(i);
      same = expected == '0' ? text[i] >= '0' && text[i] <= '9' : text[i] == expected;
    }
    return same;
  }

  private static int number(byte[] text, int start, int digits) {
    int number = 0;
    for (int i = start; i < start + digits; i++) {
      number = number * 10 + text[i] - '0';
    }
    return number;
  }

  /** Writes what {@link #parse} reads. */
  static byte[] text(long micros) {
    String exact = exact(micros);
    return (isWholeSecond(micros) ? exact.substring(0, FORM.length()) : exact)
        .getBytes(StandardCharsets.US_ASCII);
  }

  static boolean isWholeSecond(long micros) {
    return Math.floorMod(micros, MICROS) == 0;
  }

  /** Writes it with six digits behind the seconds, whatever they are. */
  static String exact(long micros) {
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            EPOCH + Math.floorDiv(micros, MICROS),
            Math.floorMod(micros, MICROS) * NANOS_OF_A_MICRO,
            ZoneOffset.UTC);
    return Times.text(time)
        + String.format(Locale.ROOT, ".%06d", time.getNano() / NANOS_OF_A_MICRO);
  }
}
