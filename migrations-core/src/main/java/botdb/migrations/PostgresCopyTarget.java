package botdb.migrations;

import botdb.migrations.CopiedTable.Column;
import botdb.migrations.CopiedTable.ForeignKey;
import botdb.migrations.CopiedTable.Part;
import botdb.migrations.CopiedTable.Types;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** An empty schema on a server, filled in one transaction. */
final class PostgresCopyTarget implements CopyTarget {
  /** From what everybody would say to what every server understands. */
  private static final List<List<Part>> ATTEMPTS =
      List.of(
          List.of(Part.FOREIGN_KEYS),
          List.of(Part.FOREIGN_KEYS, Part.CHECKS),
          List.of(Part.FOREIGN_KEYS, Part.CHECKS, Part.FALLBACKS));

  private static final String POINTS_NOWHERE = "23503";

  private final PostgresDatabase database;
  private final Connection connection;

  /** What is said once the rows are there: it takes less time then, and rows come in any order. */
  private final List<String> completing = new ArrayList<>();

  private PostgresCopyTarget(PostgresDatabase database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  /**
   * Begins the transaction. Whoever starts to migrate there meanwhile waits for its end, as it has
   * locked what they would lock.
   */
  static PostgresCopyTarget open(PostgresDatabase database) throws SQLException {
    Connection connection = database.open();
    try {
      connection.setAutoCommit(false);
      refuseUnsuitable(database, connection);
      PostgresWriteLock.lockUntilCommit(connection, database.patience());
      // Somebody may have come first.
      refuseUnsuitable(database, connection);
      return new PostgresCopyTarget(database, connection);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static void refuseUnsuitable(PostgresDatabase database, Connection connection)
      throws SQLException {
    if (!database.tables().isEmpty(connection)) {
      throw new MigrationException.CopyRefused(
          database.name(),
          database.name() + " is not empty",
          database.tables().names(connection, Long.MAX_VALUE),
          "copy to an empty database or schema; to copy into this one, drop what is in it first");
    }
  }

  // --- The tables ---

  @Override
  public List<String> create(List<CopiedTable> tables) throws SQLException {
    for (CopiedTable table : tables) {
      create(table);
    }
    Savepoint withoutKeys = connection.setSavepoint();
    for (CopiedTable table : tables) {
      for (String index : table.indexes()) {
        attempt(inOwnWords(index));
      }
    }
    for (CopiedTable table : tables) {
      for (ForeignKey key : table.foreignKeys()) {
        attempt("ALTER TABLE " + Sql.quote(table.name()) + " ADD " + key.clause());
      }
    }
    List<String> missing = missing(tables);
    connection.rollback(withoutKeys);
    return missing;
  }

  private void create(CopiedTable table) throws SQLException {
    if (table.isOwn()) {
      RunnerTables.create(connection, database, table.name());
      return;
    }
    SQLException refusal = null;
    for (List<Part> without : ATTEMPTS) {
      refusal = refusalOf(inOwnWords(table.statement(Types.COPIED, without)));
      if (refusal == null) {
        return;
      }
    }
    throw refusal == null ? new SQLException("no table " + table.name()) : refusal;
  }

  private void attempt(String statement) throws SQLException {
    if (refusalOf(statement) == null) {
      completing.add(statement);
    }
  }

  /** A statement that cannot be said is as good as one that is refused. */
  private String inOwnWords(String statement) {
    try {
      return database.script(statement);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Says what may be refused, and goes on as if it had not been said; null if it was not. */
  private @Nullable SQLException refusalOf(String statement) throws SQLException {
    if (statement.isEmpty()) {
      return new SQLException("PostgreSQL has no words for it");
    }
    Savepoint savepoint = connection.setSavepoint();
    try {
      Sql.run(connection, statement);
      connection.releaseSavepoint(savepoint);
      return null;
    } catch (SQLException e) {
      if (database.explain(e) instanceof MigrationException.DatabaseFailed) {
        connection.rollback(savepoint);
        return e;
      }
      throw e;
    }
  }

  /** Reads the tables back, as if they were to be copied from here, and compares. */
  private List<String> missing(List<CopiedTable> tables) throws SQLException {
    List<CopiedTable> created = new ArrayList<>();
    for (CopiedTable read : PostgresCopiedTables.read(connection, new ArrayList<>())) {
      for (CopiedTable table : tables) {
        if (table.name().equals(read.name())) {
          created.add(inSameForm(read, table));
        }
      }
    }
    SortedSet<String> facts = CopiedSchema.facts(created, Types.COPIED);
    return CopiedSchema.facts(tables, Types.COPIED).stream()
        .filter(fact -> !facts.contains(fact))
        .map(CopiedSchema::shown)
        .toList();
  }

  /**
   * Here a key is not null by itself, names the key that it refers to, and checks read otherwise.
   */
  private static CopiedTable inSameForm(CopiedTable read, CopiedTable table) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < read.columns().size(); i++) {
      Column column = read.columns().get(i);
      boolean isNotNull =
          read.primaryKey().contains(column.name())
              ? table.columns().get(i).isNotNull()
              : column.isNotNull();
      columns.add(
          new Column(
              column.name(), column.declared(), column.kind(), isNotNull, column.fallback()));
    }
    List<ForeignKey> keys =
        read.foreignKeys().stream().map(key -> inSameForm(key, table.foreignKeys())).toList();
    boolean hasChecks = read.checks().size() == table.checks().size();
    return new CopiedTable(
        read.name(),
        columns,
        read.primaryKey(),
        read.isNumbered(),
        read.lastNumber(),
        read.uniques(),
        keys,
        hasChecks ? table.checks() : read.checks(),
        read.indexes(),
        table.isOwn());
  }

  private static ForeignKey inSameForm(ForeignKey read, List<ForeignKey> keys) {
    for (ForeignKey key : keys) {
      if (key.keyColumns().isEmpty()
          && key.columns().equals(read.columns())
          && key.table().equals(read.table())) {
        return new ForeignKey(
            read.columns(), read.table(), List.of(), read.onUpdate(), read.onDelete());
      }
    }
    return read;
  }

  // --- The rows ---

  @Override
  public Rows rows(CopiedTable table) throws SQLException {
    return PostgresCopyRows.into(connection, table);
  }

  @Override
  public void complete(List<CopiedTable> tables) throws SQLException {
    for (String statement : completing) {
      complete(statement);
    }
    for (CopiedTable table : tables) {
      if (table.lastNumber() > 0) {
        Sql.texts(
            connection,
            "SELECT setval(pg_get_serial_sequence(quote_ident(?), ?), " + table.lastNumber() + ")",
            table.name(),
            table.primaryKey().get(0));
      }
    }
  }

  /** Rows that point nowhere stay as they were, and no new ones come. */
  private void complete(String statement) throws SQLException {
    Savepoint savepoint = connection.setSavepoint();
    try {
      Sql.run(connection, statement);
      connection.releaseSavepoint(savepoint);
    } catch (SQLException e) {
      if (!POINTS_NOWHERE.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback(savepoint);
      Sql.run(connection, statement + " NOT VALID");
    }
  }

  @Override
  public RowChecksum checksum(CopiedTable table, Runnable row) throws SQLException {
    return PostgresCopiedRows.of(database, connection, table).checksum();
  }

  @Override
  public void commit() throws SQLException {
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
