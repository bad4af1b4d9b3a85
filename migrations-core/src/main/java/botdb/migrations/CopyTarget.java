package botdb.migrations;

import java.sql.SQLException;
import java.util.List;

/**
 * An empty database that is filled in one transaction. Closed before it is committed, it is as it
 * was; so it is after a crash.
 */
interface CopyTarget extends AutoCloseable {

  /**
   * Creates tables with their keys and indexes, as far as they can be said there.
   *
   * @return what cannot, a line each
   */
  List<String> create(List<CopiedTable> tables) throws SQLException;

  /** Returns what takes the rows of a table. */
  Rows rows(CopiedTable table) throws SQLException;

  /** Takes the rows of one table, each with a cell for each column. */
  interface Rows extends CellSink {

    /** Has written all rows when it returns. */
    void finish() throws SQLException;
  }

  /** Completes the tables, now that the rows are there: indexes, keys, where counting goes on. */
  void complete(List<CopiedTable> tables) throws SQLException;

  /** Reads every row of a table anew. */
  RowChecksum checksum(CopiedTable table, Runnable row) throws SQLException;

  void commit() throws SQLException;

  @Override
  void close() throws SQLException;
}
