package botdb.migrations;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Computes a {@link RowChecksum} of the rows that it is given. */
final class RowDigest implements CellSink {
  private static final byte[] NOTHING = {'-'};

  private final MessageDigest digest;
  private BigInteger sum = BigInteger.ZERO;
  private long rows;

  RowDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  RowChecksum checksum() {
    return new RowChecksum(rows, sum);
  }

  @Override
  public void nothing() {
    digest.update(NOTHING);
  }

  @Override
  public void whole(long value) {
    ascii(Long.toString(value));
  }

  @Override
  public void real(double value) {
    ascii(HexFormat.of().toHexDigits(Double.doubleToRawLongBits(value)));
  }

  @Override
  public void text(byte[] utf8) {
    digest.update((utf8.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(utf8);
  }

  @Override
  public void blob(byte[] bytes) {
    ascii(HexFormat.of().formatHex(bytes));
  }

  @Override
  public void time(long micros) {
    ascii(CopiedTime.exact(micros));
  }

  private void ascii(String text) {
    text(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void endRow() {
    sum = sum.add(BigInteger.valueOf(ByteBuffer.wrap(digest.digest()).getLong()));
    rows++;
  }
}
