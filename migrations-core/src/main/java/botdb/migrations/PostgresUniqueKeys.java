package botdb.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys of a table while all of its rows are written.
 *
 * <p>The server looks for doubles row by row, and refuses values that only pass each other on their
 * way.
 */
final class PostgresUniqueKeys {
  private static final String DOUBLE = "23505";

  /** Those that no other table needs, and how each is dropped and made again. */
  private static final String KEYS =
      """
      SELECT CASE WHEN c.oid IS NULL THEN format('DROP INDEX %s', indexrelid::regclass)
          ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', indrelid::regclass, conname) END,
        CASE WHEN c.oid IS NULL THEN pg_get_indexdef(indexrelid)
          ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s',
                      indrelid::regclass, conname, pg_get_constraintdef(c.oid)) END
      FROM pg_index
      LEFT JOIN pg_constraint AS c ON c.conindid = indexrelid AND c.contype IN ('p', 'u')
      WHERE indrelid = to_regclass(quote_ident(?)) AND indisunique
        AND NOT indisreplident AND NOT indisclustered
        AND NOT EXISTS (SELECT 1 FROM pg_constraint AS f
                        WHERE f.conindid = indexrelid AND f.contype = 'f')
      """;

  private PostgresUniqueKeys() {}

  /** Writes rows by a statement; if they seem to be doubles, without the keys of their table. */
  static void write(Connection connection, String table, String update) throws SQLException {
    try {
      PostgresSavepoint.attempt(connection, update);
    } catch (SQLException e) {
      if (!DOUBLE.equals(e.getSQLState())) {
        throw e;
      }
      writeWithout(connection, table, update);
    }
  }

  private static void writeWithout(Connection connection, String table, String update)
      throws SQLException {
    List<String> again = new ArrayList<>();
    for (String[] key : keys(connection, table)) {
      Sql.run(connection, key[0]);
      again.add(key[1]);
    }
    Sql.run(connection, update);
    for (String key : again) {
      Sql.run(connection, key);
    }
  }

  private static List<String[]> keys(Connection connection, String table) throws SQLException {
    List<String[]> keys = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(KEYS)) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          keys.add(new String[] {rows.getString(1), rows.getString(2)});
        }
      }
    }
    return keys;
  }
}
