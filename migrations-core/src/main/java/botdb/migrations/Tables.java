package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tables and views of a database, asked for over a connection to it; nothing is written. */
interface Tables {
  /** Takes the two texts of a row, each null for NULL. */
  interface PairReader {
    void read(@Nullable String first, @Nullable String second);
  }

  /**
   * Reads two columns of a table as texts, in the order of its ids.
   *
   * @param where which rows, as SQL; empty for all
   */
  void readPairs(
      Connection connection,
      String first,
      String second,
      String table,
      String where,
      PairReader reader)
      throws SQLException;

  /** Returns {@code table} or {@code view}, whatever has the name; null if nothing has. */
  @Nullable String kind(Connection connection, String name) throws SQLException;

  /** Returns the columns of a table or a view in their order, in lower case; empty without one. */
  List<String> columns(Connection connection, String table) throws SQLException;

  /**
   * Returns the tables that were there when something was the newest in the schema, those of
   * operations left out.
   *
   * @param newest as {@link #newest} said it
   */
  List<String> names(Connection connection, long newest) throws SQLException;

  /** Returns what is the newest in the schema; one look, however many tables there are. */
  long newest(Connection connection) throws SQLException;

  /** Returns whether the database has no table or view of anybody's. */
  boolean isEmpty(Connection connection) throws SQLException;
}
