package botdb.catalog.json;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How the bytes of a text cell mean characters: <a
 * href="https://sqlite.org/pragma.html#pragma_encoding">PRAGMA encoding</a> of the database. A blob
 * holds UTF-8 everywhere, as RFC 8259, section 8.1, demands.
 */
public enum CellEncoding {
  /** One to four bytes a character. */
  UTF_8(1, StandardCharsets.UTF_8),
  /** Two or four bytes a character, the low byte first. */
  UTF_16LE(2, StandardCharsets.UTF_16LE),
  /** Two or four bytes a character, the high byte first. */
  UTF_16BE(2, StandardCharsets.UTF_16BE);

  /** Stands for every character outside ASCII: allowed in strings of JSON and nowhere else. */
  private static final byte OTHER = 0x7F;

  private final int width;
  private final Charset charset;

  CellEncoding(int width, Charset charset) {
    this.width = width;
    this.charset = charset;
  }

  /**
   * Returns the encoding of a cell.
   *
   * @throws IllegalArgumentException if texts of databases never have this charset
   */
  public static CellEncoding of(Charset charset) {
    for (CellEncoding encoding : values()) {
      if (encoding.charset.equals(charset)) {
        return encoding;
      }
    }
    throw new IllegalArgumentException(charset + " is not the charset of a cell");
  }

  /** Bytes for each unit of the scannable form. */
  int width() {
    return width;
  }

  /**
   * Returns what the scanner can read, a byte a unit: the structure of JSON is ASCII, so that
   * offsets found in it, times the width, are offsets in the cell.
   */
  byte[] scannable(byte[] cell) {
    if (this == UTF_8) {
      return cell;
    }
    byte[] narrow = new byte[(cell.length + 1) / 2];
    for (int i = 0; i < narrow.length; i++) {
      if (2 * i + 1 == cell.length) {
        throw new JsonFault("bytes that are not UTF-16", i);
      }
      char unit = unit(cell, i);
      if (Character.isHighSurrogate(unit)) {
        boolean paired = 2 * i + 3 < cell.length && Character.isLowSurrogate(unit(cell, i + 1));
        if (!paired) {
          throw new JsonFault("bytes that are not UTF-16", i);
        }
        narrow[i++] = OTHER;
      } else if (Character.isLowSurrogate(unit)) {
        throw new JsonFault("bytes that are not UTF-16", i);
      }
      narrow[i] = unit < OTHER ? (byte) unit : OTHER;
    }
    return narrow;
  }

  /**
   * Returns the bytes of a text cell in UTF-8, and those that are UTF-8 already as they are.
   *
   * @throws JsonFault if they are not of this encoding, so that another one would lose some
   */
  public byte[] toUtf8(byte[] cell) {
    if (this == UTF_8) {
      return cell;
    }
    scannable(cell);
    return new String(cell, charset).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns text in this encoding. */
  byte[] bytes(String string) {
    return string.getBytes(charset);
  }

  /** Returns a piece of a cell as text. */
  String string(byte[] cell, int from, int to) {
    return new String(cell, from, to - from, charset);
  }

  private char unit(byte[] cell, int i) {
    int first = cell[2 * i] & 0xff;
    int second = cell[2 * i + 1] & 0xff;
    return (char) (this == UTF_16BE ? first << 8 | second : second << 8 | first);
  }

  /** Returns ASCII in this encoding. */
  byte[] encode(byte[] ascii) {
    if (this == UTF_8) {
      return ascii;
    }
    byte[] wide = new byte[ascii.length * 2];
    for (int i = 0; i < ascii.length; i++) {
      wide[2 * i + (this == UTF_16BE ? 1 : 0)] = ascii[i];
    }
    return wide;
  }
}
