package botdb.it.benchmark;

import java.util.Locale;

/** Something measured: how long, or how much memory. */
record Quantity(double value, Unit unit) {
  private static final double BYTES_OF_A_MEBIBYTE = 1024 * 1024;

  enum Unit {
    SECONDS,
    BYTES
  }

  static Quantity seconds(double seconds) {
    return new Quantity(seconds, Unit.SECONDS);
  }

  static Quantity bytes(double bytes) {
    return new Quantity(bytes, Unit.BYTES);
  }

  static Quantity mebibytes(double mebibytes) {
    return bytes(mebibytes * BYTES_OF_A_MEBIBYTE);
  }

  double dividedBy(Quantity other) {
    if (unit != other.unit) {
      throw new IllegalArgumentException(this + " cannot be compared with " + other);
    }
    return value / other.value;
  }

  /** Three digits that count, in the unit that shows them best. */
  @Override
  public String toString() {
    if (unit == Unit.BYTES) {
      return digits(value / BYTES_OF_A_MEBIBYTE) + " MiB";
    }
    if (value >= 0.1) {
      return digits(value) + " s";
    }
    return value >= 0.001 ? digits(value * 1e3) + " ms" : digits(value * 1e6) + " µs";
  }

  private static String digits(double number) {
    String pattern = number >= 100 ? "%.0f" : number >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, pattern, number);
  }
}
