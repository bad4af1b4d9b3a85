package botdb.catalog.json;

/**
 * A text is not the JSON that it should be: where and why, without a word of the text.
 *
 * <p>Carries no stack trace: a database may hold a million faulty cells.
 */
public final class JsonFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int offset;

  JsonFault(String reason, int offset) {
    super(reason, null, false, false);
    this.offset = offset;
  }

  /**
   * Returns the offset at which the fault was noticed, from 0; the length if the text ends too
   * early.
   */
  public int offset() {
    return offset;
  }

  /**
   * Says the fault as people count: characters from 1.
   *
   * @param text the text in UTF-8, or a byte a character
   */
  public String describe(byte[] text) {
    int characters = characters(text, text.length);
    int at = Math.min(characters(text, offset) + 1, characters);
    return "%s (character %d of %d)".formatted(getMessage(), at, characters);
  }

  private static int characters(byte[] text, int end) {
    int count = 0;
    for (int i = 0; i < end; i++) {
      // Bytes 10xxxxxx continue a character of UTF-8 (RFC 3629, section 3).
      if ((text[i] & 0xC0) != 0x80) {
        count++;
      }
    }
    return count;
  }
}
