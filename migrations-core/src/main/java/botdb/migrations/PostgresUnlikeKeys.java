package botdb.migrations;

import botdb.migrations.PostgresTableDifference.Change;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Keys of two tables whose columns no longer compare if one of them gets another type. */
final class PostgresUnlikeKeys {
  /** How the server refuses such a key; it names one of them and no column. */
  private static final String DATATYPE_MISMATCH = "42804";

  private static final String KEYS =
      """
      SELECT format('%s: %s.%I is %s, and %s.%I becomes %s',
          pg_describe_object('pg_constraint'::regclass, c.oid, 0),
          other.attrelid::regclass, other.attname, format_type(other.atttypid, other.atttypmod),
          own.attrelid::regclass, own.attname, becomes)
      FROM pg_constraint AS c
      CROSS JOIN unnest(conkey, confkey) AS k (child, parent)
      JOIN pg_attribute AS own
        ON (own.attrelid, own.attnum) IN ((conrelid, child), (confrelid, parent))
      JOIN pg_attribute AS other
        ON (other.attrelid, other.attnum) IN ((conrelid, child), (confrelid, parent))
      CROSS JOIN CAST(? AS text) AS becomes
      WHERE contype = 'f' AND own.attrelid = to_regclass(quote_ident(?)) AND own.attname = ?
        AND other.attrelid <> own.attrelid
        AND format_type(other.atttypid, other.atttypmod) <> becomes
      ORDER BY 1
      """;

  private PostgresUnlikeKeys() {}

  /**
   * Runs a statement that gives columns of a table other types.
   *
   * @throws MigrationException.UnsuitableData naming the keys that the server refuses it for
   */
  static void retype(Connection connection, String table, List<Change> retyped, String statement)
      throws SQLException {
    try {
      PostgresSavepoint.attempt(connection, statement);
    } catch (SQLException e) {
      List<String> keys = new ArrayList<>();
      for (Change change : retyped) {
        keys.addAll(
            Sql.texts(connection, KEYS, change.becomes().type(), table, change.is().name()));
      }
      if (!DATATYPE_MISMATCH.equals(e.getSQLState()) || keys.isEmpty()) {
        throw e;
      }
      throw new MigrationException.UnsuitableData(
          keys,
          "drop these keys, then start again; before they are made anew, both ends need one type");
    }
  }
}
