package botdb.migrations;

import java.math.BigInteger;

/**
 * How many rows a table has, and what they hold: the sum of a hash of each, whatever their order.
 *
 * <p>The hash is the first eight bytes, as a signed number, of SHA-256 of the text of the row. That
 * text is that of its cells one after the other: {@code -} for NULL, else the number of its bytes,
 * a colon and the cell, a double and a blob in hexadecimal digits, a time with six digits behind
 * its seconds.
 */
record RowChecksum(long rows, BigInteger sum) {
  static final RowChecksum EMPTY = new RowChecksum(0, BigInteger.ZERO);
}
