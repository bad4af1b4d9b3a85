package botdb.it.benchmark;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.jooq.DSLContext;
import org.sqlite.JDBC;

/** What the figures depend on, in a line. */
final class Machine {
  private static final Pattern JAR_VERSION = Pattern.compile("-(\\d[\\w.]*)\\.jar");

  private Machine() {}

  static String describe() throws IOException {
    return String.join(
        ", ",
        LocalDate.now(ZoneOffset.UTC).toString(),
        processors(),
        System.getProperty("os.name") + " " + kernel(),
        "JDK " + Jdk.running().version(),
        "sqlite-jdbc " + version(JDBC.class),
        "jOOQ " + version(DSLContext.class),
        "Flyway " + version(Flyway.class));
  }

  private static String processors() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    int count = Runtime.getRuntime().availableProcessors();
    if (!Files.exists(info)) {
      return count + " processors";
    }
    return Files.readAllLines(info).stream()
        .filter(line -> line.startsWith("model name"))
        .findFirst()
        .map(line -> count + " × " + line.substring(line.indexOf(':') + 1).strip())
        .orElse(count + " processors");
  }

  /** The numbers alone; what a distributor adds to them says nothing here. */
  private static String kernel() {
    return System.getProperty("os.version").replaceAll("[^0-9.].*", "");
  }

  /** The version of a library, which is in the name of its jar. */
  private static String version(Class<?> type) {
    URL location = type.getProtectionDomain().getCodeSource().getLocation();
    Matcher matcher = JAR_VERSION.matcher(location.getPath());
    return matcher.find() ? matcher.group(1) : "of unknown version";
  }
}
