package botdb.migrations;

import botdb.migrations.PostgresTableForm.Column;
import botdb.migrations.PostgresTableForm.Constraint;
import botdb.migrations.PostgresTableForm.Index;
import botdb.migrations.PostgresTableForm.Unique;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a table is from the catalog of the server. */
final class PostgresTableFormReader {
  private static final String COLUMNS =
      """
      SELECT attname, format_type(atttypid, atttypmod),
        CASE WHEN attcollation <> typcollation THEN 'COLLATE ' || attcollation::regcollation
             ELSE '' END,
        attnotnull, attgenerated <> '', pg_get_expr(adbin, adrelid), attidentity <> '',
        ARRAY(SELECT u.attname::text
              FROM pg_depend
              JOIN pg_attribute AS u ON u.attrelid = refobjid AND u.attnum = refobjsubid
              WHERE (classid = 'pg_attrdef'::regclass AND objid = d.oid
                     OR classid = 'pg_class'::regclass AND objid = adrelid AND objsubid = adnum)
                AND refclassid = 'pg_class'::regclass AND refobjid = adrelid
                AND refobjsubid <> adnum)
      FROM pg_attribute AS a
      JOIN pg_type AS t ON t.oid = atttypid
      LEFT JOIN pg_attrdef AS d ON adrelid = attrelid AND adnum = attnum
      WHERE attrelid = to_regclass(quote_ident(?)) AND attnum > 0 AND NOT attisdropped
      ORDER BY attnum
      """;

  private static final String CONSTRAINTS =
      """
      SELECT conname, contype, pg_get_constraintdef(oid),
        ARRAY(SELECT attname::text
              FROM unnest(conkey) WITH ORDINALITY AS k (number, place)
              JOIN pg_attribute ON attrelid = conrelid AND attnum = number ORDER BY place),
        CASE WHEN confrelid <> 0 THEN confrelid::regclass::text END,
        ARRAY(SELECT attname::text
              FROM unnest(confkey) WITH ORDINALITY AS k (number, place)
              JOIN pg_attribute ON attrelid = confrelid AND attnum = number ORDER BY place)
      FROM pg_constraint
      WHERE conrelid = to_regclass(quote_ident(?)) AND contype IN ('p', 'u', 'c', 'f', 'x')
      ORDER BY oid
      """;

  private static final String INDEXES =
      """
      SELECT relname, definition,
        CASE WHEN indisunique THEN 'UNIQUE' ELSE '' END
          || substr(definition, position(' USING ' IN definition)),
        indisunique, pg_get_expr(indpred, indrelid),
        ARRAY(SELECT pg_get_indexdef(indexrelid, place, true)
              FROM generate_series(1, indnkeyatts) AS place ORDER BY place),
        ARRAY(SELECT attname::text
              FROM pg_depend JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
              WHERE classid = 'pg_class'::regclass AND objid = indexrelid
                AND refclassid = 'pg_class'::regclass AND refobjid = indrelid ORDER BY attnum)
      FROM pg_index
      JOIN pg_class ON pg_class.oid = indexrelid
      CROSS JOIN LATERAL (SELECT pg_get_indexdef(indexrelid) AS definition) AS d
      WHERE indrelid = to_regclass(quote_ident(?))
        AND NOT EXISTS (SELECT 1 FROM pg_constraint
                        WHERE conindid = indexrelid AND contype IN ('p', 'u', 'x'))
      ORDER BY relname
      """;

  private final Connection connection;
  private final String table;

  private PostgresTableFormReader(Connection connection, String table) {
    this.connection = connection;
    this.table = table;
  }

  /** Reads a table; one that is not there has no columns. */
  static PostgresTableForm read(Connection connection, String table) throws SQLException {
    PostgresTableFormReader reader = new PostgresTableFormReader(connection, table);
    Map<String, Column> columns = new LinkedHashMap<>();
    reader.query(
        COLUMNS,
        row ->
            columns.put(
                PostgresTableForm.key(row.getString(1)), PostgresTableFormReader.column(row)));
    List<Constraint> constraints = new ArrayList<>();
    reader.query(CONSTRAINTS, row -> constraints.add(constraint(row)));
    Map<String, Index> indexes = new LinkedHashMap<>();
    reader.query(INDEXES, row -> indexes.put(PostgresTableForm.key(row.getString(1)), index(row)));
    return new PostgresTableForm(columns, constraints, indexes);
  }

  private static Column column(ResultSet row) throws SQLException {
    String expression = row.getString(6);
    boolean isComputed = row.getBoolean(5);
    boolean counts =
        row.getBoolean(7) || !isComputed && expression != null && expression.startsWith("nextval(");
    return new Column(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getBoolean(4),
        isComputed || counts ? null : expression,
        isComputed ? expression : null,
        counts,
        isComputed ? texts(row, 8) : List.of());
  }

  private static Constraint constraint(ResultSet row) throws SQLException {
    return new Constraint(
        row.getString(1),
        row.getString(2).charAt(0),
        row.getString(3),
        texts(row, 4),
        row.getString(5),
        texts(row, 6));
  }

  private static Index index(ResultSet row) throws SQLException {
    return new Index(
        row.getString(1),
        row.getString(3),
        row.getString(2),
        row.getBoolean(4) ? new Unique(texts(row, 6), texts(row, 7), row.getString(5)) : null);
  }

  private static List<String> texts(ResultSet row, int column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void query(String sql, RowReader reader) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reader.read(rows);
        }
      }
    }
  }
}
