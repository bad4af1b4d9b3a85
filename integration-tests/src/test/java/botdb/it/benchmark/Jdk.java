package botdb.it.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** A Java to run programs with. */
record Jdk(Path home, String version) {

  /** Returns the one that runs this, and the one in {@code JAVA_25_HOME} if that is set. */
  static List<Jdk> all() throws IOException {
    String other = System.getenv("JAVA_25_HOME");
    return other == null || other.isBlank()
        ? List.of(running())
        : List.of(running(), at(Path.of(other)));
  }

  static Jdk running() throws IOException {
    return at(Path.of(System.getProperty("java.home")));
  }

  private static Jdk at(Path home) throws IOException {
    Properties release = new Properties();
    try (var in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
    }
    return new Jdk(home, release.getProperty("JAVA_VERSION").replace("\"", ""));
  }

  String java() {
    return home.resolve("bin").resolve("java").toString();
  }

  String name() {
    return "JDK " + version.split("\\.")[0];
  }
}
