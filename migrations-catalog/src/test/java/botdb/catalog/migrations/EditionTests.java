package botdb.catalog.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.catalog.TestDatabase;
import botdb.migrations.MigrationCatalog;
import botdb.migrations.Migrator;
import botdb.migrations.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HexFormat;
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
  private static final MigrationCatalog CATALOG = BotCatalog.migrations();

  @TempDir private Path folder;

  @Test
  void every_migration_does_what_it_always_did() throws Exception {
    List<String> after = run();
    for (int number = 1; number <= CATALOG.size(); number++) {
      assertThat(after.get(number - 1))
          .as(
              "%s does something else than it did when it was released; undo that and write a new"
                  + " migration. If it was never released, this is its new editions/%03d.txt",
              CATALOG.names().get(number - 1), number)
          .isEqualTo(text("editions/%03d.txt".formatted(number)));
    }
  }

  @Test
  void the_lock_names_every_migration_with_its_fingerprint_and_no_other() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int number = 1; number <= CATALOG.size(); number++) {
      String text = text("editions/%03d.txt".formatted(number));
      lines.add("%03d %s %s".formatted(number, CATALOG.names().get(number - 1), fingerprint(text)));
    }
    assertThat(BotCatalog.lock().lines().filter(line -> !line.startsWith("#")))
        .as("the lines of migrations.lock: none is ever changed, deleted or renumbered")
        .containsExactlyElementsOf(lines);
  }

  @Test
  void a_change_in_one_cell_is_another_edition() throws Exception {
    String text = text("editions/001.txt");
    assertThat(fingerprint(text.replace("\"timestamp\": null}", "\"timestamp\":null}")))
        .isNotEqualTo(fingerprint(text));
  }

  @Test
  void the_runner_notes_the_edition_of_the_lock() throws Exception {
    try (TestDatabase database = TestDatabase.of(folder, Snapshots.sql(0))) {
      database.migrate();
      assertThat(database.rows("SELECT migration, edition FROM migration_log"))
          .containsExactly(CATALOG.names().get(0) + "|" + fingerprint(text("editions/001.txt")));
    }
  }

  /** The schema and every cell after each migration. */
  private List<String> run() throws Exception {
    List<String> after = new ArrayList<>();
    try (TestDatabase database =
        TestDatabase.of(folder, Snapshots.sql(0), text("editions/rows.sql"))) {
      for (int number = 1; number <= CATALOG.size(); number++) {
        Migrator.of(database.file(), CATALOG).migrate(number);
        after.add(dump(database));
      }
    }
    return after;
  }

  private static String dump(TestDatabase database) throws Exception {
    StringBuilder dump = new StringBuilder();
    try (Connection connection = database.file().openReadOnly()) {
      Schema.of(connection).facts().forEach(fact -> dump.append(fact).append('\n'));
    }
    List<String> tables =
        database.rows(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'migration%'"
                + " AND name NOT LIKE 'sqlite%' ORDER BY name");
    for (String table : tables) {
      List<String> cells =
          database.rows(
              "SELECT 'quote(\"' || name || '\")' FROM pragma_table_xinfo('" + table + "')");
      String row = String.join(" || ', ' || ", cells);
      for (String line : database.rows("SELECT " + row + " FROM \"" + table + "\" ORDER BY 1")) {
        dump.append(table).append(": ").append(line).append('\n');
      }
    }
    return dump.toString();
  }

  private static String fingerprint(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  private static String text(String name) throws IOException {
    try (InputStream in = EditionTests.class.getResourceAsStream(name)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
