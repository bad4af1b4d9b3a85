package botdb.migrations;

import static java.nio.charset.StandardCharsets.UTF_8;

import botdb.migrations.cells.Cells;
import botdb.migrations.cells.Cells.Cell;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a table, streamed out in batches and known by their keys: the primary key where it is
 * one column, else where the row lies.
 *
 * <p>First come keys and lengths, through a cursor; the cells of a batch are read when it is full.
 * So memory is needed for a few megabytes and for the longest cell, whatever lies in the table.
 */
final class PostgresCellRows {
  private static final int ROWS = 1000;
  private static final long BYTES = 8L << 20;

  private final Connection connection;
  private final String table;
  private final String column;
  private final String key;
  private final String keyType;
  private final String name;

  private PostgresCellRows(
      Connection connection, String table, String column, String key, String keyType, String name) {
    this.connection = connection;
    this.table = table;
    this.column = column;
    this.key = key;
    this.keyType = keyType;
    this.name = name;
  }

  /**
   * Looks at a table.
   *
   * @throws MigrationException.UnsuitableData if the column holds no text
   */
  static PostgresCellRows of(Connection connection, Cells.Column column) throws SQLException {
    refuseOtherTypes(connection, column);
    List<String> keys =
        Sql.texts(
            connection,
            "SELECT quote_ident(attname) || chr(1) || format_type(atttypid, atttypmod)"
                + " FROM pg_index JOIN pg_attribute"
                + " ON attrelid = indrelid AND attnum = indkey[0]"
                + " WHERE indrelid = to_regclass(quote_ident(?)) AND indisprimary"
                + " AND indnkeyatts = 1",
            column.table());
    String[] key = (keys.isEmpty() ? "ctid\001tid" : keys.get(0)).split("\001");
    return new PostgresCellRows(
        connection,
        Sql.quote(column.table()),
        "t." + Sql.quote(column.name()),
        key[0],
        key[1],
        key[0]);
  }

  private static void refuseOtherTypes(Connection connection, Cells.Column column)
      throws SQLException {
    List<String> others =
        Sql.texts(
            connection,
            "SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                + " JOIN pg_type ON pg_type.oid = atttypid"
                + " WHERE attrelid = to_regclass(quote_ident(?)) AND attname = ?"
                + " AND typcategory <> 'S'",
            column.table(),
            column.name());
    if (!others.isEmpty()) {
      throw new MigrationException.UnsuitableData(
          List.of(
              "%s.%s is of type %s and not text"
                  .formatted(column.table(), column.name(), others.get(0))),
          "change the type of the column to text, then start again");
    }
  }

  /** A row that is known by its key, and what lies in its cell. */
  @SuppressWarnings("ArrayRecordComponent")
  record Row(String key, byte[] bytes) {

    Cell cell() {
      return new Cell(bytes, UTF_8);
    }
  }

  /** Takes rows in the order of their keys. */
  interface Batch {
    /** Returns whether to go on. */
    boolean take(List<Row> rows) throws SQLException;
  }

  /** Gives the rows to somebody who will write them; nobody else does until then. */
  boolean forUpdate(String where, Batch batch) throws SQLException {
    return stream(column, "octet_length(" + column + ")", where, " FOR UPDATE", batch);
  }

  /**
   * Gives the rows to somebody who reads.
   *
   * @param cell what to read, as SQL over the table as {@code t}
   * @param length how many bytes that has
   */
  void read(String cell, String length, Batch batch) throws SQLException {
    stream(cell, length, "true", "", batch);
  }

  /** Returns the same rows, known by a column that need not tell them apart, for reading only. */
  PostgresCellRows named(String name) {
    return new PostgresCellRows(connection, table, column, key, keyType, Sql.quote(name));
  }

