package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.migrations.Steps.Migration001AddNotes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start with nothing to apply does not pay for jOOQ: seen in a virtual machine of its own. */
final class LazyLoadingTests {
  private static final String NOTES = "migration_001_add_notes";

  @TempDir private Path folder;

  /** Does with a database what the first argument says. */
  static final class Start {
    private Start() {}

    public static void main(String[] arguments) {
      Migrator migrator =
          Migrator.of(
              Database.parse(arguments[1]),
              TestDatabase.catalog(List.of(Migration001AddNotes.class)));
      switch (arguments[0]) {
        case "plan" -> migrator.plan();
        case "forget" -> migrator.forget(NOTES);
        case "migrate" -> migrator.migrate();
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  @Test
  void looking_at_what_is_pending_loads_no_jooq() throws Exception {
    assertThat(jooqClassesLoadedBy("plan", TestDatabase.in(folder))).isEmpty();
  }

  @Test
  void forgetting_loads_no_jooq() throws Exception {
    TestDatabase database = TestDatabase.in(folder).applied(NOTES);
    assertThat(jooqClassesLoadedBy("forget", database)).isEmpty();
    assertThat(database.appliedNames()).isEmpty();
  }

  @Test
  void migrating_with_nothing_pending_loads_no_jooq() throws Exception {
    assertThat(jooqClassesLoadedBy("migrate", TestDatabase.in(folder).applied(NOTES))).isEmpty();
  }

  @Test
  void migrating_with_something_pending_loads_it_which_shows_that_this_test_would_see_it()
      throws Exception {
    TestDatabase database = TestDatabase.in(folder);
    assertThat(jooqClassesLoadedBy("migrate", database)).isNotEmpty();
    assertThat(database.appliedNames()).containsExactly(NOTES);
  }

  private static List<String> jooqClassesLoadedBy(String action, TestDatabase database)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                Start.class.getName(),
                action,
                database.path().toString())
            .redirectErrorStream(true)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();
    assertThat(process.waitFor()).as(() -> String.join("\n", lines)).isZero();
    assertThat(lines).anyMatch(line -> line.contains("botdb.migrations.MigrationPlan "));
    return lines.stream().filter(line -> line.contains("] org.jooq.")).toList();
  }
}
