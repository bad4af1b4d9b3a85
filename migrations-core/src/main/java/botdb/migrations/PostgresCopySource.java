package botdb.migrations;

import botdb.migrations.CopiedTable.Column;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyInputStream;

/** A database on a server, read in one transaction. */
final class PostgresCopySource implements CopySource {
  private static final int SIGNATURE = 11;
  private static final int BUFFER = 1 << 16;

  private final PostgresDatabase database;
  private final Connection connection;

  PostgresCopySource(PostgresDatabase database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public Contents contents() throws SQLException {
    List<String> left = new ArrayList<>();
    List<CopiedTable> tables = PostgresCopiedTables.read(connection, left);
    left.addAll(PostgresCopiedTables.others(connection));
    return new Contents(tables, left);
  }

  @Override
  public long count(CopiedTable table) throws SQLException {
    return Sql.count(connection, "SELECT count(*) FROM " + Sql.quote(table.name()));
  }

  @Override
  public RowChecksum check(CopiedTable table, UnsuitableCells unsuitable, Runnable row)
      throws SQLException {
    PostgresCopiedRows cells = PostgresCopiedRows.of(database, connection, table);
    cells.findUnsuitable(unsuitable);
    return cells.checksum();
  }

  /**
   * Reads the <a href="https://www.postgresql.org/docs/14/sql-copy.html#id-1.9.3.55.9.4">binary
   * format</a> of {@code COPY}.
   */
  @Override
  public void read(CopiedTable table, CellSink sink) throws SQLException {
    String copy =
        "COPY (%s) TO STDOUT (FORMAT binary)"
            .formatted(PostgresCopiedRows.of(database, connection, table).query());
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(
                new PGCopyInputStream(connection.unwrap(PGConnection.class), copy), BUFFER))) {
      in.skipNBytes(SIGNATURE + Integer.BYTES);
      in.skipNBytes(in.readInt());
      while (in.readShort() >= 0) {
        for (Column column : table.columns()) {
          put(in, column.kind(), sink);
        }
        sink.endRow();
      }
    } catch (IOException e) {
      throw e.getCause() instanceof SQLException cause
          ? cause
          : new SQLException("the server broke off", "08006", e);
    }
  }

  private static void put(DataInputStream in, CellKind kind, CellSink sink)
      throws IOException, SQLException {
    int length = in.readInt();
    if (length < 0) {
      sink.nothing();
      return;
    }
    switch (kind) {
      case INTEGER -> sink.whole(in.readLong());
      case REAL -> sink.real(in.readDouble());
      case TEXT, NUMBER_OR_TEXT -> sink.text(bytes(in, length));
      case BLOB, TEXT_OR_BYTES -> sink.blob(bytes(in, length));
      case TIME, EXACT_TIME -> sink.time(in.readLong());
    }
  }

  private static byte[] bytes(DataInputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
