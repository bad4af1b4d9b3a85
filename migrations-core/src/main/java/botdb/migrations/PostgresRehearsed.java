package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The copy of a database inside a transaction, which goes by the name of the database in every
 * message: what is a transaction in a real run is a savepoint here.
 */
final class PostgresRehearsed extends PostgresDatabase {
  private static final String SAVEPOINT = "botdb_rehearsed";

  private final Connection connection;
  private final Map<String, Long> rows = new TreeMap<>();
  private Map<String, Long> counted = Map.of();

  PostgresRehearsed(PostgresDatabase database, Connection connection) {
    super(database.address(), database.patience());
    this.connection = connection;
  }

  /** The transaction holds the copy; nobody else can reach it. */
  @Override
  WriteLock lock(Migrator.Listener listener) {
    return new Savepoints();
  }

  /** Returns how many rows of each table were written since one asked last, and committed. */
  Map<String, Long> takeRows() {
    Map<String, Long> taken = new TreeMap<>(rows);
    rows.clear();
    return taken;
  }

  private final class Savepoints extends PostgresLock {
    Savepoints() {
      super(PostgresRehearsed.this);
    }

    @Override
    Connection connection() {
      return connection;
    }

    @Override
    void begin() throws SQLException {
      Sql.run(connection, "SAVEPOINT " + SAVEPOINT);
      counted = PostgresRowChanges.count(connection);
    }

    /** What is put in order before a migration is no work of it. */
    @Override
    void settle() throws SQLException {
      super.settle();
      counted = PostgresRowChanges.count(connection);
    }

    /** Without the rows that were copied, also where their table is gone by now. */
    @Override
    long changes() throws SQLException {
      return PostgresRowChanges.since(counted, connection).values().stream()
          .mapToLong(Long::longValue)
          .sum();
    }

    @Override
    CommitWatch watchCommits() throws SQLException {
      return PostgresCommitWatch.bySchema(connection);
    }

    @Override
    void commit() throws SQLException {
      PostgresRowChanges.since(counted, connection)
          .forEach((table, count) -> rows.merge(table, count, Long::sum));
      Sql.run(connection, "RELEASE " + SAVEPOINT);
    }

    @Override
    void rollback() throws SQLException {
      Sql.run(connection, "ROLLBACK TO " + SAVEPOINT);
      Sql.run(connection, "RELEASE " + SAVEPOINT);
    }

    @Override
    void reconnect() {
      // The copy would be gone; what is set for the transaction alone stays in sight here.
    }

    @Override
    public void close() {
      // Who opened the connection rolls back.
    }
  }
}
