package botdb.migrations.cells;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Name;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a database behind a jOOQ context, as {@link
 * botdb.migrations.Database#cells(org.jooq.DSLContext)} gives them.
 *
 * <p>Cells are handed over as the bytes that lie there, one at a time or in batches of a few
 * megabytes, whatever the table is called and whatever its key is.
 *
 * <pre>{@code
 * Cells cells = context.database().cells(context.dsl());
 * boolean whole = cells.rewrite(new Column("users", "history"), cell -> …, context::progress);
 * }</pre>
 *
 * <p>Every method throws {@link org.jooq.exception.DataAccessException} if the database fails.
 */
public interface Cells {

  /** A column of a table. */
  record Column(String table, String name) {}

  /**
   * What lies in a cell.
   *
   * @param bytes its bytes; none for NULL
   * @param charset how they mean characters; null if the cell holds neither text nor a blob
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Cell(byte[] bytes, @Nullable Charset charset) {}

  /** Says what is to stand in a cell. */
  interface Change {
    /** Returns the new bytes, in the charset of the cell; null if the cell is faulty. */
    byte @Nullable [] apply(Cell cell);
  }

  /** Says what is wrong with a cell. */
  interface Check {
    /** Returns why a cell is faulty, without a word of what is in it; null if it is not. */
    @Nullable String fault(Cell cell);
  }

  /** Is told how far a rewrite has come. */
  interface Progress {
    void made(long done, long total);
  }

  /** Is told of a faulty cell: what its row is known by, and what is wrong. */
  interface Finding {
    void found(String key, String fault);
  }

  /**
   * Rewrites every cell that is not NULL, empty or {@code []}; inside a transaction.
   *
   * @return false, with no row changed, if a cell was faulty
   */
  boolean rewrite(Column column, Change change, Progress progress);

  /**
   * Looks for faulty cells, what was appended to them included; writes nothing.
   *
   * @param key the column by which rows are named, as {@link #key} returns it
   * @return how many there are
   */
  long find(Column column, Name key, Check check, Finding finding);

  /**
   * Moves each faulty cell byte for byte into the table {@code set_aside}, which must be there, and
   * leaves {@code []} in its place; inside a transaction.
   *
   * @return how many there were
   */
  long setAside(Column column, Name key, String migration, Check check);

  /** Creates the table {@code set_aside}, which must not be there. */
  void createSetAside();

  /** Returns what tells rows apart: the column wanted, else the key of the table. */
  Name key(String table, String wanted);

  /** Returns the first column of the primary key of a table, else what is there instead of one. */
  Name primaryKey(String table);

  /** Returns a value as SQL would write it: one that can be compared with, and shown. */
  Field<String> literal(Name column);

  /** Returns which rows have something in a column that is not of a type of Java. */
  Condition isNoneOf(Name column, Class<?> type);

  /** Returns which rows have no JSON in a column, NULL aside; null if SQL cannot tell. */
  @Nullable Condition isNoJson(Name column);

  /** Does something while no trigger of a table fires: nobody edited these rows. */
  void withoutTriggers(String table, Runnable work);

  /** Returns the columns of a table in their order, in lower case; empty without one. */
  List<String> columns(String table);

  /** Adds a column to a table, as SQLite would be told what it is. */
  void addColumn(String table, String definition);

  /**
   * A table that is to become that of its next version.
   *
   * @param before the statements that make it, its indexes and triggers, as SQLite is told
   * @param after those of the next version
   * @param values what is to stand in columns, by their names in lower case: over the rows as they
   *     are before any of them is changed
   */
  record TableChange(
      String table, List<String> before, List<String> after, Map<String, Field<?>> values) {}

  /**
   * What no row of a table may be.
   *
   * @param column where it is seen
   * @param broken holds for a row that is so
   * @param fault what is to be said of it
   */
  record Rule(String column, Condition broken, String fault) {}

  /** Looks for rows before anything is changed, and throws if there are any that break a rule. */
  interface Look {
    void at(List<Rule> rules);
  }

  /**
   * Changes a table where it stands, with all that is around it: what the two versions differ in,
   * and nothing that the owner added, changed or removed; inside a transaction.
   *
   * @return false, with nothing done, where a table has to be made anew for that
   */
  boolean alter(TableChange change, Look look);

  /**
   * Returns a cell with what was appended to it, as SQL for a query in which its table has its own
   * name; good for as long as the transaction in which it was asked for.
   */
  Field<?> whole(Column column);

  /**
   * Returns the column as arrays that grow at their end.
   *
   * @param key the column of whole numbers by which rows are told apart, unique
   * @param text how their texts are to be read
   */
  CellArrays arrays(Column column, String key, CellArrays.Text text);

  // --- One cell, whatever the key ---

  /** Does something in a transaction in which nobody else writes the rows that it reads. */
  <T> T locked(Supplier<T> work);

  /** The rows whose key is that of a cell in {@code set_aside}, by its id. */
  Condition isKeyOfSetAside(Name key, long id);

  /** Reads one cell as it lies there, and inside {@link #locked} keeps others from writing it. */
  Cell read(Column column, Condition where);

  /** Reads one cell with what was appended to it; inside {@link #locked}. */
  Cell readWhole(Column column, Condition where);

  /**
   * Puts a text in the place of a cell and of what was appended to it; inside {@link #locked}. What
   * was a blob stays one.
   *
   * @param text in UTF-8
   */
  void writeWhole(Column column, Condition where, byte[] text);
}
