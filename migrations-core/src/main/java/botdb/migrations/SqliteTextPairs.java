package botdb.migrations;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two columns of a table as texts, row by row in the order in which the rows lie.
 *
 * <p>SQLite joins each column into one text: a thousand rows come so by one call into it, and not
 * by three for each row, which is what most of the time would go to. What cannot be told apart
 * again, because it holds the separator or there is NULL among it, is read row by row after all.
 */
final class SqliteTextPairs {
  /** A control character that nobody types, {@code UNIT SEPARATOR}. */
  private static final char SEPARATOR = '\u001f';

  private SqliteTextPairs() {}

  /**
   * Reads all rows.
   *
   * @param from a table, as SQL, and what may stand behind it
   */
  static void read(
      Connection connection, String first, String second, String from, Tables.PairReader reader)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!readJoined(statement, first, second, from, reader)) {
        readRows(statement, first, second, from, reader);
      }
    }
  }

  private static boolean readJoined(
      Statement statement, String first, String second, String from, Tables.PairReader reader)
      throws SQLException {
    String query =
        "SELECT count(*), count("
            + first
            + "), count("
            + second
            + "), "
            + joined(first)
            + ", "
            + joined(second)
            + " FROM "
            + from;
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      int rows = row.getInt(1);
      if (rows != row.getInt(2) || rows != row.getInt(3)) {
        return false;
      }
      List<String> firsts = parts(row.getString(4), rows);
      List<String> seconds = parts(row.getString(5), rows);
      if (firsts.size() != rows || seconds.size() != rows) {
        return false;
      }
      for (int i = 0; i < rows; i++) {
        reader.read(firsts.get(i), seconds.get(i));
      }
      return true;
    }
  }

  private static String joined(String column) {
    return "group_concat(" + column + ", '" + SEPARATOR + "')";
  }

  /** One more than there are separators; of no rows, none. */
  private static List<String> parts(@Nullable String joined, int rows) {
    List<String> parts = new ArrayList<>(rows);
    if (rows == 0 || joined == null) {
      return parts;
    }
    int start = 0;
    for (int end = joined.indexOf(SEPARATOR); end >= 0; end = joined.indexOf(SEPARATOR, start)) {
      parts.add(joined.substring(start, end));
      start = end + 1;
    }
    parts.add(joined.substring(start));
    return parts;
  }

  private static void readRows(
      Statement statement, String first, String second, String from, Tables.PairReader reader)
      throws SQLException {
    String query = "SELECT CAST(" + first + " AS TEXT), CAST(" + second + " AS TEXT) FROM " + from;
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        reader.read(rows.getString(1), rows.getString(2));
      }
    }
  }
}
