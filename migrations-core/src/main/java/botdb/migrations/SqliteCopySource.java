package botdb.migrations;

import botdb.migrations.CopiedTable.Types;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** A database in a file, read in one transaction. */
final class SqliteCopySource implements CopySource {
  private final Connection connection;

  private SqliteCopySource(Connection connection) {
    this.connection = connection;
  }

  static SqliteCopySource open(SqliteFile file, Migrator.Listener listener) {
    Connection connection = file.openReadOnly();
    try {
      // Others may go on writing where there is a log; the snapshot stays what it is.
      new SqlitePatience(file.patience(), listener)
          .waitFor(
              connection,
              () -> {
                Sql.run(connection, "BEGIN");
                return Sql.count(connection, "SELECT count(*) FROM sqlite_schema");
              });
      return new SqliteCopySource(connection);
    } catch (SQLException e) {
      try (connection) {
        throw file.explain(e);
      } catch (SQLException closing) {
        throw file.explain(e);
      }
    }
  }

  @Override
  public Connection connection() {
    return connection;
  }

  @Override
  public Contents contents() throws SQLException {
    List<CopiedTable> tables = new ArrayList<>();
    for (String table :
        Sql.texts(
            connection,
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                + " AND name NOT LIKE 'botdb\\_%' ESCAPE '\\' ORDER BY name")) {
      tables.add(new SqliteTableReader(connection, table).read());
    }
    return new Contents(tables, left(tables));
  }

  /** What the statements by which the tables are copied do not say. */
  private List<String> left(List<CopiedTable> tables) throws SQLException {
    SortedSet<String> facts = SqliteSchemaReader.schema(connection).facts();
    SortedSet<String> said = CopiedSchema.facts(tables, Types.DECLARED);
    return facts.stream().filter(fact -> !said.contains(fact)).map(CopiedSchema::shown).toList();
  }

  @Override
  public long count(CopiedTable table) throws SQLException {
    return Sql.count(connection, "SELECT count(*) FROM " + Sql.quote(table.name()));
  }

  @Override
  public RowChecksum check(CopiedTable table, UnsuitableCells unsuitable, Runnable row)
      throws SQLException {
    return SqliteRows.of(connection, table).check(unsuitable, row);
  }

  @Override
  public void read(CopiedTable table, CellSink sink) throws SQLException {
    SqliteRows.of(connection, table).read(sink);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
