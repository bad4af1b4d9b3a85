package botdb.it.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of the server, unpacked once for all servers of this process.
 *
 * @param guard of the folder that they are in
 */
record Binaries(Guard guard) {

  /** Made when the first server is. */
  private static final class Unpacked {
    static final Binaries ONCE = unpack();
  }

  static Binaries get() {
    return Unpacked.ONCE;
  }

  String program(String name) {
    return guard.folder().resolve("bin").resolve(name).toString();
  }

  private static Binaries unpack() {
    return Guard.ofNewFolder(
        "postgres-binaries",
        guard -> {
          unpack(guard.folder());
          return new Binaries(guard);
        });
  }

  private static void unpack(Path folder) throws IOException {
    try (InputStream archive = Binaries.class.getResourceAsStream(archive())) {
      if (archive == null) {
        throw new IllegalStateException("there is no " + archive() + " on the class path");
      }
      Command.of("tar", "-xf", "-", "--no-same-owner", "-C", folder.toString())
          .run(in -> new XZInputStream(archive).transferTo(in));
    }
  }

  /** As the archives are named: {@code /postgres-linux-x86_64.txz}. */
  private static String archive() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
    return "/postgres-" + (system.startsWith("mac") ? "darwin" : system) + "-" + processor + ".txz";
  }
}
