package botdb.migrations;

import botdb.migrations.Backups.Backup;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;

/** Makes one backup: copied under another name, synced, checked, and only then named. */
final class BackupWriter {
  static final String INFIX = ".backup-";
  static final String PARTIAL = ".partial";

  /** What SQLite keeps beside a database while it writes, by what follows its name. */
  static final List<String> COMPANIONS = List.of("-journal", "-wal", "-shm");

  private static final String BEFORE = "before-";

  private static final DateTimeFormatter IN_NAME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");
  private static final int BUFFER = 1 << 16;

  private final Database database;
  private final Path folder;
  private final Database.BackupSource source;

  BackupWriter(Database database, Path folder, Database.BackupSource source) {
    this.database = database;
    this.folder = folder;
    this.source = source;
  }

  /** Makes a backup under a name that says when and on what occasion. */
  Backup write(String occasion) throws SQLException {
    LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
    try {
      Path named = free(IN_NAME.format(now) + "-" + occasion);
      return write(beside(named), named, now);
    } catch (IOException e) {
      throw new MigrationException.BackupFailed(database.name(), reason(e), e);
    }
  }

  /**
   * Makes the backup before a change, while the caller holds the write lock.
   *
   * <p>Until it is whole, its file has the same name each time: what a start left that was killed,
   * or had its disk full, the next one replaces, and starts that fail never fill a disk.
   */
  Backup writeBefore(String occasion) throws SQLException {
    LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
    try {
      Path named = free(IN_NAME.format(now) + "-" + BEFORE + occasion);
      Path partial =
          folder.resolve(database.beside().getFileName() + INFIX + BEFORE + occasion + PARTIAL);
      return write(partial, named, now);
    } catch (IOException e) {
      throw new MigrationException.BackupFailed(database.name(), reason(e), e);
    }
  }

  /** Makes a backup in a file that must not exist. */
  Backup write(Path target) throws SQLException {
    try {
      return write(beside(refuse(target)), target, LocalDateTime.now(ZoneOffset.UTC));
    } catch (IOException e) {
      throw new MigrationException.BackupFailed(database.name(), reason(e), e);
    }
  }

  /** Whether a file is of a backup under the write lock that never became whole, or its journal. */
  static boolean isLeft(Path file) {
    String name = file.getFileName().toString();
    return name.contains(INFIX + BEFORE) && name.contains(PARTIAL);
  }

  /** The name of a backup while it is not whole yet. */
  static Path beside(Path named) {
    return named.resolveSibling(named.getFileName() + PARTIAL);
  }

  private Backup write(Path partial, Path named, LocalDateTime now)
      throws SQLException, IOException {
    delete(partial);
    try {
      return write(partial, named, Times.exact(now));
    } finally {
      delete(partial);
    }
  }

  /** Deletes what is not whole; its journal first, which SQLite would play into the next file. */
  private static void delete(Path partial) throws IOException {
    for (String suffix : COMPANIONS) {
      Files.deleteIfExists(partial.resolveSibling(partial.getFileName() + suffix));
    }
    Files.deleteIfExists(partial);
  }

  private Backup write(Path partial, Path named, String takenAt) throws SQLException, IOException {
    source.copyTo(partial);
    // On a second core: both read the whole copy, and neither waits for the disk.
    Background<String> checksum = Background.run("checksum", () -> sha256(partial));
    Database.BackupSource.Contents contents = source.check(partial);
    Backup backup =
        new Backup(
            named,
            takenAt,
            contents.version(),
            ProgramVersion.get(),
            Files.size(partial),
            checksum.await());
    BackupRecord.write(backup, contents.checksum());
    Files.move(partial, named, StandardCopyOption.ATOMIC_MOVE);
    FileSync.sync(named.toAbsolutePath().getParent());
    return backup;
  }

  /** A name that nothing has yet; two backups within a second are told apart. */
  private Path free(String moment) throws IOException {
    Files.createDirectories(folder);
    String name = database.beside().getFileName() + INFIX + moment;
    Path path = folder.resolve(name);
    for (int i = 2; Files.exists(path); i++) {
      path = folder.resolve(name + "-" + i);
    }
    return path;
  }

  private Path refuse(Path target) throws IOException {
    if (Files.exists(target)) {
      throw new IOException(target + " exists already");
    }
    return target;
  }

  /** The number of the last migration that a database names, whoever wrote it. */
  static int version(List<MigrationPlan.AppliedRow> applied) {
    int version = 0;
    for (MigrationPlan.AppliedRow row : applied) {
      Integer number = MigrationName.numberIn(row.migration());
      version = Math.max(version, number == null ? 0 : number);
    }
    return version;
  }

  static String sha256(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  static String reason(IOException e) {
    String kind = e.getClass().getSimpleName().replaceAll("Exception$", "");
    return kind + ": " + e.getMessage();
  }
}
