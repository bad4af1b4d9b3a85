package botdb.catalog.mistakes;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** The tests of a catalog that look at migrations, run in its own class loader. */
final class CatalogTestRun {
  private static final List<String> NAMES =
      List.of(
          "EditionTests",
          "LateHistoryTests",
          "Migration.*Tests",
          "MigrationRulesTests",
          "SnapshotTests");

  private CatalogTestRun() {}

  /** Returns a line for each test that failed, and why. */
  static String of(ClassLoader loader, Path testClasses) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
      for (String name : names(testClasses)) {
        Class<?> type = loader.loadClass("botdb.catalog.migrations." + name);
        request.selectors(selectClass(type));
      }
      return run(request.build());
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static List<String> names(Path testClasses) throws IOException {
    String pattern = String.join("|", NAMES);
    try (Stream<Path> files = Files.list(testClasses.resolve("botdb/catalog/migrations"))) {
      return files
          .map(file -> file.getFileName().toString().replace(".class", ""))
          .filter(name -> name.matches(pattern) && !name.contains("$"))
          .filter(name -> !name.startsWith("Migration001"))
          .sorted()
          .toList();
    }
  }

  private static String run(LauncherDiscoveryRequest request) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    return listener.getSummary().getFailures().stream()
        .map(CatalogTestRun::line)
        .collect(Collectors.joining("\n"));
  }

  private static String line(TestExecutionSummary.Failure failure) {
    String test =
        failure
            .getTestIdentifier()
            .getSource()
            .map(Object::toString)
            .orElse("")
            .replaceAll("(?s).*className = '[\\w.]*?(\\w+)', methodName = '(\\w+)'.*", "$1.$2");
    return test + ": " + failure.getException();
  }
}
