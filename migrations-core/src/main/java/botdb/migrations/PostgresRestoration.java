package botdb.migrations;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a dump in the place of what a schema holds, in one transaction: whatever ends it before its
 * end, nothing was changed.
 */
final class PostgresRestoration {
  private static final int MAGIC = 16;
  private static final String SQLITE = "SQLite format 3";
  private static final String DUMP = "PGDMP";
  private static final String OTHER_FILE =
      "give one of the files that backups lists for this database";

  private final PostgresDatabase database;
  private final Backups backups;
  private final MigrationCatalog catalog;

  PostgresRestoration(PostgresDatabase database, Backups backups, MigrationCatalog catalog) {
    this.database = database;
    this.backups = backups;
    this.catalog = catalog;
  }

  @Nullable Path restore(Path backup) {
    try {
      requireDump(backup);
      checkRecord(backup);
      PostgresDump dump = new PostgresDump(database, backup, schema());
      checkContents(backup, dump);
      try (Connection connection = database.openReadOnly()) {
        PostgresSession.refuseOthers(connection, database);
      }
      Path kept = database.exists() ? backups.keep().file() : null;
      swap(backup, dump);
      return kept;
    } catch (PostgresProgram.Failed e) {
      throw PostgresProgram.explain(database, e);
    } catch (IOException e) {
      throw new MigrationException.BackupFailed(database.name(), BackupWriter.reason(e), e);
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }

  private String schema() throws SQLException {
    try (Connection connection = database.openReadOnly()) {
      PostgresSession.refusePooler(connection, database);
      return PostgresSession.schema(connection);
    }
  }

  private void requireDump(Path backup) throws IOException {
    if (!Files.isRegularFile(backup)) {
      throw refused("there is no file " + backup);
    }
    byte[] beginning;
    try (InputStream in = Files.newInputStream(backup)) {
      beginning = in.readNBytes(MAGIC);
    }
    String magic = new String(beginning, StandardCharsets.ISO_8859_1);
    if (magic.startsWith(SQLITE)) {
      throw refused(backup + " is a database of SQLite, and no dump of a server");
    }
    if (!magic.startsWith(DUMP)) {
      throw refused(backup + " is no dump in the custom format of pg_dump");
    }
  }

  private MigrationException refused(String fact) {
    return new MigrationException.BackupFailed(database.name(), fact, OTHER_FILE, null);
  }

  private static void checkRecord(Path backup) throws IOException {
    Optional<Backups.Backup> record = BackupRecord.read(backup);
    if (record.isPresent() && !record.get().sha256().equals(BackupWriter.sha256(backup))) {
      throw new MigrationException.Corrupt(
          backup.toString(), "its checksum is not the one in its record", null);
    }
  }

  /** Refuses what cannot be read to its end, is of another program or a newer one. */
  private void checkContents(Path backup, PostgresDump dump) throws IOException, SQLException {
    PostgresDumpContents contents;
    try {
      contents = PostgresDumpContents.of(dump);
    } catch (PostgresProgram.Failed e) {
      if (PostgresProgram.isOfVersion(e)) {
        throw e;
      }
      throw new MigrationException.Corrupt(backup.toString(), String.valueOf(e.getMessage()), e);
    }
    if (!contents.rows().containsKey(catalog.baseline().table())) {
      throw refused(
          "%s has no table %s in the schema %s"
              .formatted(backup, catalog.baseline().table(), dump.schema()));
    }
    MigrationPlan plan = MigrationPlan.of(catalog, contents.applied());
    if (plan.state() == MigrationPlan.State.SUPERSEDED) {
      throw new MigrationException.Superseded(backup.toString(), plan, java.util.List.of());
    }
  }

  private void swap(Path backup, PostgresDump dump) throws IOException, SQLException {
    try (WriteLock lock = database.lock(Migrator.Listener.SILENT)) {
      lock.begin();
      Connection connection = lock.connection();
      // Making the backup took its time, and bots are started by themselves.
      PostgresSession.refuseOthers(connection, database);
      Sql.run(
          connection, "SET LOCAL lock_timeout = " + Math.max(1, database.patience().toMillis()));
      PostgresClearing.clear(connection);
      dump.read(new PostgresReplay(connection));
      PostgresSession.searchIn(connection, dump.schema());
      MigrationLog.createIfAbsent(connection, database);
      MigrationLog.restored(connection, backup.getFileName().toString());
      lock.commit();
    }
  }
}
