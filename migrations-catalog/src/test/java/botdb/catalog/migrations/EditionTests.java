package botdb.catalog.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.catalog.TestDatabase;
import botdb.migrations.MigrationCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an applied migration does stays as it was.
 *
 * <p>Each migration runs on the same rows; {@code editions/NNN.txt} is the schema and every cell
 * after it, and {@code migrations.lock} holds the fingerprint of that text. How a migration is
 * written does not matter, what it does may not change: databases in the field have been through
 * it.
 */
class EditionTests {
  private static final String LOCK_COMMAND =
      "mvn -q -pl migrations-catalog process-test-classes -Dlock-migration";
  private static final MigrationCatalog CATALOG = BotCatalog.migrations();

  @TempDir private Path folder;

  @Test
  void every_migration_does_what_it_always_did() throws Exception {
    List<String> after = Editions.run(folder);
    for (int number = 1; number <= CATALOG.size(); number++) {
      String noted = Editions.text("%03d.txt".formatted(number));
      assertThat(noted)
          .as(
              "%s is not in migrations.lock yet: %s notes what it does",
              CATALOG.names().get(number - 1), LOCK_COMMAND)
          .isNotEmpty();
      assertThat(after.get(number - 1))
          .as(
              "%s does something else than it did when it was locked; undo that and write a new"
                  + " migration. If it was never released: %s",
              CATALOG.names().get(number - 1), LOCK_COMMAND)
          .isEqualTo(noted);
    }
  }

  @Test
  void every_migration_may_be_applied_again_after_it_was_forgotten() throws Exception {
    List<String> twice = Editions.runTwice(folder);
    for (int number = 1; number <= CATALOG.size(); number++) {
      assertThat(twice.get(number - 1))
          .as(
              "%s does something else when it is applied a second time, as it is after forget:"
                  + " let it look first what is done already",
              CATALOG.names().get(number - 1))
          .isEqualTo(Editions.text("%03d.txt".formatted(number)));
    }
  }

  @Test
  void the_lock_names_every_migration_with_its_fingerprint_and_no_other() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int number = 1; number <= CATALOG.size(); number++) {
      lines.add(Editions.lockLine(number, Editions.text("%03d.txt".formatted(number))));
    }
    assertThat(BotCatalog.lock().lines().filter(line -> !line.startsWith("#")))
        .as("the lines of migrations.lock: none is ever changed, deleted or renumbered")
        .containsExactlyElementsOf(lines);
  }

  @Test
  void a_change_in_one_cell_is_another_edition() throws Exception {
    String text = Editions.text("001.txt");
    assertThat(Editions.fingerprint(text.replace("\"timestamp\": null}", "\"timestamp\":null}")))
        .isNotEqualTo(Editions.fingerprint(text));
  }

  @Test
  void the_runner_notes_the_edition_of_the_lock() throws Exception {
    try (TestDatabase database = TestDatabase.of(folder, Snapshots.sql(0))) {
      database.migrate();
      assertThat(database.rows("SELECT migration, edition FROM migration_log").get(0))
          .isEqualTo(CATALOG.names().get(0) + "|" + Editions.fingerprint(Editions.text("001.txt")));
    }
  }
}
