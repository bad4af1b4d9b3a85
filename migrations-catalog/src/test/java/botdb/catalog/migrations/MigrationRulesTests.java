package botdb.catalog.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.catalog.TestDatabase;
import botdb.migrations.Migration;
import botdb.migrations.MigrationReport;
import botdb.migrations.Migrator;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every migration has to keep to, seen in its class file. */
class MigrationRulesTests {
  private static final Pattern MIGRATION =
      Pattern.compile("(botdb\\.catalog\\.migrations\\..*Migration(\\d{3})\\w+).*");
  private static final Pattern VERSION =
      Pattern.compile("botdb\\.catalog\\.schema\\.(v\\d{3}|current)\\b.*");
  private static final Pattern OTHER_WAYS =
      Pattern.compile(
          "java\\.sql\\.DriverManager|javax\\.sql\\..*|org\\.sqlite\\..*|java\\.lang\\.Thread"
              + "|java\\.util\\.concurrent\\..*|botdb\\.migrations\\.(Migrator|Database)");

  @TempDir private Path folder;

  @Test
  void every_migration_is_registered() {
    assertThat(migrations().map(JavaClass::getSimpleName).filter(name -> !isRegistered(name)))
        .as("migrations that BotCatalog does not list")
        .isEmpty();
  }

  private static boolean isRegistered(String simpleName) {
    return BotCatalog.types().stream().anyMatch(type -> type.getSimpleName().equals(simpleName));
  }

  @Test
  void a_migration_uses_the_version_before_it_and_its_own() {
    assertThat(migrations().flatMap(MigrationRulesTests::foreignVersions)).isEmpty();
    assertThat(migrations().flatMap(MigrationRulesTests::versions)).contains("v000", "v001");
  }

  @Test
  void a_migration_that_uses_another_version_would_be_seen() {
    JavaClasses wrong = new ClassFileImporter().importClasses(Migration007LooksElsewhere.class);
    assertThat(wrong.stream().flatMap(MigrationRulesTests::foreignVersions))
        .containsExactlyInAnyOrder(
            "Migration007LooksElsewhere uses v000", "Migration007LooksElsewhere uses current");
    assertThat(wrong.stream().flatMap(MigrationRulesTests::otherWays))
        .containsExactlyInAnyOrder(
            "Migration007LooksElsewhere uses java.lang.Thread",
            "Migration007LooksElsewhere calls DSL.using");
  }

  @Test
  void a_migration_reaches_its_database_through_its_context_and_on_its_thread_only() {
    assertThat(migrations().flatMap(MigrationRulesTests::otherWays))
        .as("another connection would wait for the lock that the migration holds")
        .isEmpty();
  }

  @Test
  void every_migration_that_moves_data_has_a_test_with_data() throws Exception {
    List<String> untested = new ArrayList<>();
    for (MigrationReport.Step step : steps()) {
      Class<?> type = BotCatalog.types().get(step.number() - 1);
      if (step.rows() > 0 && !exists(type.getName() + "Tests")) {
        untested.add(
            "%s changes rows and there is no %sTests".formatted(step.name(), type.getSimpleName()));
      }
    }
    assertThat(untested).isEmpty();
  }

  private List<MigrationReport.Step> steps() throws Exception {
    List<MigrationReport.Step> steps = new ArrayList<>();
    try (TestDatabase database = TestDatabase.of(folder, Snapshots.sql(0))) {
      for (int number = 1; number <= BotCatalog.types().size(); number++) {
        Editions.addRows(database, number);
        Migrator migrator = Migrator.of(database.file(), BotCatalog.migrations());
        steps.addAll(migrator.migrate(number).steps());
      }
    }
    return steps;
  }

  private static boolean exists(String type) {
    return MigrationRulesTests.class.getClassLoader().getResource(type.replace('.', '/') + ".class")
        != null;
  }

  private static Stream<JavaClass> migrations() {
    try {
      Path classes =
          Path.of(BotCatalog.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return new ClassFileImporter()
          .importPath(classes.resolve("botdb/catalog/migrations")).stream()
              .filter(type -> MIGRATION.matcher(type.getName()).matches())
              .filter(type -> type.isAssignableTo(Migration.class));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<String> foreignVersions(JavaClass migration) {
    Matcher matcher = MIGRATION.matcher(migration.getName());
    assertThat(matcher.matches()).as(migration.getName()).isTrue();
    int number = Integer.parseInt(matcher.group(2));
    List<String> own = List.of("v%03d".formatted(number - 1), "v%03d".formatted(number));
    return versions(migration)
        .filter(version -> !own.contains(version))
        .map(version -> migration.getSimpleName() + " uses " + version);
  }

  private static Stream<String> versions(JavaClass user) {
    return targets(user)
        .map(VERSION::matcher)
        .filter(Matcher::matches)
        .map(version -> version.group(1))
        .distinct();
  }

  private static Stream<String> otherWays(JavaClass migration) {
    Stream<String> types =
        targets(migration)
            .filter(target -> OTHER_WAYS.matcher(target).matches())
            .distinct()
            .map(target -> migration.getSimpleName() + " uses " + target);
    Stream<String> calls =
        migration.getMethodCallsFromSelf().stream()
            .filter(MigrationRulesTests::opensConnection)
            .map(call -> migration.getSimpleName() + " calls DSL.using");
    return Stream.concat(types, calls);
  }

  private static boolean opensConnection(JavaMethodCall call) {
    return call.getTargetOwner().getName().equals("org.jooq.impl.DSL")
        && call.getName().equals("using");
  }

  private static Stream<String> targets(JavaClass user) {
    return user.getDirectDependenciesFromSelf().stream()
        .map(dependency -> dependency.getTargetClass().getName());
  }

  /** What the rules must catch. */
  static final class Migration007LooksElsewhere implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().deleteFrom(botdb.catalog.schema.v000.tables.Users.USERS).execute();
      context.dsl().deleteFrom(botdb.catalog.schema.current.tables.Users.USERS).execute();
      new Thread(() -> org.jooq.impl.DSL.using("jdbc:sqlite:users.db")).start();
    }
  }
}
