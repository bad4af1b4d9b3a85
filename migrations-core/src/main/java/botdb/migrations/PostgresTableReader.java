package botdb.migrations;

import botdb.migrations.CopiedTable.Column;
import botdb.migrations.CopiedTable.ForeignKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one table of a server as it is copied, in the words of SQLite. */
final class PostgresTableReader {
  private static final char SEPARATOR = '\u001f';

  private final Connection connection;
  private final String table;
  private final List<String> left;

  private final List<String> primaryKey = new ArrayList<>();
  private final List<List<String>> uniques = new ArrayList<>();
  private final List<ForeignKey> foreignKeys = new ArrayList<>();
  private final List<String> checks = new ArrayList<>();
  private boolean isNumbered;

  private PostgresTableReader(Connection connection, String table, List<String> left) {
    this.connection = connection;
    this.table = table;
    this.left = left;
  }

  /**
   * Reads a table.
   *
   * @param left takes what of it SQLite has no words for
   */
  static CopiedTable read(Connection connection, String table, List<String> left)
      throws SQLException {
    List<String> notSaid = new ArrayList<>();
    CopiedTable read = new PostgresTableReader(connection, table, notSaid).read();
    if (!read.isOwn()) {
      left.addAll(notSaid);
    }
    return read;
  }

  private CopiedTable read() throws SQLException {
    constraints();
    List<Column> columns = columns();
    boolean isOwn = RunnerTables.isOne(table, columns.stream().map(Column::name).toList());
    return new CopiedTable(
        table,
        isOwn ? RunnerTables.columns(table, columns) : columns,
        primaryKey,
        isNumbered,
        isNumbered ? lastNumber() : 0,
        uniques,
        foreignKeys,
        checks,
        new PostgresIndexReader(connection, table, left).read(),
        isOwn);
  }

  private List<Column> columns() throws SQLException {
    List<Column> columns = new ArrayList<>();
    query(
        """
        SELECT attname, format_type(atttypid, NULL), atttypmod, attnotnull,
               pg_get_expr(adbin, adrelid), attidentity <> '', attgenerated <> ''
        FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
        WHERE attrelid = (SELECT oid FROM pg_class
                          WHERE relname = ? AND relnamespace = current_schema()::regnamespace)
          AND attnum > 0 AND NOT attisdropped
        ORDER BY attnum
        """,
        row -> {
          if (row.getBoolean(7)) {
            left.add("column " + table + "." + row.getString(1) + ", which is computed");
          } else {
            columns.add(column(row));
          }
        });
    return columns;
  }

  private Column column(ResultSet row) throws SQLException {
    String name = row.getString(1);
    String type = row.getString(2);
    String expression = row.getString(5);
    boolean isKey = primaryKey.contains(name);
    boolean isCounted = expression != null && expression.startsWith("nextval(");
    isNumbered |= isKey && (row.getBoolean(6) || isCounted);
    CellKind kind = kind(type, row.getInt(3));
    if (kind == null) {
      left.add("column %s.%s as %s: it would be text".formatted(table, name, type));
      kind = CellKind.TEXT;
    }
    String fallback =
        expression == null || isCounted ? null : PostgresFallback.inWordsOfSqlite(expression);
    if (fallback == null && expression != null && !isCounted) {
      left.add("default of column %s.%s".formatted(table, name));
    }
    String declared = kind.isTime() ? CellKind.TIME.type() : kind.type();
    return new Column(name, declared, kind, row.getBoolean(4) && !isKey, fallback);
  }

  private static @Nullable CellKind kind(String type, int modifier) {
    return switch (type) {
      case "smallint", "integer", "bigint" -> CellKind.INTEGER;
      case "real", "double precision" -> CellKind.REAL;
      case "text", "character varying" -> CellKind.TEXT;
      case "bytea" -> CellKind.BLOB;
      case "timestamp without time zone" -> modifier == 0 ? CellKind.TIME : CellKind.EXACT_TIME;
      default -> null;
    };
  }

  private void constraints() throws SQLException {
    query(
        """
        SELECT contype,
               (SELECT string_agg(attname, chr(31) ORDER BY place)
                FROM unnest(conkey) WITH ORDINALITY AS part (number, place)
                JOIN pg_attribute ON attrelid = conrelid AND attnum = number),
               (SELECT relname FROM pg_class WHERE oid = confrelid),
               (SELECT string_agg(attname, chr(31) ORDER BY place)
                FROM unnest(confkey) WITH ORDINALITY AS part (number, place)
                JOIN pg_attribute ON attrelid = confrelid AND attnum = number),
               confupdtype, confdeltype, pg_get_expr(conbin, conrelid), conname
        FROM pg_constraint
        WHERE conrelid = (SELECT oid FROM pg_class
                          WHERE relname = ? AND relnamespace = current_schema()::regnamespace)
        ORDER BY conname
        """,
        row -> {
          switch (row.getString(1)) {
            case "p" -> primaryKey.addAll(names(row.getString(2)));
            case "u" -> uniques.add(names(row.getString(2)));
            case "f" -> foreignKeys.add(foreignKey(row));
            case "c" -> check(row.getString(7), row.getString(8));
            default -> left.add("constraint " + row.getString(8) + " of " + table);
          }
        });
  }

  private void check(String expression, String name) {
    String said = PostgresFallback.conditionInWordsOfSqlite(expression);
    if (said == null) {
      left.add("check " + name + " of " + table);
    } else {
      checks.add(said);
    }
  }

  private static ForeignKey foreignKey(ResultSet row) throws SQLException {
    return new ForeignKey(
        names(row.getString(2)),
        row.getString(3),
        names(row.getString(4)),
        action(row.getString(5)),
        action(row.getString(6)));
  }

  private static String action(String code) {
    return switch (code) {
      case "r" -> "RESTRICT";
      case "c" -> "CASCADE";
      case "n" -> "SET NULL";
      case "d" -> "SET DEFAULT";
      default -> "NO ACTION";
    };
  }

  private static List<String> names(String joined) {
    return List.of(joined.split(String.valueOf(SEPARATOR)));
  }

  private long lastNumber() throws SQLException {
    String sequence =
        Sql.texts(
                connection,
                "SELECT pg_get_serial_sequence(quote_ident(?), ?)",
                table,
                primaryKey.get(0))
            .get(0);
    return sequence == null
        ? 0
        : Sql.count(
            connection, "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM " + sequence);
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void query(String sql, RowReader reader) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reader.read(rows);
        }
      }
    }
  }
}
