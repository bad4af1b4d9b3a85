package botdb.bot.output;

/** Text in columns. */
public final class Columns {
  private static final int NUMBER_WIDTH = 3;

  private Columns() {}

  /** Returns the text with blanks behind it up to a width. */
  public static String pad(String text, int width) {
    StringBuilder padded = new StringBuilder(text);
    while (padded.length() < width) {
      padded.append(' ');
    }
    return padded.toString();
  }

  /** Returns a number of a migration in three digits. */
  public static String number(int number) {
    StringBuilder digits = new StringBuilder().append(number);
    while (digits.length() < NUMBER_WIDTH) {
      digits.insert(0, '0');
    }
    return digits.toString();
  }
}
