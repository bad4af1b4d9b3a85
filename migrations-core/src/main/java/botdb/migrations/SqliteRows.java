package botdb.migrations;

import botdb.migrations.CopiedTable.Column;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table, cell by cell.
 *
 * <p>Text goes through as bytes: as Java strings it would take five times as long.
 */
final class SqliteRows {
  /** Which no cell has, and no sink gets. */
  private static final byte[] NOT_UNICODE = {(byte) 0xff};

  private final Connection connection;
  private final CopiedTable table;
  private final @Nullable Charset encoding;

  private SqliteRows(Connection connection, CopiedTable table, @Nullable Charset encoding) {
    this.connection = connection;
    this.table = table;
    this.encoding = encoding;
  }

  static SqliteRows of(Connection connection, CopiedTable table) throws SQLException {
    String encoding = Sql.texts(connection, "PRAGMA encoding").get(0);
    return new SqliteRows(
        connection, table, encoding.equals("UTF-8") ? null : Charset.forName(encoding));
  }

  /** Reads all rows into a sink. */
  void read(CellSink sink) throws SQLException {
    String query = "SELECT " + table.quotedColumns() + from();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        for (int i = 0; i < table.columns().size(); i++) {
          put(row, i + 1, table.columns().get(i).kind(), sink);
        }
        sink.endRow();
      }
    }
  }

  private String from() {
    // In the order of the rows, and not past one that an index has lost.
    return " FROM " + Sql.quote(table.name()) + " NOT INDEXED";
  }

  private void put(ResultSet row, int at, CellKind kind, CellSink sink) throws SQLException {
    switch (kind) {
      case INTEGER -> {
        long value = row.getLong(at);
        if (value == 0 && row.wasNull()) {
          sink.nothing();
        } else {
          sink.whole(value);
        }
      }
      case REAL -> {
        double value = row.getDouble(at);
        if (value == 0 && row.wasNull()) {
          sink.nothing();
        } else {
          sink.real(value);
        }
      }
      case NUMBER_OR_TEXT -> putString(row.getString(at), sink);
      case TEXT_OR_BYTES ->
          // As a string, text that is not Unicode would change.
          putAny(encoding == null ? row.getBytes(at) : row.getObject(at), sink);
      case TEXT, BLOB, TIME, EXACT_TIME -> putBytes(row.getBytes(at), kind, sink);
    }
  }

  private static void putString(@Nullable String text, CellSink sink) throws SQLException {
    if (text == null) {
      sink.nothing();
    } else {
      sink.text(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void putAny(@Nullable Object cell, CellSink sink) throws SQLException {
    if (cell == null) {
      sink.nothing();
    } else if (cell instanceof byte[] bytes) {
      sink.blob(bytes);
    } else {
      sink.blob(cell.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void putBytes(byte @Nullable [] bytes, CellKind kind, CellSink sink) throws SQLException {
    if (bytes == null) {
      sink.nothing();
    } else if (kind == CellKind.BLOB) {
      sink.blob(bytes);
    } else if (kind == CellKind.TEXT) {
      sink.text(utf8(bytes));
    } else {
      sink.time(CopiedTime.parse(utf8(bytes)));
    }
  }

  /** The driver gives text in the encoding of the database. */
  private byte[] utf8(byte[] text) {
    if (encoding == null) {
      return text;
    }
    try {
      return encoding
          .newDecoder()
          .decode(ByteBuffer.wrap(text))
          .toString()
          .getBytes(StandardCharsets.UTF_8);
    } catch (CharacterCodingException e) {
      return NOT_UNICODE;
    }
  }

  /** Reads all rows, and looks whether each cell is what its column is copied as. */
  RowChecksum check(UnsuitableCells unsuitable, Runnable row) throws SQLException {
    SqliteTableShape shape = SqliteTableShape.of(connection, "main", table.name());
    boolean isLabelled = shape != null && shape.identity() == SqliteTableShape.Identity.ROWID;
    String query =
        "SELECT %s, %s, %s"
                .formatted(
                    table.quotedColumns(), wrongColumn(), isLabelled ? shape.key().get(0) : "NULL")
            + from();
    String label = isLabelled ? shape.keyLabels().get(0) + " " : "";
    return check(query, label, unsuitable, row);
  }

  private RowChecksum check(String query, String label, UnsuitableCells unsuitable, Runnable row)
      throws SQLException {
    RowDigest digest = new RowDigest();
    TextCheck sink = new TextCheck(digest);
    int width = table.columns().size();
    try (Statement statement = connection.createStatement();
        ResultSet cells = statement.executeQuery(query)) {
      while (cells.next()) {
        int wrong = cells.getInt(width + 1);
        String fact = wrong == 0 ? "" : "a value of another type";
        for (int i = 0; wrong == 0 && i < width; i++) {
          put(cells, i + 1, table.columns().get(i).kind(), sink);
          fact = sink.takeFault();
          wrong = fact.isEmpty() ? 0 : i + 1;
        }
        if (wrong > 0) {
          String key = label.isEmpty() ? "a row" : label + cells.getLong(width + 2);
          unsuitable.add(table.name(), table.columns().get(wrong - 1).name(), key, fact);
        }
        digest.endRow();
        row.run();
      }
    }
    return digest.checksum();
  }

  /** The number of the first column whose cell has another type than it is copied as; else 0. */
  private String wrongColumn() {
    StringBuilder cases = new StringBuilder("CASE");
    List<Column> columns = table.columns();
    for (int i = 0; i < columns.size(); i++) {
      String column = Sql.quote(columns.get(i).name());
      cases
          .append(" WHEN typeof(")
          .append(column)
          .append(") NOT IN ('null', ")
          .append(types(columns.get(i).kind()))
          .append(')')
          .append(columns.get(i).kind() == CellKind.REAL ? orInexact(column) : "")
          .append(" THEN ")
          .append(i + 1);
    }
    return cases.append(" ELSE 0 END").toString();
  }

  private static String types(CellKind kind) {
    return switch (kind) {
      case INTEGER -> "'integer'";
      case REAL -> "'integer', 'real'";
      case TEXT, TIME, EXACT_TIME -> "'text'";
      case BLOB -> "'blob'";
      case NUMBER_OR_TEXT -> "'integer', 'text'";
      case TEXT_OR_BYTES -> "'text', 'blob', 'integer', 'real'";
    };
  }

  /** A whole number that no double is. */
  private static String orInexact(String column) {
    return " OR typeof(%s) = 'integer' AND CAST(CAST(%s AS REAL) AS INTEGER) <> %s"
        .formatted(column, column, column);
  }

  /** Passes on what is text in any database. */
  private static final class TextCheck implements CellSink {
    private final RowDigest digest;
    private String fault = "";

    TextCheck(RowDigest digest) {
      this.digest = digest;
    }

    String takeFault() {
      String found = fault;
      fault = "";
      return found;
    }

    @Override
    public void nothing() {
      digest.nothing();
    }

    @Override
    public void whole(long value) {
      digest.whole(value);
    }

    @Override
    public void real(double value) {
      digest.real(value);
    }

    @Override
    public void text(byte[] utf8) {
      fault = CopiedText.fault(utf8);
      digest.text(utf8);
    }

    @Override
    public void blob(byte[] bytes) {
      digest.blob(bytes);
    }

    @Override
    public void time(long micros) {
      if (micros == CopiedTime.NONE) {
        fault = "not a time as 2025-11-05 15:30:45 is one";
      } else {
        digest.time(micros);
      }
    }

    @Override
    public void endRow() {
      digest.endRow();
    }
  }
}
