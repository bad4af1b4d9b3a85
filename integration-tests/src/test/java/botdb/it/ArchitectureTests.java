package botdb.it;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jooq.SQLDialect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows between modules and packages go one way, and versions of the schema stay apart. */
class ArchitectureTests {
  private static final Pattern VERSION =
      Pattern.compile("botdb\\.catalog\\.schema\\.(v\\d{3}|current)\\b.*");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("botdb.migrations", "botdb.catalog", "botdb.bot");

  @Test
  void a_module_depends_only_on_those_above_it() {
    check(
        noClasses()
            .that(resideInAPackage("botdb.migrations.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage("botdb.catalog..", "botdb.bot..")));
    check(
        noClasses()
            .that(resideInAPackage("botdb.catalog.."))
            .should()
            .dependOnClassesThat(resideInAPackage("botdb.bot..")));
  }

  @Test
  void packages_have_no_cycles() {
    check(slices().matching("botdb.catalog.(*)..").should().beFreeOfCycles());
    check(slices().matching("botdb.bot.(*)..").should().beFreeOfCycles());
  }

  @Test
  void the_bot_uses_the_current_version_only() {
    check(
        noClasses()
            .that(resideInAPackage("botdb.bot.."))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("botdb.catalog.schema.v..", "botdb.catalog.message..")));
    assertThat(
            CLASSES.stream()
                .filter(c -> c.getPackageName().startsWith("botdb.bot"))
                .flatMap(c -> versions(c).stream()))
        .containsOnly("current");
    check(
        classes()
            .that(resideInAPackage("botdb.catalog.history.."))
            .should()
            .onlyDependOnClassesThat(not(resideInAPackage("botdb.catalog.schema.v0.."))));
  }

  /** The seam is {@code Database}: it knows both engines, and of all others each knows its own. */
  @ParameterizedTest
  @CsvSource({"Sqlite, org.sqlite..", "Postgres, org.postgresql..", "Postgres, com.zaxxer.."})
  void nobody_but_the_seam_knows_an_engine(String prefix, String driver) {
    DescribedPredicate<JavaClass> own =
        DescribedPredicate.describe(
            "of " + prefix, type -> outermost(type).getSimpleName().startsWith(prefix));
    DescribedPredicate<JavaClass> seam =
        DescribedPredicate.describe(
            "the seam", type -> outermost(type).getName().equals("botdb.migrations.Database"));
    check(
        noClasses()
            .that(not(own).and(not(seam)))
            .should()
            .dependOnClassesThat(own.and(resideInAPackage("botdb.."))));
    check(noClasses().that(not(own)).should().dependOnClassesThat(resideInAPackage(driver)));
    assertThat(CLASSES.stream().filter(own)).hasSizeGreaterThan(5);
  }

  /** Who asks which dialect it is would be telling engines apart once more. */
  @Test
  void nobody_but_the_engines_names_a_dialect() {
    check(
        noClasses()
            .that(
                DescribedPredicate.describe(
                    "no engine's",
                    type ->
                        !outermost(type).getSimpleName().matches("(Sqlite|Postgres).*|Database")))
            .should()
            .accessField(SQLDialect.class, "SQLITE")
            .orShould()
            .accessField(SQLDialect.class, "POSTGRES")
            .orShould()
            .callMethod(org.jooq.Configuration.class, "dialect")
            .orShould()
            .callMethod(org.jooq.DSLContext.class, "dialect"));
  }

  private static JavaClass outermost(JavaClass type) {
    JavaClass outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer;
  }

  @Test
  void core_shows_a_dozen_types_at_most() {
    assertThat(
            CLASSES.stream()
                .filter(c -> c.getPackageName().equals("botdb.migrations"))
                .filter(c -> c.isTopLevelClass() && c.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getSimpleName))
        .hasSizeLessThanOrEqualTo(12)
        .contains("Migrator");
  }

  private static void check(ArchRule rule) {
    rule.check(CLASSES);
  }

  private static List<String> versions(JavaClass user) {
    return user.getDirectDependenciesFromSelf().stream()
        .flatMap(dependency -> version(dependency.getTargetClass().getPackageName()))
        .distinct()
        .toList();
  }

  private static Stream<String> version(String packageName) {
    Matcher matcher = VERSION.matcher(packageName);
    return matcher.matches() ? Stream.of(matcher.group(1)) : Stream.of();
  }
}
