package botdb.migrations;

import botdb.migrations.cells.CellArrays;
import botdb.migrations.cells.Cells;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.impl.DSL;

/** Arrays that are whole in their cells; elements are spliced in at the end. */
final class SqliteArrays implements CellArrays {
  private final DSLContext dsl;
  private final Charset encoding;
  private final Name table;
  private final Name column;
  private final Name key;
  private final Text text;
  private final SqliteSplice splice;

  private SqliteArrays(
      DSLContext dsl,
      Charset encoding,
      Name table,
      Name column,
      Name key,
      Text text,
      SqliteSplice splice) {
    this.dsl = dsl;
    this.encoding = encoding;
    this.table = table;
    this.column = column;
    this.key = key;
    this.text = text;
    this.splice = splice;
  }

  static SqliteArrays in(
      DSLContext dsl, Charset encoding, Cells.Column column, String key, Text text) {
    Name name = DSL.name(key);
    return new SqliteArrays(
        dsl,
        encoding,
        DSL.name(column.table()),
        DSL.name(column.name()),
        name,
        text,
        SqliteSplice.in(dsl, column, name));
  }

  private SqliteArrays with(DSLContext locked) {
    return new SqliteArrays(locked, encoding, table, column, key, text, splice);
  }

  @Override
  public boolean has(long row) {
    boolean isTable =
        dsl.resultQuery("SELECT name FROM pragma_table_xinfo({0})", DSL.inline(table.last()))
            .fetch()
            .isNotEmpty();
    return isTable
        && !dsl.resultQuery("SELECT 1 FROM {0} WHERE {1} = {2}", table, key, DSL.val(row))
            .fetch()
            .isEmpty();
  }

  @Override
  public Stretch stretch(long row, int before, int limit) {
    return Stretch.of(utf8(row));
  }

  /** The cell as UTF-8; empty where there is none. */
  private byte[] utf8(long row) {
    Record cell =
        dsl.resultQuery(
                "SELECT typeof({0}), CAST({0} AS BLOB) FROM {1} WHERE {2} = {3}",
                column, table, key, DSL.val(row))
            .fetchOne();
    return cell == null
        ? new byte[0]
        : text.utf8(
            SqliteCellFunction.cell(
                cell.get(0, String.class), cell.get(1, byte[].class), encoding));
  }

  @Override
  public void append(long row, String element) {
    if (!isUtf8() || !splice.append(row, element)) {
      // Under the write lock, so that two first elements at once become one row with two of them.
      dsl.transaction(locked -> with(locked.dsl()).appendOrCreate(row, element));
    }
  }

  private boolean isUtf8() {
    return encoding.equals(StandardCharsets.UTF_8);
  }

  /** Whatever else there is, or is not: no row, no elements yet, white space, UTF-16, a blob. */
  private void appendOrCreate(long row, String element) {
    if (dsl.fetchExists(DSL.table(table), DSL.condition("{0} = {1}", key, DSL.val(row)))) {
      write(row, text.append(utf8(row), element));
    } else {
      dsl.execute(
          "INSERT INTO {0} ({1}, {2}) VALUES ({3}, {4})",
          table, key, column, DSL.val(row), DSL.val("[" + element + "]"));
    }
  }

  @Override
  public boolean replace(long row, String old, String replacement) {
    // Inside a string the quotes of an object are escaped, so that no text can be mistaken for one.
    int replaced =
        dsl.execute(
            """
            UPDATE {0} SET {1} = replace({1}, {4}, {5})
            WHERE {2} = {3} AND typeof({1}) = 'text' AND instr({1}, {4}) > 0
            """,
            table, column, key, DSL.val(row), DSL.val(old), DSL.val(replacement));
    return replaced > 0
        || dsl.transactionResult(locked -> with(locked.dsl()).replaceInBlob(row, old, replacement));
  }

  private boolean replaceInBlob(long row, String old, String replacement) {
    byte[] replaced = text.replace(utf8(row), old, replacement);
    if (replaced == null) {
      return false;
    }
    write(row, replaced);
    return true;
  }

  /** Writes a text in UTF-8; what was a blob stays one, everything else becomes text. */
  private void write(long row, byte[] array) {
    dsl.execute(
        """
        UPDATE {0} SET {1} = iif(typeof({1}) = 'blob', {2}, CAST({3} AS TEXT)) WHERE {4} = {5}
        """,
        table,
        column,
        DSL.val(array),
        isUtf8() ? DSL.val(array) : DSL.val(new String(array, StandardCharsets.UTF_8)),
        key,
        DSL.val(row));
  }

  @Override
  public boolean clear(long row) {
    return dsl.execute(
            "UPDATE {0} SET {1} = '[]' WHERE {2} = {3}", table, column, key, DSL.val(row))
        > 0;
  }
}
