package botdb.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Databases of the old bot, copied before use, and what must come of them. */
public final class Fixture {
  private Fixture() {}

  /** Copies a database, with its write-ahead log if it has one, and returns the copy. */
  public static Path copy(String name, Path folder) {
    Path database = folder.resolve(name + ".db");
    copyIfThere(name + ".db", database);
    copyIfThere(name + ".db-wal", folder.resolve(name + ".db-wal"));
    return database;
  }

  private static void copyIfThere(String resource, Path target) {
    try (InputStream in = Fixture.class.getResourceAsStream("/fixtures/" + resource)) {
      if (in != null) {
        Files.copy(in, target);
      } else if (!resource.endsWith("-wal")) {
        throw new IllegalArgumentException("there is no fixture " + resource);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The dump of the whole database as it must be after migrating. */
  public static String expectedAfter(String name) {
    try (InputStream in = Fixture.class.getResourceAsStream("/fixtures/" + name + ".after")) {
      if (in == null) {
        throw new IllegalArgumentException("nobody said what must come of " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every file of a folder with every byte of it; shared memory of a write-ahead log left out. */
  public static Map<String, String> bytes(Path folder) {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        if (Files.isRegularFile(file) && !file.toString().endsWith("-shm")) {
          files.put(
              file.getFileName().toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
