package botdb.migrations;

import botdb.migrations.cells.CellArrays;
import botdb.migrations.cells.Cells;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** The cells of a file: SQLite calls back, and a cell is the whole of what it is. */
final class SqliteCells implements Cells {
  /** What has no type keeps what is put into it; the cell comes last, to be read past by nobody. */
  private static final String CREATE_SET_ASIDE =
      """
      CREATE TABLE set_aside (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          table_name TEXT NOT NULL,
          column_name TEXT NOT NULL,
          key_name TEXT NOT NULL,
          key,
          reason TEXT NOT NULL,
          migration TEXT NOT NULL,
          set_aside_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
          cell
      )""";

  private final DSLContext dsl;
  private final Charset encoding;

  SqliteCells(DSLContext dsl) {
    this.dsl = dsl;
    this.encoding = encoding(dsl);
  }

  /** <a href="https://sqlite.org/pragma.html#pragma_encoding">PRAGMA encoding</a>. */
  private static Charset encoding(DSLContext dsl) {
    String pragma = String.valueOf(dsl.fetchValue("PRAGMA encoding"));
    return switch (pragma) {
      case "UTF-8" -> StandardCharsets.UTF_8;
      case "UTF-16le" -> StandardCharsets.UTF_16LE;
      case "UTF-16be" -> StandardCharsets.UTF_16BE;
      default -> throw new IllegalArgumentException("PRAGMA encoding is " + pragma);
    };
  }

  @Override
  public boolean rewrite(Column column, Change change, Progress progress) {
    return new SqliteCellRewrite(encoding, change, progress).run(dsl, column);
  }

  @Override
  public long find(Column column, Name key, Check check, Finding finding) {
    return new SqliteCellFaults(encoding, check, finding).find(dsl, column, key);
  }

  @Override
  public long setAside(Column column, Name key, String migration, Check check) {
    return new SqliteFaultyCells(encoding, check).setAside(dsl, column, key, migration);
  }

  @Override
  public void createSetAside() {
    dsl.execute(CREATE_SET_ASIDE);
  }

  /** The column asked for, else the rowid, else what is the key instead of it. */
  @Override
  public Name key(String table, String wanted) {
    List<String> columns =
        dsl.resultQuery("SELECT name FROM pragma_table_xinfo(?) ORDER BY pk = 1 DESC", table)
            .fetch(0, String.class);
    if (columns.stream().anyMatch(wanted::equalsIgnoreCase)) {
      return DSL.name(wanted);
    }
    Name rowid = SqliteRowid.of(dsl, table);
    return rowid == null ? DSL.name(columns.get(0)) : rowid;
  }

  @Override
  public Name primaryKey(String table) {
    List<String> keys =
        dsl.resultQuery("SELECT name FROM pragma_table_info(?) WHERE pk = 1", table)
            .fetch(0, String.class);
    return key(table, keys.isEmpty() ? "rowid" : keys.get(0));
  }

  @Override
  public Condition isNoneOf(Name column, Class<?> type) {
    String types =
        switch (type.getSimpleName()) {
          case "Long" -> "'integer'";
          case "Double" -> "'real', 'integer'";
          case "byte[]" -> "'blob'";
          default -> "'text'";
        };
    return DSL.condition("typeof({0}) NOT IN ('null', " + types + ")", column);
  }

  @Override
  public Condition isNoJson(Name column) {
    return DSL.condition("{0} IS NOT NULL AND NOT json_valid({0})", column);
  }

  /** Not through jOOQ, which would look for parameters in somebody else's text. */
  @Override
  public void addColumn(String table, String definition) {
    dsl.connection(
        connection ->
            Sql.run(connection, "ALTER TABLE " + Sql.quote(table) + " ADD COLUMN " + definition));
  }

  /** ALTER TABLE of SQLite knows too little. */
  @Override
  public boolean alter(TableChange change, Look look) {
    return false;
  }

  @Override
  public Field<String> literal(Name column) {
    return DSL.field("quote({0})", String.class, column);
  }

  @Override
  public void withoutTriggers(String table, Runnable work) {
    SqliteTriggers.of(dsl, table).during(work);
  }

  @Override
  public List<String> columns(String table) {
    return dsl.resultQuery("SELECT lower(name) FROM pragma_table_xinfo({0})", DSL.inline(table))
        .fetch(0, String.class);
  }

  @Override
  public Field<?> whole(Column column) {
    return DSL.field(DSL.name(column.table(), column.name()));
  }

  @Override
  public CellArrays arrays(Column column, String key, CellArrays.Text text) {
    return SqliteArrays.in(dsl, encoding, column, key, text);
  }

  @Override
  public <T> T locked(Supplier<T> work) {
    return SqlTransaction.of(dsl, "BEGIN IMMEDIATE", work);
  }

  @Override
  public Condition isKeyOfSetAside(Name key, long id) {
    return DSL.condition("{0} = (SELECT key FROM set_aside WHERE id = {1})", key, DSL.val(id));
  }

  @Override
  public Cell read(Column column, Condition where) {
    Record row =
        dsl.fetchSingle(
            "SELECT typeof({0}), CAST({0} AS BLOB) FROM {1} WHERE {2}",
            DSL.name(column.name()), DSL.name(column.table()), where);
    return SqliteCellFunction.cell(row.get(0, String.class), row.get(1, byte[].class), encoding);
  }

  @Override
  public Cell readWhole(Column column, Condition where) {
    return read(column, where);
  }

  @Override
  public void writeWhole(Column column, Condition where, byte[] text) {
    Param<?> asText =
        encoding.equals(StandardCharsets.UTF_8)
            ? DSL.val(text)
            : DSL.val(new String(text, StandardCharsets.UTF_8));
    dsl.execute(
        "UPDATE {0} SET {1} = iif(typeof({1}) = 'blob', {2}, CAST({3} AS TEXT)) WHERE {4}",
        DSL.name(column.table()), DSL.name(column.name()), DSL.val(text), asText, where);
  }
}
