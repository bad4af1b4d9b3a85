package botdb.migrations;

import botdb.migrations.cells.Cells;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;

/**
 * Rewrites the cells of a column in one statement, which calls back for each of them.
 *
 * <p>A call with one argument takes two thirds of the time of one with two, so that there is a
 * function for each type. Cells that are long are read and changed ahead of the statement, on a
 * thread of their own.
 */
final class SqliteCellRewrite {
  /** The forms of an empty cell are not touched; octet_length tells without reading the cell. */
  private static final String NOT_EMPTY =
      "(octet_length({1}) > 4 OR (octet_length({1}) > 0 AND {1} <> '[]'))";

  private static final String UPDATE =
      """
      UPDATE {0} NOT INDEXED
      SET {1} = CASE typeof({1})
        WHEN 'text' THEN CAST(botdb_text({2}) AS TEXT)
        WHEN 'blob' THEN botdb_blob({2})
        ELSE botdb_other({2})
      END
      WHERE\s"""
          + NOT_EMPTY;

  /** From here on a cell takes longer to change than to hand over. */
  private static final long LONG = 4096;

  private final Charset encoding;
  private final Cells.Change change;
  private final Cells.Progress progress;
  private long total;
  private long done;
  private boolean faulty;

  SqliteCellRewrite(Charset encoding, Cells.Change change, Cells.Progress progress) {
    this.encoding = encoding;
    this.change = change;
    this.progress = progress;
  }

  /** Returns whether it went through; if a cell is faulty, no row is changed. */
  boolean run(DSLContext dsl, Cells.Column column) {
    Name table = DSL.name(column.table());
    Name name = DSL.name(column.name());
    Record size =
        dsl.fetchSingle(
            "SELECT count(*), coalesce(sum(octet_length({1})), 0) FROM {0} WHERE " + NOT_EMPTY,
            table,
            name);
    total = size.get(0, Long.class);
    Name rowid = SqliteRowid.of(dsl, column.table());
    if (rowid == null || size.get(1, Long.class) < total * LONG) {
      Field<byte[]> cell = DSL.field("CAST({0} AS BLOB)", byte[].class, name);
      return update(dsl, table, name, cell, null);
    }
    SqliteCellsAhead.Query query =
        new SqliteCellsAhead.Query(
            dsl.renderInlined(
                DSL.resultQuery(
                    "SELECT {2}, typeof({1}), CAST({1} AS BLOB) FROM {0} NOT INDEXED WHERE "
                        + NOT_EMPTY
                        + " ORDER BY {2}",
                    table,
                    name,
                    rowid)),
            encoding);
    try (SqliteCellsAhead ahead = SqliteCellsAhead.open(dsl, query, change)) {
      return update(dsl, table, name, DSL.field(rowid), ahead);
    }
  }

  private boolean update(
      DSLContext dsl, Name table, Name name, Field<?> argument, @Nullable SqliteCellsAhead ahead) {
    try {
      SqliteCellFunction.during(
          dsl,
          Map.of(
              "botdb_text", new Changed(encoding, ahead),
              "botdb_blob", new Changed(StandardCharsets.UTF_8, ahead),
              "botdb_other", new Changed(null, ahead)),
          () -> dsl.execute(UPDATE, table, name, argument));
    } catch (DataAccessException e) {
      if (faulty) {
        return false;
      }
      throw e;
    }
    return true;
  }

  /** What is to stand in a cell of one type. */
  private final class Changed extends Function {
    private final @Nullable Charset charset;
    private final @Nullable SqliteCellsAhead ahead;

    Changed(@Nullable Charset charset, @Nullable SqliteCellsAhead ahead) {
      this.charset = charset;
      this.ahead = ahead;
    }

    @Override
    protected void xFunc() throws SQLException {
      byte[] changed =
          ahead == null
              ? change.apply(new Cells.Cell(value_blob(0), charset))
              : ahead.take(value_long(0));
      if (changed == null) {
        // Ends the statement, which undoes itself; which cells are faulty is asked for afterwards.
        faulty = true;
        error("faulty cell");
        return;
      }
      result(changed);
      progress.made(++done, total);
    }
  }
}
