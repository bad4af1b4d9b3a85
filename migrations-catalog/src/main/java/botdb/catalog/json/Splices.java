package botdb.catalog.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Pieces of a cell that are replaced, from left to right; every other byte is copied. */
final class Splices {
  private final byte[] cell;
  private final byte[] text;
  private final CellEncoding encoding;
  private final ByteArrayOutputStream result = new ByteArrayOutputStream();
  private int copied;

  /**
   * Begins with none.
   *
   * @param text the scannable form of the cell, in which offsets are counted
   */
  Splices(byte[] cell, byte[] text, CellEncoding encoding) {
    this.cell = cell;
    this.text = text;
    this.encoding = encoding;
  }

  void replace(int from, int to, String with) {
    copyTo(from * encoding.width());
    result.writeBytes(encoding.bytes(with));
    copied = to * encoding.width();
  }

  private void copyTo(int end) {
    result.write(cell, copied, end - copied);
    copied = end;
  }

  /** Whether the string that begins at a quote means this name, escapes read. */
  boolean isNamed(int quote, String name) {
    int end = JsonStrings.skip(text, quote) - 1;
    return JsonStrings.equals(text, quote + 1, end, name.getBytes(StandardCharsets.US_ASCII));
  }

  String text(int from, int to) {
    int width = encoding.width();
    return encoding.string(cell, from * width, to * width);
  }

  /** Returns the cell with the pieces replaced; the same array if there are none. */
  byte[] result() {
    if (copied == 0) {
      return cell;
    }
    copyTo(cell.length);
    return result.toByteArray();
  }
}
