package botdb.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** Puts a backup in the place of a database, by one rename. */
final class SqliteRestoration {
  private final SqliteFile file;
  private final Backups backups;
  private final MigrationCatalog catalog;

  SqliteRestoration(SqliteFile file, Backups backups, MigrationCatalog catalog) {
    this.file = file;
    this.backups = backups;
    this.catalog = catalog;
  }

  @Nullable Path restore(Path backup) {
    Path incoming = file.path().resolveSibling(file.path().getFileName() + ".restoring");
    try {
      check(backup);
      file.checkWritable();
      SqliteOpenElsewhere.refuse(file);
      Files.deleteIfExists(incoming);
      try {
        prepare(backup, incoming);
        return swap(backup, incoming);
      } finally {
        Files.deleteIfExists(incoming);
      }
    } catch (IOException e) {
      throw new MigrationException.BackupFailed(file.name(), BackupWriter.reason(e), e);
    } catch (SQLException e) {
      throw file.explain(e);
    }
  }

  /** Refuses what is damaged, changed since it was taken, or too new for this program. */
  private void check(Path backup) throws IOException, SQLException {
    SqliteFile address = SqliteFile.at(backup, file.patience());
    try (Connection connection = address.openReadOnly()) {
      String damage = SqliteDamage.anywhere(connection);
      if (damage != null) {
        throw new MigrationException.Corrupt(backup.toString(), damage, List.of(), null);
      }
      MigrationPlan plan = MigrationPlan.of(catalog, MigrationTable.read(connection, address));
      if (plan.state() == MigrationPlan.State.SUPERSEDED) {
        throw new MigrationException.Superseded(backup.toString(), plan, List.of());
      }
    } catch (SQLException e) {
      throw address.explain(e);
    }
    Optional<Backups.Backup> record = BackupRecord.read(backup);
    if (record.isPresent() && !record.get().sha256().equals(BackupWriter.sha256(backup))) {
      throw new MigrationException.Corrupt(
          backup.toString(), "its checksum is not the one in its record", List.of(), null);
    }
  }

  /**
   * Makes the file that will be the database, beside it, synced, with a note of where it is from.
   */
  private void prepare(Path backup, Path incoming) throws IOException, SQLException {
    SqliteDiskSpace.of(SqliteFile.at(backup, file.patience())).forBackup(incoming).require();
    Path mode = file.exists() ? file.path() : backup;
    try (Connection source = SqliteFile.at(backup, file.patience()).openReadOnly()) {
      SqliteCopy.copy(source, mode, incoming);
    }
    try (Connection copy =
        new SQLiteConfig().createConnection("jdbc:sqlite:" + incoming.toAbsolutePath())) {
      MigrationLog.createIfAbsent(copy, file);
      MigrationLog.restored(copy, backup.getFileName().toString());
    }
    FileSync.sync(incoming);
  }

  private @Nullable Path swap(Path backup, Path incoming) throws IOException, SQLException {
    if (!file.exists()) {
      // A log without its database would be taken for a part of the new one.
      setCompanionsAside(replaced());
      rename(incoming);
      return null;
    }
    try (Connection connection = file.open()) {
      Backups.Backup kept = backups.keep();
      closeLog(connection);
      // Whoever comes now waits, and cannot write into a file that is about to lose its name.
      Sql.run(connection, "BEGIN EXCLUSIVE");
      // Making the backup took its time, and bots are started by themselves.
      SqliteOpenElsewhere.refuse(file);
      rename(incoming);
      return kept.file();
    } catch (SQLException e) {
      return swapDamaged(incoming, file.explain(e));
    } catch (MigrationException e) {
      return swapDamaged(incoming, e);
    }
  }

  /** Keeps file by file what is too damaged for a backup. */
  private Path swapDamaged(Path incoming, MigrationException damage) throws IOException {
    if (damage instanceof MigrationException.Busy) {
      throw damage;
    }
    SqliteOpenElsewhere.refuse(file);
    Path kept = replaced();
    setCompanionsAside(kept);
    Files.createLink(kept, file.path());
    rename(incoming);
    return kept;
  }

  /** Brings the log into the database and ends it; nobody else may have the database open. */
  private void closeLog(Connection connection) throws SQLException {
    if (!Sql.texts(connection, "PRAGMA journal_mode = DELETE").contains("delete")) {
      throw new MigrationException.Busy(
          file.name(), file.patience().toSeconds(), List.of(), new SQLException("log in use"));
    }
  }

  private Path replaced() {
    return file.path()
        .resolveSibling(
            file.path().getFileName()
                + BackupWriter.INFIX
                + Times.now().replaceAll("[-:]", "").replace(' ', '-')
                + "-replaced");
  }

  private void setCompanionsAside(Path kept) throws IOException {
    for (String suffix : BackupWriter.COMPANIONS) {
      Path companion = file.path().resolveSibling(file.path().getFileName() + suffix);
      if (Files.exists(companion)) {
        Files.move(companion, kept.resolveSibling(kept.getFileName() + suffix));
      }
    }
  }

  private void rename(Path incoming) throws IOException {
    Files.move(incoming, file.path(), StandardCopyOption.ATOMIC_MOVE);
    FileSync.sync(file.path().toAbsolutePath().getParent());
  }
}
