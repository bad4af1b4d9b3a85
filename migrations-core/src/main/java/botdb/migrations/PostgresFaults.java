package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What a server knows to be not as it should be; whether its pages are sound it checks itself,
 * whenever it reads one.
 */
final class PostgresFaults {
  private static final String HERE = "current_schema()::regnamespace";

  private PostgresFaults() {}

  /** Indexes that were never finished, and checks that were never made of the rows there are. */
  static List<String> integrity(Connection connection) throws SQLException {
    List<String> faults =
        Sql.texts(
            connection,
            """
            SELECT format('index %s of table %s is not valid: drop it, or REINDEX', i.relname, t.relname)
            FROM pg_index AS x
            JOIN pg_class AS i ON i.oid = x.indexrelid
            JOIN pg_class AS t ON t.oid = x.indrelid
            WHERE t.relnamespace = :here AND NOT (indisvalid AND indisready AND indislive)
            ORDER BY 1
            """
                .replace(":here", HERE));
    faults.addAll(unvalidated(connection, "<> 'f'"));
    return faults;
  }

  /** Keys that were never checked, and those whose triggers somebody switched off. */
  static List<String> foreignKeys(Connection connection) throws SQLException {
    List<String> faults = unvalidated(connection, "= 'f'");
    faults.addAll(
        Sql.texts(
            connection,
            """
            SELECT DISTINCT format('%s: nobody looks after its key %s', t.relname, k.conname)
            FROM pg_trigger AS g
            JOIN pg_constraint AS k ON k.oid = g.tgconstraint
            JOIN pg_class AS t ON t.oid = k.conrelid
            WHERE t.relnamespace = :here AND k.contype = 'f' AND g.tgenabled = 'D'
            ORDER BY 1
            """
                .replace(":here", HERE)));
    return faults;
  }

  private static List<String> unvalidated(Connection connection, String type) throws SQLException {
    return Sql.texts(
        connection,
        """
        SELECT format('%s: the rows were never checked against %s', t.relname, k.conname)
        FROM pg_constraint AS k
        JOIN pg_class AS t ON t.oid = k.conrelid
        WHERE t.relnamespace = :here AND NOT k.convalidated AND k.contype :type
        ORDER BY 1
        """
            .replace(":here", HERE)
            .replace(":type", type));
  }
}
