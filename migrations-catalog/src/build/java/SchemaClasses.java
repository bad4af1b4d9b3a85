import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jooq.codegen.DefaultGeneratorStrategy;
import org.jooq.codegen.GenerationTool;
import org.jooq.meta.Definition;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Database;
import org.jooq.meta.jaxb.ForcedType;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.OnError;
import org.jooq.meta.jaxb.Strategy;
import org.jooq.meta.jaxb.Target;

/**
 * Generates the typed schema of every snapshot that there is: {@code src/main/schema/002.sql}
 * becomes {@code botdb.catalog.schema.v002}, and the newest once more {@code current}.
 *
 * <p>A program of the build, run from its source: jooq-codegen-maven takes one execution, thirty
 * lines long, for each version, and has no way to find them. What it would ask for is said here
 * once. A version whose snapshot did not change is not generated again.
 */
final class SchemaClasses {
  private static final String PACKAGE = "botdb.catalog.schema.";
  private static final String MESSAGES = "botdb.catalog.message";

  private final Path module;
  private final Path target;

  private SchemaClasses(Path module, Path target) {
    this.module = module;
    this.target = target;
  }

  /** Takes the folder of the module and the one of the generated sources. */
  public static void main(String[] arguments) throws Exception {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    for (Handler handler : Logger.getLogger("").getHandlers()) {
      handler.setLevel(Level.WARNING);
    }
    new SchemaClasses(Path.of(arguments[0]), Path.of(arguments[1])).generateAll();
  }

  private void generateAll() throws Exception {
    List<Path> snapshots = numbered(module.resolve("src/main/schema"), "\\d{3}\\.sql");
    if (snapshots.isEmpty()) {
      throw new IllegalStateException("there are no snapshots in " + module);
    }
    deleteWhatHasNoSnapshot(snapshots);
    for (Path snapshot : snapshots) {
      generate(snapshot, "v" + version(snapshot));
    }
    generate(snapshots.get(snapshots.size() - 1), "current");
  }

  private void generate(Path snapshot, String name) throws Exception {
    String sql = Files.readString(snapshot);
    Path stamp = target.resolve(name + ".stamp");
    // jOOQ writes otherwise for a newer Java.
    String wanted =
        String.join(
            "\n",
            messageType(snapshot),
            "Java " + Runtime.version().feature(),
            programOf(module),
            sql);
    if (Files.exists(stamp) && Files.readString(stamp).equals(wanted)) {
      return;
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
      GenerationTool tool = new GenerationTool();
      tool.setClassLoader(SchemaClasses.class.getClassLoader());
      tool.setConnection(connection);
      tool.run(configuration(name, messageType(snapshot)));
    }
    Files.writeString(stamp, wanted);
  }

  private Configuration configuration(String name, String messageType) {
    Database database =
        new Database()
            .withName("org.jooq.meta.sqlite.SQLiteDatabase")
            .withExcludes("sqlite_.*")
            .withForcedTypes(
                // INTEGER is 64 bits in SQLite; jOOQ's Integer would cut it off in silence.
                new ForcedType().withName("BIGINT").withIncludeTypes("(?i:INTEGER|INT)"),
                new ForcedType().withName("DOUBLE").withIncludeTypes("(?i:REAL)"),
                // The text is the contract: jOOQ would write a fraction that CURRENT_TIMESTAMP does
                // not store.
                new ForcedType().withName("VARCHAR").withIncludeTypes("(?i:TIMESTAMP)"),
                histories(messageType));
    return new Configuration()
        .withLogging(Logging.WARN)
        .withOnUnused(OnError.SILENT)
        .withGenerator(
            new Generator()
                .withDatabase(database)
                .withStrategy(new Strategy().withName(TablesByVersion.class.getName()))
                .withGenerate(
                    new Generate().withGlobalCatalogReferences(false).withJavaTimeTypes(true))
                .withTarget(
                    new Target().withDirectory(target.toString()).withPackageName(PACKAGE + name)));
  }

  private static ForcedType histories(String type) {
    return new ForcedType()
        .withUserType("java.util.List<" + type + ">")
        .withConverter(
            "new %s.MessageListConverter<>(%s::parse, %s::json)".formatted(MESSAGES, type, type))
        .withIncludeExpression("users\\.history");
  }

  /**
   * The form that messages had in a version: {@code MessageV003} is what they were up to version
   * 003, {@code Message} what they have been since the last such class.
   */
  private String messageType(Path snapshot) throws IOException {
    Path folder = module.resolve("src/main/java").resolve(MESSAGES.replace('.', '/'));
    for (Path frozen : numbered(folder, "MessageV\\d{3}\\.java")) {
      if (version(frozen).compareTo(version(snapshot)) >= 0) {
        return MESSAGES + ".MessageV" + version(frozen);
      }
    }
    return "botdb.catalog.Message";
  }

  /** What is generated depends on this program too. */
  private static String programOf(Path module) throws IOException {
    return Files.readString(module.resolve("src/build/java/SchemaClasses.java"));
  }

  private void deleteWhatHasNoSnapshot(List<Path> snapshots) throws IOException {
    List<String> kept = snapshots.stream().map(snapshot -> "v" + version(snapshot)).toList();
    for (Path stamp : numbered(target, "v\\d{3}\\.stamp")) {
      String name = "v" + version(stamp);
      if (!kept.contains(name)) {
        delete(target.resolve(PACKAGE.replace('.', '/') + name));
        Files.delete(stamp);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static List<Path> numbered(Path folder, String pattern) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> name(file).matches(pattern)).sorted().toList();
    }
  }

  private static String version(Path file) {
    return name(file).replaceAll("\\D", "").substring(0, 3);
  }

  private static String name(Path file) {
    return Objects.requireNonNull(file.getFileName()).toString();
  }

  /** Names the class of all tables {@code V002} and not {@code Tables}: a migration uses two. */
  public static final class TablesByVersion extends DefaultGeneratorStrategy {
    @Override
    public String getGlobalReferencesJavaClassName(
        Definition container, Class<? extends Definition> objectType) {
      String version = getTargetPackage().substring(PACKAGE.length());
      boolean tables = objectType.getSimpleName().equals("TableDefinition");
      return tables && version.startsWith("v")
          ? version.toUpperCase(java.util.Locale.ROOT)
          : super.getGlobalReferencesJavaClassName(container, objectType);
    }
  }
}
