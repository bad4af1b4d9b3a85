package botdb.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the indexes of a table that are no constraints, as statements of SQLite. */
final class PostgresIndexReader {
  private final Connection connection;
  private final String table;
  private final List<String> left;

  PostgresIndexReader(Connection connection, String table, List<String> left) {
    this.connection = connection;
    this.table = table;
    this.left = left;
  }

  List<String> read() throws SQLException {
    List<String> statements = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            SELECT relname, indisunique,
                   indexprs IS NULL AND indpred IS NULL AND amname IN ('btree', 'lsm')
                       AND indnkeyatts = indnatts AND NOT 1 = ANY (indoption)
                       AND NOT 2 = ANY (indoption),
                   (SELECT string_agg(quote_ident(attname)
                                      || CASE indoption[place - 1] WHEN 3 THEN ' DESC' ELSE '' END,
                                      ', ' ORDER BY place)
                    FROM unnest(indkey) WITH ORDINALITY AS part (number, place)
                    JOIN pg_attribute ON attrelid = indrelid AND attnum = number)
            FROM pg_index
            JOIN pg_class ON pg_class.oid = indexrelid
            JOIN pg_am ON pg_am.oid = relam
            WHERE indrelid = (SELECT oid FROM pg_class
                              WHERE relname = ? AND relnamespace = current_schema()::regnamespace)
              AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid
                              AND contype IN ('p', 'u', 'x'))
            ORDER BY relname
            """)) {
      statement.setString(1, table);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          add(row, statements);
        }
      }
    }
    return statements;
  }

  private void add(ResultSet row, List<String> statements) throws SQLException {
    if (!row.getBoolean(3)) {
      left.add("index " + row.getString(1) + " of " + table);
      return;
    }
    statements.add(
        "CREATE %sINDEX %s ON %s (%s)"
            .formatted(
                row.getBoolean(2) ? "UNIQUE " : "",
                Sql.quote(row.getString(1)),
                Sql.quote(table),
                row.getString(4)));
  }
}
