package botdb.migrations;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A folder beside a database for the copies of one rehearsal: on the same disk, and for nobody
 * else's eyes.
 *
 * <p>It goes when it is closed and when the process is interrupted. What a killed process left is
 * taken away by the next rehearsal: a lock on a file in the folder, which ends with its process,
 * tells whether somebody is still at work there.
 */
final class SqliteRehearsalFolder implements AutoCloseable {
  private static final String LOCK = "lock";
  private static final int ATTEMPTS = 3;

  private final Path folder;
  private final FileChannel lock;
  private final Thread cleaner = new Thread(this::delete, "rehearsal cleaner");

  private SqliteRehearsalFolder(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
    Runtime.getRuntime().addShutdownHook(cleaner);
  }

  /** Creates a folder, after removing those that nobody uses any more. */
  static SqliteRehearsalFolder create(Path database) throws IOException {
    Path parent = database.toAbsolutePath().getParent();
    String prefix = database.getFileName() + ".rehearsal-";
    String own = prefix + thisProcess() + "-";
    removeAbandoned(parent, prefix, own);
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Path folder = createFolder(parent, own);
      FileChannel channel = lock(folder);
      if (channel != null) {
        return new SqliteRehearsalFolder(folder, channel);
      }
    }
    throw new IOException("other rehearsals take its folder away");
  }

  /** Returns null if another rehearsal took the folder for abandoned before it was locked. */
  private static @Nullable FileChannel lock(Path folder) throws IOException {
    Path file = folder.resolve(LOCK);
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      if (isLocked(channel) && Files.exists(file)) {
        return channel;
      }
      channel.close();
    } catch (NoSuchFileException e) {
      // The folder is gone.
    }
    return null;
  }

  /** A number of a process comes again, in a container with every start; its time does not. */
  private static String thisProcess() {
    ProcessHandle process = ProcessHandle.current();
    long start = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    return process.pid() + "-" + start;
  }

  private static Path createFolder(Path parent, String prefix) throws IOException {
    try {
      return Files.createTempDirectory(
          parent,
          prefix,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (UnsupportedOperationException e) {
      return Files.createTempDirectory(parent, prefix);
    }
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    FileLock lock = channel.tryLock();
    return lock != null;
  }

  /** Those of this process are in use, and to look at their lock would be to drop it. */
  private static void removeAbandoned(Path parent, String prefix, String own) throws IOException {
    try (DirectoryStream<Path> folders =
        Files.newDirectoryStream(
            parent,
            path -> {
              String name = path.getFileName().toString();
              return name.startsWith(prefix) && !name.startsWith(own) && Files.isDirectory(path);
            })) {
      for (Path folder : folders) {
        removeIfAbandoned(folder);
      }
    }
  }

  private static void removeIfAbandoned(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
      if (isLocked(channel)) {
        deleteFiles(folder);
        Files.deleteIfExists(folder.resolve(LOCK));
        Files.deleteIfExists(folder);
      }
    } catch (NoSuchFileException e) {
      // Killed before it had locked the folder, or after it had emptied it.
      deleteIfEmpty(folder);
    }
  }

  private static void deleteIfEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      // Not one of ours, or one that is just being locked.
    }
  }

  private static void deleteFiles(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (!file.getFileName().toString().equals(LOCK)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
      delete();
    } catch (IllegalStateException e) {
      // The process is ending, and the cleaner is at work.
    }
  }

  /** What cannot be deleted now, the next rehearsal deletes: the report is worth more. */
  private void delete() {
    try (lock) {
      deleteFiles(folder);
      Files.deleteIfExists(folder.resolve(LOCK));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // Said above.
    }
  }
}