  private boolean stream(String cell, String length, String where, String lock, Batch batch)
      throws SQLException {
    String sql =
        "SELECT t.%s::text, %s FROM %s AS t WHERE %s ORDER BY t.%s%s"
            .formatted(key, length, table, where, key, lock);
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(ROWS);
      try (ResultSet rows = statement.executeQuery(sql)) {
        List<String> keys = new ArrayList<>();
        long bytes = 0;
        while (rows.next()) {
          keys.add(rows.getString(1));
          bytes += rows.getLong(2);
          if (keys.size() == ROWS || bytes >= BYTES) {
            if (!batch.take(cells(cell, keys))) {
              return false;
            }
            keys.clear();
            bytes = 0;
          }
        }
        return keys.isEmpty() || batch.take(cells(cell, keys));
      }
    }
  }

  private List<Row> cells(String cell, List<String> keys) throws SQLException {
    String sql =
        "SELECT coalesce(t.%s::text, 'null'), %s FROM %s WITH ORDINALITY AS k(key, n) JOIN %s AS t ON t.%s = k.key ORDER BY k.n"
            .formatted(name, cell, unnest(), table, key);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("text", keys.toArray()));
      List<Row> found = new ArrayList<>(keys.size());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          byte[] bytes = rows.getBytes(2);
          found.add(new Row(rows.getString(1), bytes == null ? new byte[0] : bytes));
        }
      }
      return found;
    }
  }

  /** Takes a parameter: the keys as an array of text. */
  private String unnest() {
    return "unnest(CAST(? AS text[])::" + keyType + "[])";
  }

  /** Writes cells back, in UTF-8. */
  void write(List<Row> rows) throws SQLException {
    String sql =
        "UPDATE %s AS t SET %s = convert_from(v.cell, 'UTF8')"
            + " FROM unnest(CAST(? AS text[])::%s[], ?) AS v(key, cell) WHERE t.%s = v.key";
    String name = column.substring("t.".length());
    try (PreparedStatement statement =
        connection.prepareStatement(sql.formatted(table, name, keyType, key))) {
      statement.setArray(1, keys(rows));
      byte[][] cells = rows.stream().map(Row::bytes).toArray(byte[][]::new);
      statement.setArray(2, connection.createArrayOf("bytea", cells));
      statement.executeUpdate();
    }
  }

  private java.sql.Array keys(List<Row> rows) throws SQLException {
    return connection.createArrayOf("text", rows.stream().map(Row::key).toArray());
  }

  /**
   * Moves cells into {@code set_aside} and leaves empty arrays.
   *
   * @param named the column that the row is named by there
   * @param reasons what is wrong, in the order of the rows
   */
  void setAside(
      List<Row> rows, List<String> reasons, Cells.Column of, String named, String migration)
      throws SQLException {
    String copy =
        "INSERT INTO set_aside"
            + " (table_name, column_name, key_name, key, reason, migration, cell)"
            + " SELECT ?, ?, ?, t.%s::text, v.reason, ?, convert_to(%s, 'UTF8')"
            + " FROM unnest(CAST(? AS text[])::%s[], CAST(? AS text[])) WITH ORDINALITY"
            + " AS v(key, reason, n) JOIN %s AS t ON t.%s = v.key ORDER BY v.n";
    try (PreparedStatement statement =
        connection.prepareStatement(
            copy.formatted(Sql.quote(named), column, keyType, table, key))) {
      statement.setString(1, of.table());
      statement.setString(2, of.name());
      statement.setString(3, named);
      statement.setString(4, migration);
      statement.setArray(5, keys(rows));
      statement.setArray(6, connection.createArrayOf("text", reasons.toArray()));
      statement.executeUpdate();
    }
    List<Row> empty = rows.stream().map(row -> new Row(row.key, "[]".getBytes(UTF_8))).toList();
    write(empty);
  }

  long count(String where) throws SQLException {
    return Sql.count(connection, "SELECT count(*) FROM " + table + " AS t WHERE " + where);
  }

  /** Returns the column as SQL, of the table as {@code t}. */
  String column() {
    return column;
  }
}
