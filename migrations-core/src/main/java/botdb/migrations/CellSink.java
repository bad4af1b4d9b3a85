package botdb.migrations;

import java.sql.SQLException;

/**
 * Takes the rows of a table, cell by cell in the order of its columns.
 *
 * <p>One cell is in memory at a time, and no row.
 */
interface CellSink {

  /** NULL, whatever the column holds otherwise. */
  void nothing() throws SQLException;

  void whole(long value) throws SQLException;

  void real(double value) throws SQLException;

  /** Text in UTF-8, which the sink does not keep. */
  void text(byte[] utf8) throws SQLException;

  /** Bytes, which the sink does not keep. */
  void blob(byte[] bytes) throws SQLException;

  /** A time, in microseconds as {@link CopiedTime} counts them. */
  void time(long micros) throws SQLException;

  /** The row has all its cells. */
  void endRow() throws SQLException;
}
