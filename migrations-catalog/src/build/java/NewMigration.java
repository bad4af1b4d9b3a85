import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Begins the next migration: its class, registered, its test, and the snapshot to edit.
 *
 * <p>A program of the build, run from its source, so that it works before anything is compiled. The
 * build has checked the description.
 *
 * <pre>{@code
 * mvn -q -N initialize -Dnew-migration=add_language_to_users
 * }</pre>
 */
final class NewMigration {
  private static final Pattern REGISTERED = Pattern.compile("Migration\\d{3}\\w+\\.class(?=\\))");
  private static final String PACKAGE = "java/botdb/catalog/migrations/";

  private final Path module;
  private final String description;
  private final int number;

  private NewMigration(Path module, String description) throws IOException {
    this.module = module;
    this.description = description;
    this.number = newest(module) + 1;
  }

  /** Takes the folder of the module and what the migration does. */
  public static void main(String[] arguments) throws IOException {
    new NewMigration(Path.of(arguments[0]), arguments[1]).create();
  }

  private void create() throws IOException {
    if (number > 999) {
      throw new IllegalStateException("999 is the last number that a migration can have");
    }
    String type = "Migration%03d%s".formatted(number, camelCase());
    Path migration = module.resolve("src/main/" + PACKAGE + type + ".java");
    Path test = module.resolve("src/test/" + PACKAGE + type + "Tests.java");
    Path snapshot = snapshot(number);
    write(migration, fill(MIGRATION, type));
    write(test, fill(TEST, type));
    Files.copy(snapshot(number - 1), snapshot);
    Path catalog = register(type);
    System.out.print(
        """
        migration_%03d_%s
          created   %s
                    %s
                    %s
          changed   %s

        1. Write what the schema is afterwards into %03d.sql, and how to get there into %s.
           V%03d are the tables before, V%03d those after it; `mvn -q -pl migrations-catalog compile` makes them.
        2. Write rows before and after into %sTests.
        3. mvn -q -pl migrations-catalog process-test-classes -Dlock-migration
           notes what it does in migrations.lock; then mvn verify.
        """
            .formatted(
                number,
                description,
                name(migration),
                name(test),
                name(snapshot),
                name(catalog),
                number,
                type,
                number - 1,
                number,
                type));
  }

  private String camelCase() {
    StringBuilder name = new StringBuilder();
    for (String word : description.split("_")) {
      name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
    }
    return name.toString();
  }

  private Path snapshot(int version) {
    return module.resolve("src/main/schema/%03d.sql".formatted(version));
  }

  private String fill(String template, String type) {
    String words = description.replace('_', ' ');
    return template
        .replace("TYPE", type)
        .replace("DESCRIPTION", description)
        .replace("WORDS", Character.toUpperCase(words.charAt(0)) + words.substring(1))
        .replace("BEFORE", "%03d".formatted(number - 1))
        .replace("AFTER", "%03d".formatted(number))
        .replace("NUMBER", String.valueOf(number));
  }

  /** Puts it behind the last one in the list of the catalog. */
  private Path register(String type) throws IOException {
    Path catalog = module.resolve("src/main/" + PACKAGE + "BotCatalog.java");
    String source = Files.readString(catalog);
    Matcher last = REGISTERED.matcher(source);
    List<MatchResult> found = last.results().toList();
    if (found.size() != 1) {
      throw new IllegalStateException(
          catalog + " has no list of migrations; register " + type + " by hand");
    }
    int end = found.get(0).end();
    Files.writeString(
        catalog,
        source.substring(0, end) + ", //\n          " + type + ".class" + source.substring(end));
    return catalog;
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private String name(Path file) {
    return module.getFileName() + "/" + module.relativize(file).toString().replace('\\', '/');
  }

  private static int newest(Path module) throws IOException {
    try (Stream<Path> files =
        Stream.concat(
            Files.list(module.resolve("src/main/" + PACKAGE)),
            Files.list(module.resolve("src/main/schema")))) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.matches("Migration\\d{3}.*\\.java|\\d{3}\\.sql"))
          .mapToInt(name -> Integer.parseInt(name.replaceAll("\\D", "").substring(0, 3)))
          .max()
          .orElseThrow();
    }
  }

  private static final String MIGRATION =
      """
      package botdb.catalog.migrations;

      import botdb.migrations.Migration;

      /** WORDS. */
      final class TYPE implements Migration {

        @Override
        public void migrate(Migration.Context context) {
          // Between VBEFORE and VAFTER; package botdb.catalog.operations has what is hard to get right.
        }
      }
      """;

  private static final String TEST =
      """
      package botdb.catalog.migrations;

      import java.nio.file.Path;
      import org.junit.jupiter.api.Test;
      import org.junit.jupiter.api.io.TempDir;

      class TYPETests {
        @TempDir private Path folder;

        @Test
        void DESCRIPTION() throws Exception {
          MigrationTrial.of(NUMBER, folder)
              .before("") // rows of version BEFORE: INSERT INTO users (user_id) VALUES (1)
              .after("", ""); // a query, and a line for each of its rows: cells with | between
        }
      }
      """;
}
