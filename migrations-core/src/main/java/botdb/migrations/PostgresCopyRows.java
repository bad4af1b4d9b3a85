package botdb.migrations;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way to a table, in the <a
 * href="https://www.postgresql.org/docs/14/sql-copy.html#id-1.9.3.55.9.4">binary format</a> of
 * {@code COPY}, in which nothing has to be escaped.
 */
final class PostgresCopyRows implements CopyTarget.Rows {
  private static final byte[] SIGNATURE =
      "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
  private static final int BUFFER = 1 << 16;
  private static final int NULL = -1;
  private static final short END = -1;

  private final CopyIn copy;
  private final short width;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private boolean isRowBegun;

  private PostgresCopyRows(CopyIn copy, int width) {
    this.copy = copy;
    this.width = (short) width;
  }

  static PostgresCopyRows into(Connection connection, CopiedTable table) throws SQLException {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY %s (%s) FROM STDIN (FORMAT binary)"
                    .formatted(Sql.quote(table.name()), table.quotedColumns()));
    PostgresCopyRows rows = new PostgresCopyRows(copy, table.columns().size());
    rows.buffer.put(SIGNATURE).putInt(0).putInt(0);
    return rows;
  }

  @Override
  public void nothing() throws SQLException {
    cell(0).putInt(NULL);
  }

  @Override
  public void whole(long value) throws SQLException {
    cell(Long.BYTES).putInt(Long.BYTES).putLong(value);
  }

  @Override
  public void real(double value) throws SQLException {
    cell(Double.BYTES).putInt(Double.BYTES).putDouble(value);
  }

  @Override
  public void text(byte[] utf8) throws SQLException {
    blob(utf8);
  }

  @Override
  public void blob(byte[] bytes) throws SQLException {
    cell(0).putInt(bytes.length);
    if (bytes.length > buffer.remaining()) {
      flush();
    }
    if (bytes.length > buffer.remaining()) {
      copy.writeToCopy(bytes, 0, bytes.length);
    } else {
      buffer.put(bytes);
    }
  }

  /** The server counts as we do. */
  @Override
  public void time(long micros) throws SQLException {
    whole(micros);
  }

  private ByteBuffer cell(int bytes) throws SQLException {
    if (buffer.remaining() < Short.BYTES + Integer.BYTES + bytes) {
      flush();
    }
    if (!isRowBegun) {
      isRowBegun = true;
      buffer.putShort(width);
    }
    return buffer;
  }

  @Override
  public void endRow() {
    isRowBegun = false;
  }

  private void flush() throws SQLException {
    copy.writeToCopy(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  @Override
  public void finish() throws SQLException {
    if (buffer.remaining() < Short.BYTES) {
      flush();
    }
    buffer.putShort(END);
    flush();
    copy.endCopy();
  }
}
