package botdb.catalog.json;

/** What is taken for JSON. */
public enum JsonDialect {
  /** RFC 8259, to the letter. */
  RFC_8259,
  /**
   * RFC 8259 and the numbers {@code NaN}, {@code Infinity} and {@code -Infinity}, which the Python
   * bot wrote where a number was too large for it, and which it could read again.
   */
  PYTHON
}
