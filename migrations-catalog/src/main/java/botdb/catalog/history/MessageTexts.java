package botdb.catalog.history;

import botdb.catalog.json.JsonArrayScanner;
import botdb.catalog.json.JsonDialect;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where the messages of a history stand in its text; each is built when it is asked for. */
final class MessageTexts {
  private final byte[] text;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int count;

  private MessageTexts(byte[] text) {
    this.text = text;
  }

  /**
   * Finds the messages of a text in UTF-8; an empty one has none.
   *
   * @throws botdb.catalog.json.JsonFault if it is no JSON array of objects
   */
  static MessageTexts of(byte[] text) {
    MessageTexts texts = new MessageTexts(text);
    JsonArrayScanner scanner = new JsonArrayScanner(text, "", JsonDialect.PYTHON);
    while (text.length > 0 && scanner.next()) {
      texts.add(scanner.start(), scanner.end());
    }
    return texts;
  }

  private void add(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    starts[count] = start;
    ends[count++] = end;
  }

  /** The text with one more message at its end; every other byte of the array stays. */
  byte[] with(String message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length + 256);
    int bracket = text.length - 1;
    while (bracket >= 0 && text[bracket] != ']') {
      bracket--;
    }
    bytes.writeBytes(bracket < 0 ? new byte[] {'['} : Arrays.copyOf(text, bracket));
    String added = (count == 0 ? "" : ", ") + message + "]";
    bytes.writeBytes(added.getBytes(StandardCharsets.UTF_8));
    return bytes.toByteArray();
  }

  int count() {
    return count;
  }

  /** Returns the JSON of a message. */
  String text(int position) {
    int start = starts[position];
    return new String(text, start, ends[position] - start, StandardCharsets.UTF_8);
  }
}
