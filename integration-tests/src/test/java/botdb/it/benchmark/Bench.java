package botdb.it.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where it is measured.
 *
 * @param folder for everything that is written; empty at first
 * @param scale how much is measured
 * @param jar the program
 */
record Bench(Path folder, Scale scale, Path jar) {

  /** Returns a folder of this name, made anew. */
  Path folder(String name) throws IOException {
    Path inner = folder.resolve(name);
    delete(inner);
    return Files.createDirectories(inner);
  }

  /** Returns the command that starts the program, as everybody can who has Java. */
  List<String> bot(Jdk jdk) {
    return List.of(jdk.java(), "-jar", jar.toString());
  }

  Path launcher() {
    return jar.resolveSibling("bot");
  }

  /**
   * Returns the interpreter of Python, asked of itself: the name on the path may lead through a
   * script that chooses one, which takes longer than what is measured. Null where there is none.
   */
  @Nullable String python() {
    try {
      Process process =
          new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? said.strip() : null;
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Copies a script of the old bot into a folder. */
  Path script(String name, Path target) throws IOException {
    try (InputStream in = Bench.class.getResourceAsStream("/benchmark/" + name)) {
      Files.createDirectories(target);
      Files.copy(in, target.resolve(name));
    }
    return target.resolve(name);
  }

  /** Waits until the disk has everything, so that nobody pays for what was written before. */
  static void sync() throws IOException, InterruptedException {
    new ProcessBuilder("sync").start().waitFor();
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
