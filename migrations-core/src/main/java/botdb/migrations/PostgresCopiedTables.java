package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What there is in a schema of a server beside the runner's lock and the tables of the engine. */
final class PostgresCopiedTables {
  private static final String OURS = "NOT LIKE 'botdb\\_%'";

  private PostgresCopiedTables() {}

  /** Reads all tables as they are copied; {@code left} takes what SQLite has no words for. */
  static List<CopiedTable> read(Connection connection, List<String> left) throws SQLException {
    List<CopiedTable> tables = new ArrayList<>();
    for (String table :
        Sql.texts(
            connection,
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
                + " AND relkind IN ('r', 'p') AND NOT relispartition AND relname "
                + OURS
                + " AND relname <> '"
                + PostgresWriteLock.TABLE
                + "' ORDER BY relname")) {
      tables.add(PostgresTableReader.read(connection, table, left));
    }
    return tables;
  }

  /** Returns what is neither a table nor a part of one, a line each. */
  static List<String> others(Connection connection) throws SQLException {
    return Sql.texts(
        connection,
        """
        SELECT CASE relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view '
                            WHEN 'S' THEN 'sequence ' ELSE 'foreign table ' END || relname
        FROM pg_class
        WHERE relnamespace = current_schema()::regnamespace AND relname %1$s
          AND (relkind IN ('v', 'm', 'f')
               OR relkind = 'S' AND NOT EXISTS (SELECT 1 FROM pg_depend
                                                WHERE objid = pg_class.oid
                                                  AND deptype IN ('a', 'i')))
        UNION ALL
        SELECT 'trigger ' || tgname || ' of ' || relname
        FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
        WHERE relnamespace = current_schema()::regnamespace AND NOT tgisinternal
          AND relname %1$s AND tgname %1$s
        UNION ALL
        SELECT 'function ' || proname FROM pg_proc
        WHERE pronamespace = current_schema()::regnamespace AND proname %1$s
        UNION ALL
        SELECT 'policy ' || polname || ' of ' || relname
        FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid
        WHERE relnamespace = current_schema()::regnamespace
        ORDER BY 1
        """
            .formatted(OURS));
  }
}
