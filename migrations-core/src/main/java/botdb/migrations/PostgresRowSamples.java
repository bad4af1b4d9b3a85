package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * The first rows of each table that a migration changed, found by comparing the copy with what it
 * was: before the first migration the original, then another copy.
 */
final class PostgresRowSamples {
  private final Connection connection;
  private final String original;
  private final String now;
  private final String kept;
  private final UnaryOperator<String> mask;
  private String before;

  PostgresRowSamples(
      Connection connection, String original, String now, UnaryOperator<String> mask) {
    this.connection = connection;
    this.original = original;
    this.now = now;
    this.kept = now + "_before";
    this.mask = mask;
    this.before = original;
  }

  /** Keeps the tables as they are now. */
  void keep() throws SQLException {
    Sql.run(
        connection,
        "DROP SCHEMA IF EXISTS " + Sql.quote(kept) + " CASCADE; CREATE SCHEMA " + Sql.quote(kept));
    for (String table : tables(now)) {
      String copy = Sql.quote(kept) + "." + Sql.quote(table);
      Sql.run(
          connection,
          "CREATE TABLE " + copy + " AS TABLE " + Sql.quote(now) + "." + Sql.quote(table));
      for (String key : keys(table)) {
        Sql.run(connection, "ALTER TABLE " + copy + " ADD " + key);
      }
    }
    before = kept;
  }

  private List<String> keys(String table) throws SQLException {
    return Sql.texts(
        connection,
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
            + " WHERE contype = 'p' AND conrelid = format('%I.%I', ?, ?)::regclass",
        now,
        table);
  }

  /**
   * Compares the copy with what it was.
   *
   * @param ignored tables to leave out
   */
  List<Rehearsal.Sample> take(Set<String> ignored) throws SQLException {
    Set<String> tables = new TreeSet<>(tables(before));
    tables.addAll(tables(now));
    List<Rehearsal.Sample> samples = new ArrayList<>();
    for (String table : tables) {
      if (!ignored.contains(table)) {
        samples.addAll(PostgresTableComparison.of(connection, before, now, table, mask).samples());
      }
    }
    return samples;
  }

  /**
   * Those of the runner on a server aside, and partitions, whose rows are in the copy of a whole.
   */
  private List<String> tables(String schema) throws SQLException {
    return Sql.texts(
        connection,
        "SELECT relname FROM pg_class WHERE relnamespace = ?::regnamespace AND relkind IN ('r', 'p')"
            + " AND NOT relispartition AND relname NOT LIKE 'botdb\\_%' AND relname <> '"
            + PostgresWriteLock.TABLE
            + "'",
        Sql.quote(schema));
  }

  /**
   * Refuses to go on where something has named the original and done more there than read.
   *
   * <p>It is rolled back as all the rest; but others may have waited, and the report is of the copy
   * alone.
   */
  void refuseOutside(PostgresDatabase database) throws SQLException {
    List<String> touched =
        Sql.texts(
            connection,
            "SELECT DISTINCT relname FROM pg_locks JOIN pg_class AS c ON c.oid = relation"
                + " WHERE pid = pg_backend_pid() AND relkind IN ('r', 'p')"
                + " AND relnamespace = ?::regnamespace"
                + " AND mode NOT IN ('AccessShareLock') ORDER BY relname",
            Sql.quote(original));
    if (!touched.isEmpty()) {
      throw new MigrationException.DatabaseFailed(
          database.name(),
          "the rehearsal met something that names the schema "
              + original
              + " and writes there, to "
              + String.join(", ", touched)
              + "; nothing of it stays",
          List.of(),
          new SQLException("outside of the copy"));
    }
  }
}
