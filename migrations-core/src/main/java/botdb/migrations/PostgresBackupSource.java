package botdb.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Dumps a database with {@code pg_dump}, and compares what {@code pg_restore} reads of the dump
 * with it.
 *
 * <p>Owners and rights are in the dump: what is put back is to be what was there. The row that
 * starters lock is not: one of them may be waiting for it.
 */
final class PostgresBackupSource implements Database.BackupSource {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** What a server says that speaks the protocol and cannot show one snapshot to several. */
  private static final Set<String> NO_SNAPSHOTS = Set.of("0A000", "42883");

  private final PostgresDatabase database;
  private final Connection connection;
  private final String schema;
  private final @Nullable String snapshot;

  private PostgresBackupSource(
      PostgresDatabase database, Connection connection, String schema, @Nullable String snapshot) {
    this.database = database;
    this.connection = connection;
    this.schema = schema;
    this.snapshot = snapshot;
  }

  static PostgresBackupSource open(PostgresDatabase database) {
    Connection connection = database.openReadOnly();
    try {
      PostgresSession.refusePooler(connection, database);
      String snapshot = snapshot(connection);
      return new PostgresBackupSource(
          database, connection, PostgresSession.schema(connection), snapshot);
    } catch (SQLException | RuntimeException e) {
      close(connection, e);
      throw e instanceof SQLException failure ? database.explain(failure) : (RuntimeException) e;
    }
  }

  private static void close(Connection connection, Exception failure) {
    try {
      connection.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** What this transaction sees, for another connection to see the same. */
  private static @Nullable String snapshot(Connection connection) throws SQLException {
    PostgresSession.stayIdle(connection);
    try {
      return Sql.texts(connection, "SELECT pg_export_snapshot()").get(0);
    } catch (SQLException e) {
      connection.rollback();
      if (!NO_SNAPSHOTS.contains(String.valueOf(e.getSQLState()))) {
        throw e;
      }
      PostgresSession.stayIdle(connection);
      return null;
    }
  }

  @Override
  public void copyTo(Path target) throws SQLException, IOException {
    create(target);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--format=custom",
                "--encoding=UTF8",
                "--no-password",
                "--schema=" + Sql.quote(schema),
                "--exclude-table=" + Sql.quote(schema) + "." + Sql.quote(PostgresWriteLock.TABLE),
                "--lock-wait-timeout=" + Math.max(1, database.patience().toMillis()),
                "--file=" + target));
    if (snapshot != null) {
      arguments.add("--snapshot=" + snapshot);
    }
    try {
      PostgresProgram.of(database, "pg_dump", arguments).run(out -> out.readAllBytes());
    } catch (PostgresProgram.Failed e) {
      throw PostgresProgram.explain(database, e);
    }
    FileSync.sync(target);
  }

  /** The program keeps the mode of a file that is there. */
  private static void create(Path target) throws IOException {
    try {
      Files.createFile(target, OWNER_ONLY);
    } catch (UnsupportedOperationException e) {
      Files.createFile(target); // a file system without modes
    }
  }

  @Override
  public Contents check(Path copy) throws SQLException, IOException {
    try {
      PostgresDumpContents contents =
          PostgresDumpContents.of(new PostgresDump(database, copy, schema));
      compare(contents.rows());
      return new Contents(BackupWriter.version(contents.applied()), contents.checksum());
    } catch (PostgresProgram.Failed e) {
      throw PostgresProgram.explain(database, e);
    }
  }

  /** Without a common snapshot rows may have come and gone in between, but no tables. */
  private void compare(Map<String, Long> dumped) throws SQLException {
    List<String> tables =
        Sql.texts(
            connection,
            "SELECT relname FROM pg_class AS c"
                + " WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
                + " AND relname <> '"
                + PostgresWriteLock.TABLE
                + "' AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE classid = 'pg_class'::regclass"
                + " AND objid = c.oid AND deptype = 'e')");
    Map<String, Long> counts = new TreeMap<>();
    for (String table : tables) {
      long count =
          snapshot == null
              ? dumped.getOrDefault(table, -1L)
              : Sql.count(connection, "SELECT count(*) FROM " + Sql.quote(table));
      counts.put(table, count);
    }
    if (!counts.equals(dumped)) {
      throw new SQLException("the dump has not the rows of the database");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
