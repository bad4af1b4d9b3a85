package botdb.migrations;

import botdb.migrations.CopiedTable.Column;
import botdb.migrations.cells.Cells;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** What is asked of the rows of a table that is copied, so that the server answers it alone. */
final class PostgresCopiedRows {
  private static final String ALIAS = "t";

  private final Connection connection;
  private final CopiedTable table;
  private final @Nullable PostgresAppended appended;

  private PostgresCopiedRows(
      Connection connection, CopiedTable table, @Nullable PostgresAppended appended) {
    this.connection = connection;
    this.table = table;
    this.appended = appended;
  }

  /** Returns the rows as they are; what was appended to a cell is a part of it. */
  static PostgresCopiedRows of(PostgresDatabase database, Connection connection, CopiedTable table)
      throws SQLException {
    try {
      return new PostgresCopiedRows(
          connection, table, PostgresAppended.in(database.jooq(connection)));
    } catch (DataAccessException e) {
      SQLException failure = database.errors().in(e);
      throw failure == null ? new SQLException("what was appended cannot be found", e) : failure;
    }
  }

  /** Returns the cells of all rows, each in the one type in which its kind is copied. */
  String query() {
    return "SELECT %s FROM %s"
        .formatted(
            table.columns().stream().map(this::cell).collect(Collectors.joining(", ")), from());
  }

  private String from() {
    return Sql.quote(table.name()) + " AS " + ALIAS;
  }

  private String cell(Column column) {
    String name = Sql.quote(column.name());
    return switch (column.kind()) {
      case INTEGER -> name + "::bigint";
      case REAL -> name + "::double precision";
      case TEXT -> text(column.name()) + "::text";
      case NUMBER_OR_TEXT -> name + "::text";
      case BLOB, TEXT_OR_BYTES -> name;
      case TIME, EXACT_TIME -> name + "::timestamp";
    };
  }

  private String text(String column) {
    return appended != null && appended.isOf(new Cells.Column(table.name(), column))
        ? DSL.using(SQLDialect.POSTGRES).render(appended.whole(ALIAS))
        : Sql.quote(column);
  }

  /** Computes the {@link RowChecksum} where the rows are. */
  RowChecksum checksum() throws SQLException {
    String row = table.columns().stream().map(this::text).collect(Collectors.joining(" || "));
    String query =
        "SELECT count(*), coalesce(sum(('x' || encode(substring(sha256(convert_to("
            + row
            + ", 'UTF8')) FROM 1 FOR 8), 'hex'))::bit(64)::bigint), 0) FROM "
            + from();
    try (Statement statement = connection.createStatement();
        ResultSet sum = statement.executeQuery(query)) {
      sum.next();
      BigDecimal total = sum.getBigDecimal(2);
      return new RowChecksum(sum.getLong(1), total.toBigIntegerExact());
    }
  }

  private String text(Column column) {
    String cell = cell(column);
    String text =
        switch (column.kind()) {
          case INTEGER -> cell + "::text";
          case REAL -> "encode(float8send(" + cell + "), 'hex')";
          case TEXT, NUMBER_OR_TEXT -> cell;
          case BLOB, TEXT_OR_BYTES -> "encode(" + cell + ", 'hex')";
          case TIME, EXACT_TIME -> "to_char(" + cell + ", 'YYYY-MM-DD HH24:MI:SS.US')";
        };
    return "coalesce(octet_length(%s) || ':' || %s, '-')".formatted(text, text);
  }

  /** Names the cells that only this server can hold. */
  void findUnsuitable(UnsuitableCells unsuitable) throws SQLException {
    for (Column column : table.columns()) {
      String cell = cell(column);
      if (column.kind() == CellKind.REAL) {
        find(column, cell + " = 'NaN'", "not a number", unsuitable);
      } else if (column.kind().isTime()) {
        String inRange = cell + " >= '0001-01-01' AND " + cell + " < '10000-01-01'";
        find(column, "NOT (" + inRange + ")", "a time out of the years 1 to 9999", unsuitable);
      }
    }
  }

  private void find(Column column, String condition, String fact, UnsuitableCells unsuitable)
      throws SQLException {
    String where = from() + " WHERE " + condition;
    long more = Sql.count(connection, "SELECT count(*) FROM " + where);
    if (more > 0) {
      for (String row : rows(where)) {
        unsuitable.add(table.name(), column.name(), row, fact);
        more--;
      }
      unsuitable.addUnseen(more);
    }
  }

  /** Returns what some rows are called, by their key if it is a number: all else may be private. */
  private List<String> rows(String where) throws SQLException {
    List<String> key = table.primaryKey();
    boolean isNumber =
        key.size() == 1
            && table.columns().stream()
                .anyMatch(c -> c.name().equals(key.get(0)) && c.kind() == CellKind.INTEGER);
    String shown = isNumber ? "'" + key.get(0).replace("'", "''") + " ' || " : "";
    String column = isNumber ? Sql.quote(key.get(0)) : "'a row'";
    return Sql.texts(
        connection,
        "SELECT %s%s FROM %s ORDER BY %s LIMIT %d"
            .formatted(shown, column, where, isNumber ? column : "1", UnsuitableCells.SHOWN));
  }
}
