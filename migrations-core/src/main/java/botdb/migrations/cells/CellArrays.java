package botdb.migrations.cells;

import org.jspecify.annotations.Nullable;

/**
 * A column whose cells are arrays as text, each of a row that a whole number tells apart.
 *
 * <p>Elements are appended by one atomic statement; several programs may append to one array at
 * once, and nothing is lost, doubled or out of order. A row is created by its first element.
 *
 * <p>Every method throws {@link org.jooq.exception.DataAccessException} if the database fails, and
 * what the {@link Text} throws where a cell is no array.
 */
public interface CellArrays {

  /** How the text of an array is read and written; texts are in UTF-8, and may be empty. */
  interface Text {

    /** Returns the text of a cell in UTF-8. */
    byte[] utf8(Cells.Cell cell);

    /** Returns how many elements there are. */
    int count(byte[] text);

    /** Returns the array with one more element at its end; every other byte of it stays. */
    byte[] append(byte[] text, String element);

    /** Returns the array with an element in the place of others; null if there are none such. */
    byte @Nullable [] replace(byte[] text, String old, String replacement);
  }

  /**
   * A stretch of an array.
   *
   * @param cell the array in the cell, in UTF-8; null where none of its elements was asked for
   * @param inCell how many elements are in the cell; negative if only the cell itself tells
   * @param appended the elements asked for that were appended since, as an array in UTF-8
   * @param first the position of the first of these
   * @param total how many elements the whole array has; of no meaning where the cell tells
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Stretch(byte @Nullable [] cell, int inCell, byte[] appended, int first, int total) {

    /** Makes a stretch of a cell that is the whole array. */
    public static Stretch of(byte[] cell) {
      return new Stretch(cell, -1, new byte[0], 0, 0);
    }
  }

  /** Returns whether there is a row of this key; no table has none. */
  boolean has(long key);

  /**
   * Reads what is needed for the newest elements before a position.
   *
   * @param before the position after the last one wanted, from 0; any higher one for the newest
   * @param limit how many at most
   */
  Stretch stretch(long key, int before, int limit);

  /** Appends an element; creates the row if it is not there. */
  void append(long key, String element);

  /**
   * Puts an element into the place of another one, as one atomic change; every other byte stays.
   *
   * @param old the element to the letter; of several such, the newest at least is replaced
   * @return whether there was one
   */
  boolean replace(long key, String old, String replacement);

  /**
   * Empties the array of a row; the row stays.
   *
   * @return whether it is there
   */
  boolean clear(long key);
}
