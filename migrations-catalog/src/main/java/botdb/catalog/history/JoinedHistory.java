package botdb.catalog.history;

import botdb.catalog.json.JsonArrayScanner;
import botdb.catalog.json.JsonDialect;
import java.io.ByteArrayOutputStream;

/**
 * Two histories of one user, the older before the newer, as one.
 *
 * <p>Every message keeps its text to the byte, and so does all that stands between messages; where
 * one of the two has no messages, the other one is the result as it is.
 *
 * @param text the array, in UTF-8
 * @param older how many messages come from the older one
 * @param newer how many messages come from the newer one
 */
record JoinedHistory(byte[] text, int older, int newer) {

  /**
   * Joins two texts in UTF-8; an empty one is a history without messages.
   *
   * @throws botdb.catalog.json.JsonFault if one is no JSON array of objects
   */
  static JoinedHistory of(byte[] older, byte[] newer) {
    Extent before = Extent.of(older);
    Extent after = Extent.of(newer);
    byte[] text;
    if (after.count == 0) {
      text = older;
    } else if (before.count == 0) {
      text = newer;
    } else {
      ByteArrayOutputStream joined = new ByteArrayOutputStream(older.length + newer.length);
      joined.write(older, 0, before.end);
      joined.write(',');
      joined.write(' ');
      joined.write(newer, after.start, newer.length - after.start);
      text = joined.toByteArray();
    }
    return new JoinedHistory(text, before.count, after.count);
  }

  /** Where the first message begins and the last one ends. */
  private record Extent(int start, int end, int count) {

    static Extent of(byte[] text) {
      JsonArrayScanner scanner = new JsonArrayScanner(text, "", JsonDialect.PYTHON);
      int start = 0;
      while (text.length > 0 && scanner.next()) {
        start = scanner.count() == 1 ? scanner.start() : start;
      }
      return new Extent(start, scanner.end(), scanner.count());
    }
  }
}
