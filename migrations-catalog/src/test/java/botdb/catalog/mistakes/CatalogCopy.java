package botdb.catalog.mistakes;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A copy of this module in a folder of its own, in which a migration is begun with the command of
 * the guide, and which is generated, compiled and tested as the build does it, without Maven.
 */
final class CatalogCopy {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final String PACKAGE = "java/botdb/catalog/migrations/";

  private final Path module;
  private final Path classes;

  private CatalogCopy(Path module) {
    this.module = module;
    this.classes = module.resolve("target/classes");
  }

  /** Copies sources and what was built of them. */
  static CatalogCopy in(Path folder) throws IOException {
    CatalogCopy copy = new CatalogCopy(folder.resolve("migrations-catalog"));
    for (String part :
        List.of("src", "target/classes", "target/test-classes", "target/generated-sources/jooq")) {
      copyTree(MODULE.resolve(part), copy.module.resolve(part));
    }
    return copy;
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Copies this copy, with all that was done to it. */
  CatalogCopy again(Path folder) throws IOException {
    CatalogCopy copy = new CatalogCopy(folder.resolve("migrations-catalog"));
    copyTree(module, copy.module);
    return copy;
  }

  /** Runs the program that begins a migration. */
  CatalogCopy begin(String description) throws Exception {
    program("NewMigration", description);
    return this;
  }

  /** Replaces what a pattern finds in a file. */
  CatalogCopy edit(String file, String pattern, String replacement) throws IOException {
    Path path = module.resolve(file);
    String before = Files.readString(path);
    String after =
        before.replaceAll(pattern, java.util.regex.Matcher.quoteReplacement(replacement));
    if (after.equals(before)) {
      throw new IllegalArgumentException(pattern + " is not in " + file);
    }
    Files.writeString(path, after);
    return this;
  }

  String read(String file) throws IOException {
    return Files.readString(module.resolve(file));
  }

  CatalogCopy write(String file, String text) throws IOException {
    Files.writeString(module.resolve(file), text);
    return this;
  }

  CatalogCopy delete(String file) throws IOException {
    Files.delete(module.resolve(file));
    return this;
  }

  CatalogCopy rename(String file, String to) throws IOException {
    Files.move(module.resolve(file), module.resolve(file).resolveSibling(to));
    return this;
  }

  /** Builds, and notes in the lock what the newest migration does. */
  CatalogCopy lock() throws Exception {
    String errors = compile();
    if (!errors.isEmpty()) {
      throw new IllegalStateException(errors);
    }
    try (URLClassLoader loader = loader()) {
      Class<?> type = loader.loadClass("botdb.catalog.migrations.LockMigration");
      var constructor = type.getDeclaredConstructor(Path.class, PrintStream.class);
      constructor.setAccessible(true);
      Method run = type.getDeclaredMethod("run", Path.class);
      run.setAccessible(true);
      PrintStream nowhere =
          new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
      run.invoke(
          constructor.newInstance(module, nowhere), Files.createTempDirectory(module, "lock"));
    }
    return this;
  }

  /**
   * Builds and tests.
   *
   * @return what the compiler refuses, or what tests fail; empty if all is well
   */
  String verify() throws Exception {
    String errors = compile();
    if (!errors.isEmpty()) {
      return "compiler: " + errors;
    }
    try (URLClassLoader loader = loader()) {
      return CatalogTestRun.of(loader, module.resolve("target/test-classes"));
    }
  }

  private void program(String name, String... more) throws Exception {
    Path programs = module.resolve("target/programs");
    String errors = javac(programs, List.of(module.resolve("src/build/java/" + name + ".java")));
    if (!errors.isEmpty()) {
      throw new IllegalStateException(errors);
    }
    List<String> arguments = new ArrayList<>(List.of(module.toString()));
    arguments.addAll(List.of(more));
    PrintStream out = System.out;
    System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {programs.toUri().toURL()}, CatalogCopy.class.getClassLoader())) {
      Method main = loader.loadClass(name).getDeclaredMethod("main", String[].class);
      main.setAccessible(true);
      main.invoke(null, (Object) arguments.toArray(String[]::new));
    } finally {
      System.setOut(out);
    }
  }

  /** Generates classes, and compiles what may have changed; returns what the compiler says. */
  private String compile() throws Exception {
    program("SchemaClasses", module.resolve("target/generated-sources/jooq").toString());
    deleteClasses(classes.resolve("botdb/catalog/migrations"));
    deleteClasses(classes.resolve("botdb/catalog/schema"));
    deleteClasses(module.resolve("target/test-classes/botdb/catalog/migrations"));
    copyTree(module.resolve("src/main/schema"), classes.resolve("botdb/catalog/schema"));
    copyTree(module.resolve("src/main/resources"), classes);
    copyTree(module.resolve("src/test/resources"), module.resolve("target/test-classes"));
    List<Path> sources = sources("src/main/" + PACKAGE);
    sources.addAll(sources("target/generated-sources/jooq"));
    String errors = javac(classes, sources);
    return errors.isEmpty()
        ? javac(module.resolve("target/test-classes"), sources("src/test/" + PACKAGE))
        : errors;
  }

  private static void deleteClasses(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file :
          files.filter(f -> f.toString().matches(".*\\.(class|sql|txt|lock)")).toList()) {
        Files.delete(file);
      }
    }
  }

  private List<Path> sources(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(module.resolve(folder))) {
      return new ArrayList<>(files.filter(file -> file.toString().endsWith(".java")).toList());
    }
  }

  private String javac(Path target, List<Path> sources) throws IOException {
    Files.createDirectories(target);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      boolean done =
          compiler
              .getTask(
                  errors,
                  files,
                  null,
                  List.of("-proc:none", "-nowarn", "-d", target.toString(), "-cp", classPath()),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      return done ? "" : errors.toString();
    }
  }

  /** The libraries and the runner as the tests have them, the catalog from the copy. */
  private String classPath() {
    List<String> path = new ArrayList<>(List.of(classes.toString()));
    path.add(module.resolve("target/test-classes").toString());
    Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).toAbsolutePath().startsWith(MODULE.resolve("target")))
        .forEach(path::add);
    return String.join(File.pathSeparator, path);
  }

  private URLClassLoader loader() throws IOException {
    return new CatalogLoader(
        new URL[] {classes.toUri().toURL(), module.resolve("target/test-classes").toUri().toURL()});
  }

  /** Loads the catalog from the copy and everything else, the runner too, as the tests do. */
  private static final class CatalogLoader extends URLClassLoader {
    CatalogLoader(URL[] urls) {
      super(urls, CatalogCopy.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (!name.startsWith("botdb.catalog.")) {
          return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }

    @Override
    public URL getResource(String name) {
      return name.startsWith("botdb/catalog/") ? findResource(name) : super.getResource(name);
    }
  }
}
