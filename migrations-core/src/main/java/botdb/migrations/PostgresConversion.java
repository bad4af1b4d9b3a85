package botdb.migrations;

/**
 * The values of a column in another type.
 *
 * <p>A cast alone would cut texts off and round numbers, and write bytes as the digits of them.
 */
record PostgresConversion(String from, String to) {
  private static final String BYTES = "bytea";

  /** Returns a value in the new type, as SQL; one that the type cannot hold fails. */
  String of(String value) {
    if (from.equals(BYTES) && isText(to)) {
      return "CAST(convert_from(%s, 'UTF8') AS %s)".formatted(value, to);
    }
    if (isText(from) && to.equals(BYTES)) {
      return "convert_to(%s, 'UTF8')".formatted(value);
    }
    return "CAST(%s AS %s)".formatted(value, to);
  }

  /** Returns whether a value is the same in the new type, as SQL. */
  String keeps(String value) {
    String converted = of(value);
    // What a text says may be written in several ways.
    return isText(from) && !isText(to)
        ? "(%s IS NULL) = (%s IS NULL)".formatted(converted, value)
        : "%s IS NOT DISTINCT FROM %s"
            .formatted(new PostgresConversion(to, from).of(converted), value);
  }

  private static boolean isText(String type) {
    return type.equals("text") || type.startsWith("character");
  }
}
