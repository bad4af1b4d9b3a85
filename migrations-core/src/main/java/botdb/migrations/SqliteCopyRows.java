package botdb.migrations;

import botdb.migrations.CopiedTable.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.Collectors;

/** Rows on their way to a table. */
final class SqliteCopyRows implements CopyTarget.Rows {
  private final PreparedStatement insert;
  private int at;

  private SqliteCopyRows(PreparedStatement insert) {
    this.insert = insert;
  }

  static SqliteCopyRows into(Connection connection, CopiedTable table) throws SQLException {
    String values =
        table.columns().stream().map(SqliteCopyRows::value).collect(Collectors.joining(", "));
    return new SqliteCopyRows(
        connection.prepareStatement(
            "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(Sql.quote(table.name()), table.quotedColumns(), values)));
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
    insert.setBytes(++at, utf8);
  }

  @Override
  public void blob(byte[] bytes) throws SQLException {
    insert.setBytes(++at, bytes);
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
