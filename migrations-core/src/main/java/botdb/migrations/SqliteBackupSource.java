package botdb.migrations;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/** Copies a database page by page, and compares the copy with it. */
final class SqliteBackupSource implements Database.BackupSource {
  private final SqliteFile file;
  private final Connection source;

  private SqliteBackupSource(SqliteFile file, Connection source) {
    this.file = file;
    this.source = source;
  }

  static SqliteBackupSource open(SqliteFile file) {
    return new SqliteBackupSource(file, file.openReadOnly());
  }

  @Override
  public void copyTo(Path target) throws SQLException, IOException {
    SqliteDiskSpace.of(file).forBackup(target).require();
    SqliteCopy.copy(source, file.path(), target);
  }

  @Override
  public Contents check(Path copy) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    try (Connection connection = config.createConnection("jdbc:sqlite:" + copy.toAbsolutePath())) {
      String damage = SqliteDamage.anywhere(connection);
      if (damage != null) {
        throw new MigrationException.Corrupt(file.name(), damage, List.of(), null);
      }
      if (!counts(connection).equals(counts(source))) {
        throw new SQLException("the copy has not the rows of the database");
      }
      return new Contents(BackupWriter.version(MigrationTable.read(connection, file)), null);
    }
  }

  /** Every table and how many rows it has. */
  private static List<String> counts(Connection connection) throws SQLException {
    List<String> tables =
        Sql.texts(
            connection,
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name");
    List<String> counts = new ArrayList<>();
    for (String table : tables) {
      counts.add(table + " " + Sql.count(connection, "SELECT count(*) FROM " + Sql.quote(table)));
    }
    return counts;
  }

  @Override
  public void close() throws SQLException {
    source.close();
  }
}
