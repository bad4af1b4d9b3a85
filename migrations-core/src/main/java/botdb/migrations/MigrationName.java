package botdb.migrations;

import org.jspecify.annotations.Nullable;

/**
 * The name of a migration, {@code migration_001_add_notes}, as it follows from that of its class,
 * {@code Migration001AddNotes}.
 *
 * <p>Every start asks for it: so by hand, and not by regular expressions, which load classes.
 *
 * @param number its number
 * @param name the whole name
 */
record MigrationName(int number, String name) {
  private static final String OF_CLASS = "Migration";
  private static final String OF_ROW = "migration_";
  private static final int DIGITS = 3;

  /** The name of the migration in a class of this simple name; null if the class is none. */
  static @Nullable MigrationName ofClass(String simpleName) {
    int words = OF_CLASS.length() + DIGITS;
    if (!simpleName.startsWith(OF_CLASS) || !hasDigits(simpleName, OF_CLASS.length())) {
      return null;
    }
    if (simpleName.length() == words || !isUpper(simpleName.charAt(words))) {
      return null;
    }
    String digits = simpleName.substring(OF_CLASS.length(), words);
    StringBuilder name = new StringBuilder(OF_ROW).append(digits);
    for (int i = words; i < simpleName.length(); i++) {
      char c = simpleName.charAt(i);
      if (isUpper(c)) {
        name.append('_').append((char) (c + ('a' - 'A')));
      } else if (isLower(c) || isDigit(c)) {
        name.append(c);
      } else {
        return null;
      }
    }
    return new MigrationName(Integer.parseInt(digits), name.toString());
  }

  /** The number in the name of any migration, known or not; null if there is none. */
  static @Nullable Integer numberIn(String name) {
    int end = OF_ROW.length() + DIGITS;
    return name.startsWith(OF_ROW)
            && hasDigits(name, OF_ROW.length())
            && name.length() > end
            && name.charAt(end) == '_'
        ? Integer.valueOf(name.substring(OF_ROW.length(), end))
        : null;
  }

  private static boolean hasDigits(String text, int from) {
    if (text.length() < from + DIGITS) {
      return false;
    }
    for (int i = from; i < from + DIGITS; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
