package botdb.migrations;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads the schema of a database on a server as the facts that SQLite would give of it, as far as
 * both know such things; {@link PostgresSnapshot} says those of a snapshot so.
 *
 * <p>Where a column stands among the others is no such fact: a server cannot put one between two.
 */
final class PostgresSchema {
  private static final Map<String, String> TYPES =
      Map.of(
          "bigint", "INTEGER",
          "integer", "INT4",
          "smallint", "INT2",
          "double precision", "REAL",
          "bytea", "BLOB",
          "timestamp(0) without time zone", "TIMESTAMP",
          "timestamp without time zone", "TIMESTAMP(6)");

  private static final Map<String, String> ACTIONS =
      Map.of(
          "a", "no action", "r", "restrict", "c", "cascade", "n", "set null", "d", "set default");

  /** What both sides of a comparison leave out: what the program keeps for itself. */
  private static final String TABLES =
      """
      t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p')
        AND NOT t.relispartition AND t.relname NOT LIKE 'botdb\\_%' AND lower(t.relname) NOT IN (:own)
      """;

  private static final String COLUMNS_OF_KEY =
      """
      (SELECT string_agg(lower(a.attname), ', ' ORDER BY n)
       FROM unnest(:key) WITH ORDINALITY AS k (number, n)
       JOIN pg_attribute AS a ON a.attrelid = :table AND a.attnum = k.number)""";

  private final Connection connection;
  private final SortedSet<String> facts = new TreeSet<>();

  private PostgresSchema(Connection connection) {
    this.connection = connection;
  }

  static Schema read(Connection connection) throws SQLException {
    PostgresSchema schema = new PostgresSchema(connection);
    schema.tables();
    schema.columns();
    schema.constraints();
    schema.indexes();
    schema.views();
    return new Schema(schema.facts);
  }

  private void tables() throws SQLException {
    query(
        "SELECT lower(t.relname) FROM pg_class AS t WHERE :tables",
        row -> facts.add("table " + row.getString(1)));
  }

  private void columns() throws SQLException {
    query(
        """
        SELECT lower(t.relname), lower(a.attname), format_type(a.atttypid, a.atttypmod),
          a.attnotnull, a.attgenerated <> '', pg_get_expr(d.adbin, d.adrelid), a.attidentity <> ''
        FROM pg_class AS t
        JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_attrdef AS d ON d.adrelid = t.oid AND d.adnum = a.attnum
        WHERE :tables
        """,
        this::column);
  }

  private void column(ResultSet row) throws SQLException {
    String column = "column " + row.getString(1) + "." + row.getString(2);
    String type = type(row.getString(3));
    String otherwise = row.getString(6);
    facts.add(column + " " + type);
    if (row.getBoolean(4)) {
      facts.add(column + " is not null");
    }
    if (row.getBoolean(5)) {
      facts.add(column + " is generated");
    } else if (row.getBoolean(7) || otherwise != null && otherwise.startsWith("nextval(")) {
      facts.add("table " + row.getString(1) + " counts with autoincrement");
    } else if (otherwise != null) {
      facts.add(column + " defaults to " + otherwise(otherwise, type));
    }
  }

  static String type(String type) {
    String known = TYPES.get(type);
    return known == null
        ? type.replace("character varying", "varchar").toUpperCase(Locale.ROOT)
        : known;
  }

  /** Without casts; a number is a number, however it was put into quotes to be cast. */
  private static String otherwise(String sql, String type) {
    if (sql.contains("now()") && sql.contains("UTC")) {
      return "current_timestamp";
    }
    String plain = sql.replaceAll("::[a-z][a-z ]*(\\([\\d,]+\\))?", "");
    if (!type.equals("TEXT") && plain.matches("'-?[0-9.]+'")) {
      plain = plain.substring(1, plain.length() - 1);
    }
    return String.join(" ", SqlTokens.of(plain));
  }

  private void constraints() throws SQLException {
    query(
        """
        SELECT lower(t.relname), c.contype, %s, lower(p.relname), %s, c.confupdtype, c.confdeltype
        FROM pg_constraint AS c
        JOIN pg_class AS t ON t.oid = c.conrelid
        LEFT JOIN pg_class AS p ON p.oid = c.confrelid
        WHERE :tables
        """
            .formatted(columnsOf("c.conkey", "t.oid"), columnsOf("c.confkey", "p.oid")),
        this::constraint);
  }

  private static String columnsOf(String key, String table) {
    return COLUMNS_OF_KEY.replace(":key", key).replace(":table", table);
  }

  private void constraint(ResultSet row) throws SQLException {
    String table = row.getString(1);
    String columns = row.getString(3) == null ? "" : row.getString(3);
    switch (row.getString(2)) {
      case "p" -> {
        int part = 0;
        for (String column : columns.split(", ")) {
          part++;
          facts.add("column %s.%s is part %d of the primary key".formatted(table, column, part));
        }
      }
      case "u" -> facts.add("unique " + table + " (" + columns + ")");
      case "c" -> facts.add(PostgresSnapshot.check(table, List.of(columns.split(", "))));
      case "f" ->
          facts.add(
              "foreign key %s (%s) to %s (%s) on update %s on delete %s"
                  .formatted(
                      table,
                      columns,
                      row.getString(4),
                      row.getString(5),
                      ACTIONS.get(row.getString(6)),
                      ACTIONS.get(row.getString(7))));
      default -> facts.add("constraint of " + table + " (" + columns + ")");
    }
  }

  private void indexes() throws SQLException {
    query(
        """
        SELECT lower(i.relname), lower(t.relname), x.indisunique, x.indpred IS NOT NULL,
          (SELECT string_agg(coalesce(lower(a.attname), 'expression'), ', ' ORDER BY n)
           FROM unnest(x.indkey::smallint[]) WITH ORDINALITY AS k (number, n)
           LEFT JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = k.number
           WHERE n <= x.indnkeyatts)
        FROM pg_index AS x
        JOIN pg_class AS i ON i.oid = x.indexrelid
        JOIN pg_class AS t ON t.oid = x.indrelid
        WHERE NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.oid AND contype IN ('p', 'u'))
          AND :tables
        """,
        row ->
            facts.add(
                PostgresSnapshot.index(
                    row.getString(1),
                    row.getString(2),
                    row.getString(5),
                    row.getBoolean(3),
                    row.getBoolean(4))));
  }

  private void views() throws SQLException {
    query(
        "SELECT lower(relname) FROM pg_class"
            + " WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('v', 'm')",
        row -> facts.add("view " + row.getString(1) + ":"));
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void query(String sql, RowReader reader) throws SQLException {
    String own = "'" + String.join("', '", Schema.OWN) + "', '" + PostgresWriteLock.TABLE + "'";
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(sql.replace(":tables", TABLES).replace(":own", own))) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }
}
