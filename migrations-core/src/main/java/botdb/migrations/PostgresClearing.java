package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Drops what is in the schema of a transaction, as far as a dump of it would hold it.
 *
 * <p>Never with what depends on it from elsewhere: that is refused. What belongs to an extension
 * stays, and so does the row that starters lock.
 */
final class PostgresClearing {
  private static final String OBJECTS =
      """
      SELECT statement FROM (
          SELECT 'pg_class'::regclass AS kind, oid, 1 AS step,
                  format('DROP %%s IF EXISTS %%s', CASE relkind
                      WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                      WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'SEQUENCE' END, oid::regclass) AS statement
              FROM pg_class
              WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('v', 'm', 'f', 'S')
          UNION ALL
          SELECT 'pg_proc'::regclass, oid, 3, format('DROP ROUTINE IF EXISTS %%s', oid::regprocedure)
              FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
          UNION ALL
          SELECT 'pg_type'::regclass, oid, 4, format('DROP TYPE IF EXISTS %%s', oid::regtype)
              FROM pg_type AS t
              WHERE typnamespace = current_schema()::regnamespace AND typcategory <> 'A'
                  AND (typrelid = 0
                      OR EXISTS (SELECT 1 FROM pg_class WHERE oid = typrelid AND relkind = 'c'))
          UNION ALL
          SELECT NULL, 0, 2, format('DROP TABLE %%s', string_agg(oid::regclass::text, ', '))
              FROM pg_class AS c
              WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
                  AND relname <> '%s'
                  AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_class'::regclass
                      AND objid = c.oid AND deptype = 'e')
              HAVING count(*) > 0
      ) AS object
      WHERE NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = kind AND objid = object.oid
          AND deptype = 'e')
      ORDER BY step, oid DESC
      """
          .formatted(PostgresWriteLock.TABLE);

  private PostgresClearing() {}

  /**
   * Drops all of it.
   *
   * @throws SQLException if something elsewhere depends on it; the transaction is to be rolled back
   */
  static void clear(Connection connection) throws SQLException {
    PostgresStatements.run(connection, Sql.texts(connection, OBJECTS));
  }
}
