package botdb.migrations;

import botdb.migrations.CopiedTable.Column;
import botdb.migrations.CopiedTable.ForeignKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads one table as it is copied. */
final class SqliteTableReader {
  private static final String TEXT_OF_A_SECOND = "2025-11-05 15:30:45";

  private final Connection connection;
  private final String table;

  SqliteTableReader(Connection connection, String table) {
    this.connection = connection;
    this.table = table;
  }

  CopiedTable read() throws SQLException {
    List<Column> columns = columns();
    String name = lower(table);
    List<String> tokens =
        SqlTokens.of(
            texts("SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?").get(0));
    List<String> facts = new SqliteTableStatement(name, tokens).facts();
    boolean isNumbered = facts.contains("table " + name + " counts with autoincrement");
    boolean isOwn = RunnerTables.isOne(name, columns.stream().map(Column::name).toList());
    return new CopiedTable(
        name,
        isOwn ? RunnerTables.columns(name, columns) : columns,
        texts("SELECT lower(name) FROM pragma_table_xinfo(?) WHERE pk > 0 ORDER BY pk"),
        isNumbered,
        isNumbered ? lastNumber() : 0,
        uniques(),
        foreignKeys(),
        checks(name, facts),
        texts(
            "SELECT sql FROM main.sqlite_schema WHERE type = 'index' AND sql IS NOT NULL"
                + " AND lower(tbl_name) = lower(?) ORDER BY name"),
        isOwn);
  }

  /** Columns that are computed have no cells of their own. */
  private List<Column> columns() throws SQLException {
    List<Column> columns = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT name, type, \"notnull\", dflt_value FROM pragma_table_xinfo(?)"
                + " WHERE hidden = 0 ORDER BY cid")) {
      select.setString(1, table);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          columns.add(
              new Column(
                  lower(row.getString(1)),
                  row.getString(2),
                  kind(row.getString(1), row.getString(2)),
                  row.getInt(3) == 1,
                  row.getString(4)));
        }
      }
    }
    return columns;
  }

  private CellKind kind(String column, String type) throws SQLException {
    return switch (CellKind.Declared.of(type)) {
      case INTEGER -> CellKind.INTEGER;
      case REAL -> CellKind.REAL;
      case TEXT -> CellKind.TEXT;
      case BLOB -> CellKind.BLOB;
      case TIME -> hasLonger(column) ? CellKind.EXACT_TIME : CellKind.TIME;
      case NOTHING -> kindOfCells(column);
    };
  }

  /** Neither this nor what follows reads what the cells hold, only what their rows say of them. */
  private boolean hasLonger(String column) throws SQLException {
    int width = Sql.texts(connection, "PRAGMA encoding").contains("UTF-8") ? 1 : 2;
    return Sql.count(
            connection,
            "SELECT EXISTS (SELECT 1 FROM %s NOT INDEXED WHERE octet_length(%s) > %d)"
                .formatted(Sql.quote(table), Sql.quote(column), TEXT_OF_A_SECOND.length() * width))
        == 1;
  }

  /** As what all cells can be copied; text if there is no such thing. */
  private CellKind kindOfCells(String column) throws SQLException {
    List<String> types =
        Sql.texts(
            connection,
            "SELECT DISTINCT typeof(%s) AS type FROM %s NOT INDEXED WHERE type <> 'null'"
                .formatted(Sql.quote(column), Sql.quote(table)));
    if (types.equals(List.of("integer"))) {
      return CellKind.INTEGER;
    }
    if (types.equals(List.of("blob"))) {
      return CellKind.BLOB;
    }
    boolean areNumbers = !types.isEmpty() && List.of("integer", "real").containsAll(types);
    return areNumbers ? CellKind.REAL : CellKind.TEXT;
  }

  private long lastNumber() throws SQLException {
    List<String> last = texts("SELECT seq FROM sqlite_sequence WHERE name = ?");
    return last.isEmpty() ? 0 : Long.parseLong(last.get(0));
  }

  private List<List<String>> uniques() throws SQLException {
    List<List<String>> uniques = new ArrayList<>();
    for (String index :
        texts("SELECT name FROM pragma_index_list(?) WHERE origin = 'u' ORDER BY seq DESC")) {
      uniques.add(
          Sql.texts(
              connection, "SELECT lower(name) FROM pragma_index_info(?) ORDER BY seqno", index));
    }
    return uniques;
  }

  private List<ForeignKey> foreignKeys() throws SQLException {
    List<ForeignKey> keys = new ArrayList<>();
    for (String id : texts("SELECT DISTINCT id FROM pragma_foreign_key_list(?) ORDER BY id DESC")) {
      keys.add(foreignKey(id));
    }
    return keys;
  }

  private ForeignKey foreignKey(String id) throws SQLException {
    List<String> columns = new ArrayList<>();
    List<String> keyColumns = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT \"from\", \"to\", \"table\", on_update, on_delete"
                + " FROM pragma_foreign_key_list(?) WHERE id = CAST(? AS INTEGER) ORDER BY seq")) {
      select.setString(1, table);
      select.setString(2, id);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          columns.add(lower(row.getString(1)));
          if (row.getString(2) != null) {
            keyColumns.add(lower(row.getString(2)));
          }
          rest = List.of(lower(row.getString(3)), row.getString(4), row.getString(5));
        }
      }
    }
    return new ForeignKey(columns, rest.get(0), keyColumns, rest.get(1), rest.get(2));
  }

  /** What stands in the brackets of each check. */
  private static List<String> checks(String name, List<String> facts) {
    String start = "check " + name + " (";
    return facts.stream()
        .filter(fact -> fact.startsWith(start))
        .map(fact -> fact.substring(start.length(), fact.length() - 1).strip())
        .toList();
  }

  private List<String> texts(String query) throws SQLException {
    return Sql.texts(connection, query, table);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
