package botdb.it.benchmark.contender;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;

/** Migrates with Flyway, from a folder of SQL files. */
public final class FlywayStart {
  private FlywayStart() {}

  /** Prints how many migrations were applied to the database of the first argument. */
  public static void main(String[] arguments) {
    System.out.println(migrate("jdbc:sqlite:" + arguments[0], Path.of(arguments[1])));
  }

  /** Applies what is pending, and returns how many migrations that were. */
  public static int migrate(String url, Path folder) {
    return Flyway.configure()
        .dataSource(url, null, null)
        .locations("filesystem:" + folder)
        .load()
        .migrate()
        .migrationsExecuted;
  }

  /** Writes migrations that do nothing. */
  public static Path migrations(Path folder, int count) throws IOException {
    Files.createDirectories(folder);
    for (int number = 1; number <= count; number++) {
      Files.writeString(folder.resolve("V%03d__nothing.sql".formatted(number)), "SELECT 1;\n");
    }
    return folder;
  }
}
