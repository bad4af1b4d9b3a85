package botdb.migrations;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite itself, which the driver looks for and unpacks from the jar at every start: unpacked once
 * here and kept.
 *
 * <p>Of a start that finds nothing to do, that is more than a third. Kept in a folder of this
 * user's own that nobody else can write, since code is loaded from it; where there can be no such
 * folder, or what lies there cannot be loaded, the driver unpacks as it always did. Safe for any
 * number of starts at once: a file gets its name when it is whole and on the disk.
 */
final class SqliteLibrary {
  private static final String PREFIX = "sqlite-";

  private SqliteLibrary() {}

  /** Has the driver load the library that is kept in a folder, which is made if it is missing. */
  static void keepIn(Path cache) {
    String jar = System.getProperty("java.class.path", "");
    if (System.getProperty("org.sqlite.lib.path") != null
        || !jar.endsWith(".jar")
        || jar.contains(File.pathSeparator)) {
      return;
    }
    try {
      String name = name(Path.of(jar));
      if (!isKept(cache, name)) {
        Unpacking.run(cache, name);
      }
      load(cache.resolve(name).toAbsolutePath());
    } catch (IOException | UnsupportedOperationException e) {
      // Slower by a moment, and no reason to stop.
    }
  }

  /** The driver would load it a second time, which does nothing, and give up where it cannot. */
  private static void load(Path kept) throws IOException {
    try {
      System.load(kept.toString());
    } catch (UnsatisfiedLinkError e) {
      Files.delete(kept);
      return;
    }
    System.setProperty("org.sqlite.lib.path", kept.getParent().toString());
    System.setProperty("org.sqlite.lib.name", kept.getFileName().toString());
    // Before it loads, the driver looks through the folder for temporary files, which may hold
    // thousands.
    System.setProperty("org.sqlite.tmpdir", kept.getParent().toString());
  }

  /**
   * Another jar may hold another SQLite, and a home folder may be shared by unlike machines. Whole
   * seconds are all of a time that the layers of an image keep.
   */
  private static String name(Path jar) throws IOException {
    return PREFIX
        + System.getProperty("os.arch")
        + '-'
        + Long.toHexString(Files.size(jar))
        + '-'
        + Long.toHexString(Files.getLastModifiedTime(jar).to(TimeUnit.SECONDS));
  }

  private static boolean isKept(Path cache, String name) throws IOException {
    Path kept = cache.resolve(name);
    return Files.isRegularFile(kept, LinkOption.NOFOLLOW_LINKS) && isOwn(cache) && isOwn(kept);
  }

  /** Whether it belongs to this user and nobody else can write it. */
  private static boolean isOwn(Path path) throws IOException {
    PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
    Set<PosixFilePermission> mode = attributes.permissions();
    // Linux; in a container a user may have no name.
    return attributes.owner().equals(Files.getOwner(Path.of("/proc/self")))
        && !mode.contains(PosixFilePermission.GROUP_WRITE)
        && !mode.contains(PosixFilePermission.OTHERS_WRITE);
  }

  /** Apart, so that a start that finds it kept loads none of the classes for it. */
  private static final class Unpacking {
    private Unpacking() {}

    static void run(Path cache, String name) throws IOException {
      Files.createDirectories(
          cache,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      if (!isOwn(cache)) {
        throw new IOException("others can write into " + cache);
      }
      Path partial = cache.resolve(name + '.' + ProcessHandle.current().pid());
      try (InputStream in = packed()) {
        Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
        deleteOlder(cache, partial);
        Files.move(partial, cache.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(partial);
      }
    }

    private static InputStream packed() throws IOException {
      InputStream packed =
          SQLiteJDBCLoader.class.getResourceAsStream(
              LibraryLoaderUtil.getNativeLibResourcePath()
                  + '/'
                  + LibraryLoaderUtil.getNativeLibName());
      if (packed == null) {
        throw new IOException("there is none for this system");
      }
      return packed;
    }

    private static void deleteOlder(Path cache, Path partial) throws IOException {
      try (DirectoryStream<Path> older = Files.newDirectoryStream(cache, PREFIX + "*")) {
        for (Path file : older) {
          if (!file.equals(partial)) {
            Files.deleteIfExists(file);
          }
        }
      }
    }
  }
}
