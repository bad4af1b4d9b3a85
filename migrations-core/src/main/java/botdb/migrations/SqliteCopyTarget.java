package botdb.migrations;

import botdb.migrations.CopiedTable.Types;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * A file that is filled under another name, and gets its own when it is whole and on the disk.
 *
 * <p>What a copy left that was killed, the next one removes; one that is still at work holds the
 * lock of its file.
 */
final class SqliteCopyTarget implements CopyTarget {
  private static final String SUFFIX = ".copying";

  private final SqliteFile file;
  private final Path partial;
  private final Connection connection;

  private SqliteCopyTarget(SqliteFile file, Path partial, Connection connection) {
    this.file = file;
    this.partial = partial;
    this.connection = connection;
  }

  static SqliteCopyTarget open(SqliteFile file) throws SQLException {
    file.checkWritable();
    refuseUnlessEmpty(file);
    Path partial = file.path().resolveSibling(file.path().getFileName() + SUFFIX);
    try {
      removeLeft(file, partial);
      SqliteNewFile.create(partial);
      SqliteCopyTarget target = new SqliteCopyTarget(file, partial, connect(partial));
      try {
        lock(target.connection);
        return target;
      } catch (SQLException e) {
        target.close();
        throw e;
      }
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static void refuseUnlessEmpty(SqliteFile file) throws SQLException {
    for (String suffix : BackupWriter.COMPANIONS) {
      Path companion = file.path().resolveSibling(file.path().getFileName() + suffix);
      if (!file.exists() && Files.exists(companion)) {
        throw refused(file, List.of(companion + " belongs to a database that is gone"));
      }
    }
    if (file.exists()) {
      try (Connection connection = file.openReadOnly()) {
        if (!file.tables().isEmpty(connection)) {
          throw refused(file, file.tables().names(connection, Long.MAX_VALUE));
        }
      }
    }
  }

  private static MigrationException refused(SqliteFile file, List<String> there) {
    return new MigrationException.CopyRefused(
        file.name(),
        file.name() + " is not empty",
        there,
        "copy to a file that does not exist; a backup of what is there can be made with backup");
  }

  private static MigrationException failed(SqliteFile file, IOException e) {
    return new MigrationException.DatabaseFailed(file.name(), BackupWriter.reason(e), List.of(), e);
  }

  /** Removes what a killed copy left; refuses while another one is at work on it. */
  private static void removeLeft(SqliteFile file, Path partial) throws SQLException, IOException {
    if (Files.exists(partial)) {
      try (Connection connection = connect(partial)) {
        lock(connection);
      } catch (SQLException e) {
        if (SqliteErrors.primaryCode(e) == SqliteErrors.BUSY) {
          throw new MigrationException.CopyRefused(
              file.name(),
              file.name() + " is being copied to by another process",
              List.of(),
              "wait for its end, or stop it");
        }
        // It is no database any more, or not yet.
      }
      delete(partial);
    }
  }

  private static Connection connect(Path partial) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(0);
    return config.createConnection("jdbc:sqlite:" + partial.toAbsolutePath());
  }

  /** Nothing of it has to be undone, nor to be on the disk before all of it is there. */
  private static void lock(Connection connection) throws SQLException {
    Sql.run(connection, "PRAGMA journal_mode = OFF");
    Sql.run(connection, "PRAGMA synchronous = OFF");
    Sql.run(connection, "PRAGMA cache_size = -4000");
    Sql.run(connection, "BEGIN EXCLUSIVE");
  }

  private static void delete(Path partial) throws IOException {
    for (String suffix : BackupWriter.COMPANIONS) {
      Files.deleteIfExists(partial.resolveSibling(partial.getFileName() + suffix));
    }
    Files.deleteIfExists(partial);
  }

  @Override
  public List<String> create(List<CopiedTable> tables) throws SQLException {
    for (CopiedTable table : tables) {
      if (table.isOwn()) {
        RunnerTables.create(connection, file, table.name());
      } else {
        Sql.run(connection, table.statement(Types.DECLARED, List.of()));
      }
    }
    return List.of();
  }

  @Override
  public Rows rows(CopiedTable table) throws SQLException {
    return SqliteCopyRows.into(connection, table);
  }

  @Override
  public void complete(List<CopiedTable> tables) throws SQLException {
    for (CopiedTable table : tables) {
      for (String index : table.indexes()) {
        Sql.run(connection, index);
      }
      if (table.lastNumber() > 0) {
        Sql.texts(
            connection,
            "INSERT OR REPLACE INTO sqlite_sequence (rowid, name, seq)"
                + " VALUES ((SELECT rowid FROM sqlite_sequence WHERE name = ?1), ?1, "
                + table.lastNumber()
                + ") RETURNING seq",
            table.name());
      }
    }
  }

  @Override
  public RowChecksum checksum(CopiedTable table, Runnable row) throws SQLException {
    return SqliteRows.of(connection, table).check(new UnsuitableCells(), row);
  }

  @Override
  public void commit() throws SQLException {
    Sql.run(connection, "COMMIT");
    connection.close();
    try {
      FileSync.sync(partial);
      takePlace();
      FileSync.sync(file.path().toAbsolutePath().getParent());
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  /** Never in the place of something that has come in the meantime. */
  private void takePlace() throws IOException, SQLException {
    if (file.exists()) {
      SqliteOpenElsewhere.refuse(file);
      refuseUnlessEmpty(file);
      Files.move(partial, file.path(), StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    try {
      Files.createLink(file.path(), partial);
    } catch (FileAlreadyExistsException e) {
      throw refused(file, List.of("somebody has created it in the meantime"));
    } catch (UnsupportedOperationException e) {
      Files.move(partial, file.path()); // a file has one name there
    }
  }

  @Override
  public void close() throws SQLException {
    try {
      connection.close();
      delete(partial);
    } catch (IOException e) {
      throw new SQLException(e);
    }
  }
}
