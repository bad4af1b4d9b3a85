package botdb.bot.output;

import java.util.Locale;

/** Sizes as people read them. */
public final class Sizes {
  private static final int STEP = 1000;
  private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

  private Sizes() {}

  /** Returns a number of bytes: {@code 512 bytes}, {@code 4.1 kB}, {@code -12.3 MB}. */
  public static String of(long bytes) {
    if (Math.abs(bytes) < STEP) {
      return bytes + " bytes";
    }
    double size = (double) bytes / STEP;
    int unit = 0;
    while (Math.abs(size) >= STEP && unit + 1 < UNITS.length) {
      size /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
  }
}
