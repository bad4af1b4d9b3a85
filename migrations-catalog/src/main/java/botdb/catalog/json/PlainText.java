package botdb.catalog.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The stretches of a string of JSON in which nothing stands that has a meaning of its own, passed
 * eight bytes at a time.
 *
 * <p>Text that mixes alphabets defeats the branch prediction of a loop over single bytes: with
 * this, a history of Russian and English words is checked in two thirds of the time.
 */
final class PlainText {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** One in each of the eight bytes of a word. */
  private static final long EACH = 0x0101010101010101L;

  private static final long HIGH = 0x80 * EACH;

  private PlainText() {}

  /**
   * Returns the offset of a byte that has to be looked at: a quote, a backslash, a control
   * character, the begin of a character of more than two bytes, bytes that are not UTF-8, or simply
   * one of the last seven.
   */
  static int skip(byte[] text, int from) {
    int at = from;
    int last = text.length - Long.BYTES;
    while (at <= last) {
      long word = (long) WORDS.get(text, at);
      long leads = word & word << 1 & HIGH;
      if (!isOfShortCharacters(word, leads)) {
        return at;
      }
      long stops = stops(word);
      if (stops != 0) {
        return at + (Long.numberOfTrailingZeros(stops) >>> 3);
      }
      // The second half of a character that is cut in two is looked at with its first half.
      at += Long.BYTES - (int) (leads >>> 63);
    }
    return at;
  }

  /**
   * Whether a word is made of characters of one or two bytes, RFC 3629, section 4: UTF8-1 and
   * UTF8-2, of which the last may be cut off.
   *
   * @param leads the highest bit of each byte whose two highest are set
   */
  private static boolean isOfShortCharacters(long word, long leads) {
    long tails = word & ~(word << 1) & HIGH;
    long ofMore = leads & word << 2;
    // C0 and C1 would encode ASCII in two bytes.
    long overlong = leads & ~((word & 0x1E * EACH) + 0x7F * EACH);
    return (tails ^ leads << 8 | ofMore | overlong) == 0;
  }

  /**
   * The highest bit of the first byte that is a quote, a backslash or below a space, and perhaps of
   * later ones; https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord.
   */
  private static long stops(long word) {
    long quotes = word ^ '"' * EACH;
    long backslashes = word ^ '\\' * EACH;
    return (word - ' ' * EACH & ~word | quotes - EACH & ~quotes | backslashes - EACH & ~backslashes)
        & HIGH;
  }
}
