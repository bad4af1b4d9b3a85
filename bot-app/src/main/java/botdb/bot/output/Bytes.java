package botdb.bot.output;

import java.util.Locale;

/** Sizes as people read them, in powers of ten. */
public final class Bytes {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
  private static final int STEP = 1000;

  private Bytes() {}

  /** Returns a size in the unit in which it is shortest: {@code 45.1 kB}. */
  public static String text(long bytes) {
    double amount = bytes;
    int unit = 0;
    while (amount >= STEP && unit < UNITS.length - 1) {
      amount /= STEP;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
  }
}
