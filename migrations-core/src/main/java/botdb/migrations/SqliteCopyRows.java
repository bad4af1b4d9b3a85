package botdb.migrations;

import botdb.migrations.CopiedTable.Column;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Rows on their way to a table. */
final class SqliteCopyRows implements CopyTarget.Rows {
  private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9]\\d{0,17}");

  private final PreparedStatement insert;
  private final List<Column> columns;
  private int at;

  private SqliteCopyRows(PreparedStatement insert, List<Column> columns) {
    this.insert = insert;
    this.columns = columns;
  }

  static SqliteCopyRows into(Connection connection, CopiedTable table) throws SQLException {
    String values =
        table.columns().stream().map(SqliteCopyRows::value).collect(Collectors.joining(", "));
    return new SqliteCopyRows(
        connection.prepareStatement(
            "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(Sql.quote(table.name()), table.quotedColumns(), values)),
        table.columns());
  }

  /** Text comes as bytes; Java strings would take five times as long. */
  private static String value(Column column) {
    return column.kind() == CellKind.TEXT || column.kind().isTime() ? "CAST(? AS TEXT)" : "?";
  }

  @Override
  public void nothing() throws SQLException {
    insert.setObject(++at, null);
  }

  @Override
  public void whole(long value) throws SQLException {
    insert.setLong(++at, value);
  }

  @Override
  public void real(double value) throws SQLException {
    insert.setDouble(++at, value);
  }

  @Override
  public void text(byte[] utf8) throws SQLException {
    if (columns.get(at).kind() == CellKind.NUMBER_OR_TEXT) {
      String text = new String(utf8, StandardCharsets.UTF_8);
      if (WHOLE_NUMBER.matcher(text).matches()) {
        whole(Long.parseLong(text));
      } else {
        insert.setString(++at, text);
      }
    } else {
      insert.setBytes(++at, utf8);
    }
  }

  @Override
  public void blob(byte[] bytes) throws SQLException {
    boolean isText =
        columns.get(at).kind() == CellKind.TEXT_OR_BYTES && CopiedText.fault(bytes).isEmpty();
    if (isText) {
      insert.setString(++at, new String(bytes, StandardCharsets.UTF_8));
    } else {
      insert.setBytes(++at, bytes);
    }
  }

  @Override
  public void time(long micros) throws SQLException {
    insert.setBytes(++at, CopiedTime.text(micros));
  }

  @Override
  public void endRow() throws SQLException {
    insert.executeUpdate();
    at = 0;
  }

  @Override
  public void finish() throws SQLException {
    insert.close();
  }
}
