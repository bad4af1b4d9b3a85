package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Runs what a dump says in the transaction of a connection. */
final class PostgresReplay implements PostgresDump.Reader {
  private final Connection connection;
  private @Nullable CopyIn copy;

  PostgresReplay(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void statements(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // A brace in the body of a function is no escape of JDBC.
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }

  @Override
  public void table(PostgresDump.Table table) throws SQLException {
    copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(table.copy());
  }

  @Override
  public void row(byte[] bytes, int offset, int length) throws SQLException {
    if (copy != null) {
      copy.writeToCopy(bytes, offset, length);
    }
  }

  @Override
  public void endOfTable() throws SQLException {
    if (copy != null) {
      copy.endCopy();
      copy = null;
    }
  }
}
