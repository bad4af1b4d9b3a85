package botdb.catalog.setaside;

import botdb.migrations.Database;
import botdb.migrations.MigrationException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteErrorCode;

/**
 * The table {@code set_aside}.
 *
 * <p>The columns without a type keep what is put into them: text stays text, a blob a blob, a
 * number a number. The cell comes last, so that reading the others does not mean reading past it.
 * An id is never given twice.
 */
public final class SetAsideTable {
  private static final String CREATE =
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

  private static final List<String> COLUMNS =
      List.of(
          "id",
          "table_name",
          "column_name",
          "key_name",
          "key",
          "reason",
          "migration",
          "set_aside_at",
          "cell");

  private SetAsideTable() {}

  /**
   * Creates the table where there is none.
   *
   * @throws MigrationException.UnsuitableData if the name belongs to something else
   */
  public static void createIfAbsent(Connection connection) throws SQLException {
    List<String> columns = columns(connection);
    if (columns.isEmpty()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(CREATE);
      }
    } else if (!columns.equals(COLUMNS)) {
      throw new MigrationException.UnsuitableData(
          List.of("set_aside is in use already, with other columns than this program gives it"),
          "rename what is named set_aside, then start again");
    }
  }

  /** Returns whether there is such a table, as this program makes it. */
  public static boolean exists(Connection connection) throws SQLException {
    return columns(connection).equals(COLUMNS);
  }

  private static List<String> columns(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT lower(name) FROM pragma_table_xinfo('set_aside')")) {
      List<String> columns = new ArrayList<>();
      while (rows.next()) {
        columns.add(rows.getString(1));
      }
      return columns;
    }
  }

  /**
   * Counts what lies there; 0 where there is no such table. One query, which writes nothing.
   *
   * @throws MigrationException if the database is not there or cannot be read
   */
  public static long count(Database file) {
    try (Connection connection = file.openReadOnly()) {
      return count(connection);
    } catch (SQLException e) {
      throw file.explain(e);
    }
  }

  private static long count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        // Names a column, so that a table of somebody else's does not count.
        ResultSet rows = statement.executeQuery("SELECT count(set_aside_at) FROM set_aside")) {
      return rows.getLong(1);
    } catch (SQLException e) {
      // Asking first whether the table is there would be a second query, for a rare answer.
      if (e.getErrorCode() == SQLiteErrorCode.SQLITE_ERROR.code) {
        return 0;
      }
      throw e;
    }
  }
}
