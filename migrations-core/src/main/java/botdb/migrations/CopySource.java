package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A database in one snapshot, while it is copied; it is only read. */
interface CopySource extends AutoCloseable {

  /**
   * What there is to copy.
   *
   * @param left what cannot be copied, a line each
   */
  record Contents(List<CopiedTable> tables, List<String> left) {}

  Connection connection();

  Contents contents() throws SQLException;

  /** Returns how many rows a table has, fast. */
  long count(CopiedTable table) throws SQLException;

  /**
   * Looks at every cell.
   *
   * @param unsuitable takes those that another database would not hold as they are
   * @param row is run after each row, where rows come one by one
   * @return the checksum; of no use if there is an unsuitable cell
   */
  RowChecksum check(CopiedTable table, UnsuitableCells unsuitable, Runnable row)
      throws SQLException;

  /** Reads every row; each cell is as {@link #check} has found it suitable. */
  void read(CopiedTable table, CellSink sink) throws SQLException;

  @Override
  void close() throws SQLException;
}
