package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Copies a schema into another one of the same database: tables with rows, defaults, keys, checks
 * and indexes under their names, sequences, functions, views and triggers.
 *
 * <p>The server says what is there in names without a schema, and is told so again where they mean
 * the copy. Types stay those of the original; partitioned and foreign tables become plain ones;
 * keys to other schemas, rules, policies and rights are left out.
 */
final class PostgresSchemaCopy {
  private static final String SEQUENCES =
      """
      SELECT format('CREATE SEQUENCE %I AS %s START %s MINVALUE %s MAXVALUE %s INCREMENT %s %s',
          sequencename, data_type, start_value, min_value, max_value, increment_by,
          CASE WHEN cycle THEN 'CYCLE' ELSE '' END)
      FROM pg_sequences
      WHERE schemaname = current_schema() AND NOT EXISTS (SELECT 1 FROM pg_depend
          WHERE classid = 'pg_class'::regclass AND deptype IN ('e', 'i')
              AND objid = format('%I.%I', schemaname, sequencename)::regclass)
      """;

  private static final String IS_TABLE =
      """
      c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'f')
          AND NOT c.relispartition AND c.relname <> '%s' AND NOT EXISTS (SELECT 1 FROM pg_depend
              WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')
      """
          .formatted(PostgresWriteLock.TABLE);

  private static final String TABLES =
      """
      SELECT format('CREATE TABLE %I (LIKE %I.%I INCLUDING ALL EXCLUDING INDEXES)',
          relname, current_schema(), relname)
      FROM pg_class AS c WHERE\s"""
          + IS_TABLE;

  private static final String ROWS =
      """
      SELECT format('INSERT INTO %I (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM %s %I.%I',
          relname, columns, columns, CASE relkind WHEN 'r' THEN 'ONLY' END, current_schema(), relname)
      FROM pg_class AS c CROSS JOIN LATERAL (
          SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns
          FROM pg_attribute
          WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = '') AS a
      WHERE columns IS NOT NULL AND\s"""
          + IS_TABLE;

  /** The name of a function is the one thing that always comes with its schema. */
  private static final String FUNCTIONS =
      """
      SELECT left(definition, at - 1) || substr(definition, at + length(quote_ident(current_schema())) + 1)
      FROM pg_proc AS p
          CROSS JOIN LATERAL (SELECT pg_get_functiondef(p.oid) AS definition WHERE prokind IN ('f', 'p')) AS d
          CROSS JOIN LATERAL (
              SELECT position(format('%I.%I(', current_schema(), proname) IN definition) AS at) AS n
      WHERE pronamespace = current_schema()::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_depend
          WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype = 'e')
      """;

  /** Something may be said there that is not for people alone. */
  private static final String COMMENTS =
      """
      SELECT format('COMMENT ON TABLE %I IS %L', relname, obj_description(c.oid, 'pg_class'))
      FROM pg_class AS c WHERE obj_description(c.oid, 'pg_class') IS NOT NULL AND\s"""
          + IS_TABLE;

  private static final String DEFAULTS =
      """
      SELECT format('ALTER TABLE %I ALTER %I SET DEFAULT %s',
          relname, attname, pg_get_expr(adbin, adrelid))
      FROM pg_attrdef JOIN pg_class AS c ON c.oid = adrelid
          JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
      WHERE attgenerated = '' AND\s"""
          + IS_TABLE;

  private static final String OWNED_SEQUENCES =
      """
      SELECT format('ALTER SEQUENCE %I OWNED BY %I.%I', s.relname, c.relname, attname)
      FROM pg_depend AS d JOIN pg_class AS s ON s.oid = d.objid AND s.relkind = 'S'
          JOIN pg_class AS c ON c.oid = d.refobjid
          JOIN pg_attribute ON attrelid = c.oid AND attnum = d.refobjsubid
      WHERE d.classid = 'pg_class'::regclass AND d.deptype = 'a'
          AND s.relnamespace = c.relnamespace AND c.relnamespace = current_schema()::regnamespace
      """;

  private static final String NUMBERS =
      """
      SELECT CASE WHEN deptype = 'i'
          THEN format('ALTER TABLE %I ALTER %I RESTART WITH %s', c.relname, attname, next)
          ELSE format('ALTER SEQUENCE %I RESTART WITH %s', sequencename, next) END
      FROM (SELECT *, last_value + increment_by AS next FROM pg_sequences
              WHERE schemaname = current_schema() AND last_value IS NOT NULL) AS s
          LEFT JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.deptype = 'i'
              AND d.objid = format('%I.%I', schemaname, sequencename)::regclass
          LEFT JOIN pg_class AS c ON c.oid = d.refobjid
          LEFT JOIN pg_attribute ON attrelid = c.oid AND attnum = d.refobjsubid
      """;

  /** Primary keys and the like first, which others refer to. */
  private static final String KEYS =
      """
      SELECT format('ALTER TABLE %I ADD CONSTRAINT %I %s', c.relname, conname, pg_get_constraintdef(k.oid))
      FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = conrelid
          LEFT JOIN pg_class AS f ON f.oid = confrelid
      WHERE contype IN ('p', 'u', 'x', 'f') AND conparentid = 0
          AND (f.oid IS NULL OR f.relnamespace = c.relnamespace) AND\s"""
          + IS_TABLE
          + " ORDER BY contype = 'f', contype = 'p' DESC";

  private static final String INDEXES =
      """
      SELECT pg_get_indexdef(indexrelid, 0, true)
      FROM pg_index JOIN pg_class AS c ON c.oid = indrelid
      WHERE c.relnamespace = current_schema()::regnamespace AND NOT relispartition
          AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f')
      """;

  private static final String VIEWS =
      """
      SELECT format('CREATE %s %I AS %s', CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'MATERIALIZED VIEW' END,
          relname, pg_get_viewdef(oid))
      FROM pg_class AS c
      WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('v', 'm')
          AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_class'::regclass
              AND objid = c.oid AND deptype = 'e')
      """;

  private static final String TRIGGERS =
      """
      SELECT pg_get_triggerdef(t.oid, true)
      FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = tgrelid
      WHERE NOT tgisinternal AND tgenabled <> 'D'
          AND relnamespace = current_schema()::regnamespace AND NOT relispartition
      """;

  private static final List<String> ALL =
      List.of(
          SEQUENCES,
          TABLES,
          ROWS,
          COMMENTS,
          FUNCTIONS,
          DEFAULTS,
          OWNED_SEQUENCES,
          NUMBERS,
          KEYS,
          VIEWS,
          INDEXES,
          TRIGGERS);

  private PostgresSchemaCopy() {}

  /**
   * Copies, in the transaction of a connection, which looks for names somewhere else afterwards.
   *
   * @param from what is copied
   * @param to a schema with nothing in it
   */
  static void make(Connection connection, String from, String to) throws SQLException {
    // What a function needs may be copied after it.
    Sql.run(connection, "SET LOCAL check_function_bodies = off");
    for (String definitions : ALL) {
      PostgresSession.searchIn(connection, from);
      List<String> statements = Sql.texts(connection, definitions);
      // Behind the copy the types of the original are found.
      PostgresSession.searchIn(connection, to, from);
      PostgresStatements.run(connection, statements);
    }
  }
}
