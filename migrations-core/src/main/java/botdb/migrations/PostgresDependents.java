package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What of the owner's needs a part of a table that is to go or to change: views, triggers,
 * policies, keys, indexes.
 *
 * <p>The server would refuse some of it, and let the rest go in silence.
 */
final class PostgresDependents {
  /** What a column brings along and takes with it: its default, the numbers that it counts by. */
  private static final String OF_COLUMN =
      """
      SELECT DISTINCT CASE d.classid
          WHEN 'pg_rewrite'::regclass THEN
            (SELECT CASE relkind WHEN 'v' THEN 'view ' WHEN 'm' THEN 'materialized view '
                                 ELSE 'a rule of ' END || ev_class::regclass
             FROM pg_rewrite JOIN pg_class ON pg_class.oid = ev_class
             WHERE pg_rewrite.oid = d.objid)
          WHEN 'pg_attrdef'::regclass THEN pg_describe_object(d.refclassid, adrelid, adnum)
          ELSE pg_describe_object(d.classid, d.objid, d.objsubid) END
      FROM pg_depend AS d
      JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      LEFT JOIN pg_attrdef ON d.classid = 'pg_attrdef'::regclass AND pg_attrdef.oid = d.objid
      LEFT JOIN pg_class AS r ON d.classid = 'pg_class'::regclass AND r.oid = d.objid
      LEFT JOIN pg_constraint AS c ON d.classid = 'pg_constraint'::regclass AND c.oid = d.objid
      LEFT JOIN pg_attribute AS u ON u.attrelid = d.refobjid AND u.attnum = CASE
          WHEN d.classid = 'pg_attrdef'::regclass THEN adnum
          WHEN d.classid = 'pg_class'::regclass AND d.objid = d.refobjid THEN d.objsubid END
      WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = to_regclass(quote_ident(?))
        AND a.attname = ? AND adnum IS DISTINCT FROM a.attnum AND r.relkind IS DISTINCT FROM 'S'
        AND coalesce(u.attname <> ALL (string_to_array(?, chr(31))), true)
        AND NOT (%s)
      ORDER BY 1
      """;

  private static final String OF_CONSTRAINT =
      """
      SELECT pg_describe_object('pg_constraint'::regclass, c.oid, 0)
      FROM pg_constraint AS c JOIN pg_constraint AS k ON k.conindid = c.conindid
      WHERE c.contype = 'f' AND k.contype IN ('p', 'u')
        AND k.conrelid = to_regclass(quote_ident(?)) AND k.conname = ?
      ORDER BY 1
      """;

  /** What becomes of a column. */
  enum Fate {
    /** It goes. */
    DROPPED("false"),
    /** It comes again, and so do its own keys and indexes. */
    MADE_AGAIN("c.conrelid = d.refobjid OR r.relkind IN ('i', 'I')"),
    /** Its type becomes another, and the server takes keys and indexes along. */
    RETYPED(
        "c.oid IS NOT NULL OR r.relkind IN ('i', 'I')"
            + " OR d.classid = 'pg_statistic_ext'::regclass");

    private final String survivors;

    Fate(String survivors) {
      this.survivors = survivors;
    }
  }

  private final Connection connection;
  private final String table;
  private final List<String> places = new ArrayList<>();

  PostgresDependents(Connection connection, String table) {
    this.connection = connection;
    this.table = table;
  }

  /**
   * Looks for what needs a column.
   *
   * @param going columns that will not be there then
   */
  void ofColumn(String column, Fate fate, List<String> going) throws SQLException {
    String query = OF_COLUMN.formatted("coalesce(" + fate.survivors + ", false)");
    String gone = String.join("\u001f", going);
    add(Sql.texts(connection, query, table, column, gone), table + "." + column);
  }

  /** Keys of other tables point to it. */
  void ofConstraint(String name, String definition) throws SQLException {
    add(Sql.texts(connection, OF_CONSTRAINT, table, name), definition + " of " + table);
  }

  private void add(List<String> dependents, String needed) {
    dependents.forEach(one -> places.add(one + " needs " + needed));
  }

  /**
   * Goes on if there is nothing.
   *
   * @throws MigrationException.UnsuitableData naming what is there
   */
  void refuse() {
    if (!places.isEmpty()) {
      throw new MigrationException.UnsuitableData(
          places,
          "they need what table %s is no longer to have; change or drop them, then start again"
              .formatted(table));
    }
  }
}
