package botdb.migrations;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The lines of a stream as bytes, one at a time, each as long as it may be. */
final class ByteLines {
  private static final int BEGINNING = 1 << 16;

  private final InputStream in;
  private byte[] buffer = new byte[BEGINNING];
  private int start;
  private int end;
  private int filled;

  ByteLines(InputStream in) {
    this.in = in;
  }

  /** Goes to the next line; the last one may lack its end. */
  boolean next() throws IOException {
    start = end;
    for (int i = start; ; i++) {
      if (i == filled) {
        i -= start;
        if (!fill()) {
          end = filled;
          return end > start;
        }
      }
      if (buffer[i] == '\n') {
        end = i + 1;
        return true;
      }
    }
  }

  /** Moves the line to the front and reads what follows. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, start, buffer, 0, filled - start);
    filled -= start;
    start = 0;
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    int read = in.read(buffer, filled, buffer.length - filled);
    filled += Math.max(0, read);
    return read > 0;
  }

  /** Returns what the line is a part of, its end of line included; valid until the next one. */
  byte[] bytes() {
    return buffer;
  }

  int offset() {
    return start;
  }

  int length() {
    return end - start;
  }

  /** Whether the line is this one, in ASCII. */
  boolean is(String ascii) {
    return length() == ascii.length() + 1
        && Arrays.equals(
            buffer, start, end - 1, ascii.getBytes(StandardCharsets.US_ASCII), 0, ascii.length());
  }

  /** Returns the line without its end. */
  String text() {
    int last = end > start && buffer[end - 1] == '\n' ? end - 1 : end;
    return new String(buffer, start, last - start, StandardCharsets.UTF_8);
  }
}
