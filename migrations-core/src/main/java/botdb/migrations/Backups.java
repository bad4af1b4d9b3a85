package botdb.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The backups of one database: made, checked, listed, kept and put back.
 *
 * <p>Guarantees: a backup is a consistent copy, whole and checked, or it is not there; making one
 * needs no pause of those who use the database; its file is readable by nobody who may not read the
 * database. A record beside it says which version it holds, who wrote it, its size and its
 * checksum.
 *
 * <pre>{@code
 * Backups backups = Backups.of(database).in(Path.of("/var/backups/bot")).keeping(5);
 * Migrator.of(database, catalog).withBackups(backups).migrate();   // one before the first change
 * backups.list().forEach(backup -> System.out.println(backup.file()));
 * }</pre>
 */
public final class Backups {
  private static final int KEPT = 5;

  private final Database database;
  private final @Nullable Path folder;
  private final int kept;
  private final String restoreCommand;

  private Backups(Database database, @Nullable Path folder, int kept, String restoreCommand) {
    this.database = database;
    this.folder = folder;
    this.kept = kept;
    this.restoreCommand = restoreCommand;
  }

  /** Returns the backups beside a database, of which the newest five stay. */
  public static Backups of(Database database) {
    return new Backups(database, null, KEPT, "restore");
  }

  /** Returns the same backups in another folder, which is created when the first is made. */
  public Backups in(Path folder) {
    return new Backups(database, folder, kept, restoreCommand);
  }

  /**
   * Returns the same backups with another number that stay; the first of each version always does.
   *
   * @throws IllegalArgumentException if not even one would stay
   */
  public Backups keeping(int newest) {
    if (newest < 1) {
      throw new IllegalArgumentException("at least one backup stays");
    }
    return new Backups(database, folder, newest, restoreCommand);
  }

  /**
   * Returns the same backups with the beginning of the command that messages tell to restore with.
   */
  public Backups restoredBy(String command) {
    return new Backups(database, folder, kept, command);
  }

  /**
   * A backup that was made, whole and checked.
   *
   * @param file where it is
   * @param takenAt when it was taken, UTC, {@code 2025-11-05 15:30:45.123}
   * @param version the version of the schema that it holds, the number of its last migration
   * @param program the version of the program that took it
   * @param bytes its size
   * @param sha256 its checksum in hexadecimal digits
   */
  public record Backup(
      Path file, String takenAt, int version, String program, long bytes, String sha256) {}

  /**
   * Makes a backup now, under a name of its own in the folder.
   *
   * @throws MigrationException if it cannot be made; nothing is left behind
   */
  public Backup create() {
    return write(writer -> writer.write("by-hand"));
  }

  /**
   * Makes a backup now, in a file that must not exist.
   *
   * @throws MigrationException if it cannot be made; nothing is left behind
   */
  public Backup create(Path target) {
    return write(writer -> writer.write(target));
  }

  private interface Making {
    Backup by(BackupWriter writer) throws SQLException;
  }

  private Backup write(Making making) {
    if (!database.exists()) {
      throw new MigrationException.DatabaseMissing(database.name());
    }
    try (Database.BackupSource source = database.backupSource()) {
      return making.by(new BackupWriter(database, folder(), source));
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }

  /** Makes the backup before something, while the caller holds the write lock; then tidies up. */
  Backup before(String occasion) {
    Backup fresh = write(writer -> writer.writeBefore(occasion));
    String contents = BackupRecord.contents(fresh);
    for (Backup older : list()) {
      if (!older.file.equals(fresh.file) && BackupRecord.contents(older).equals(contents)) {
        // A start that fails again and again must not fill the disk with the same backup.
        delete(fresh);
        return older;
      }
    }
    retain();
    return fresh;
  }

  /** Keeps what a restore is about to replace. */
  Backup keep() {
    return write(writer -> writer.write("before-restore"));
  }

  /** Returns the backups in the folder, the newest first; those without a record are left out. */
  public List<Backup> list() {
    try (Stream<Path> files = named()) {
      return files
          .map(BackupRecord::read)
          .flatMap(java.util.Optional::stream)
          .sorted(
              Comparator.comparing(Backup::takenAt)
                  .thenComparing(backup -> backup.file().toString())
                  .reversed())
          .toList();
    } catch (IOException e) {
      throw new MigrationException.BackupFailed(database.name(), "the folder cannot be read", e);
    }
  }

  /** Deletes what is neither among the newest nor the first of its version. */
  private void retain() {
    List<Backup> all = list();
    Set<Integer> seen = new HashSet<>();
    List<Backup> oldestFirst = new ArrayList<>(all);
    java.util.Collections.reverse(oldestFirst);
    for (Backup backup : oldestFirst) {
      boolean first = seen.add(backup.version);
      if (!first && all.indexOf(backup) >= kept) {
        delete(backup);
      }
    }
  }

  /**
   * Deletes what a process left that was killed while it made a backup under the write lock; for
   * him who holds it now, and before he reckons the space.
   */
  void tidy() {
    try (Stream<Path> files = named()) {
      for (Path path : files.toList()) {
        if (BackupWriter.isLeft(path) || BackupRecord.isOfNothing(path)) {
          Files.deleteIfExists(path);
        }
      }
    } catch (IOException e) {
      throw new MigrationException.BackupFailed(database.name(), BackupWriter.reason(e), e);
    }
  }

  /** The files whose names begin as those of the backups do. */
  private Stream<Path> named() throws IOException {
    String prefix = database.beside().getFileName() + BackupWriter.INFIX;
    return Files.isDirectory(folder())
        ? Files.list(folder()).filter(path -> path.getFileName().toString().startsWith(prefix))
        : Stream.empty();
  }

  private void delete(Backup backup) {
    try {
      // The record last: a backup without one would never be tidied up.
      Files.deleteIfExists(backup.file);
      Files.deleteIfExists(BackupRecord.beside(backup.file));
    } catch (IOException e) {
      throw new MigrationException.BackupFailed(
          database.name(), "the old one " + backup.file + " cannot be deleted", e);
    }
  }

  /**
   * Puts a backup in the place of the database.
   *
   * <p>The backup is checked first and stays where it is; what the database held is kept as a
   * backup of its own. At every moment one of the two stands under the name of the database, whole.
   *
   * @param catalog what this program can serve
   * @return the backup of what was replaced; null if there was nothing
   * @throws MigrationException.Corrupt if the backup is damaged
   * @throws MigrationException.Superseded if a newer program wrote it
   * @throws MigrationException.Busy if another process has the database open
   */
  public @Nullable Path restore(Path backup, MigrationCatalog catalog) {
    return database.restore(backup, this, catalog);
  }

  /** The command that puts a backup back, to be copied from a message. */
  String restoreCommand(Path backup) {
    return "%s %s --database %s".formatted(restoreCommand, backup, database.name());
  }

  Path folder() {
    if (folder != null) {
      return folder;
    }
    Path parent = database.beside().getParent();
    return parent == null ? Path.of("") : parent;
  }
}
