package botdb.catalog.migrations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import botdb.catalog.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is noted of a migration, and how the difference is shown. */
class LockMigrationTests {
  @TempDir private Path folder;

  @Test
  void shows_what_went_and_what_came_in_the_order_of_the_texts() {
    assertThat(
            LockMigration.difference(List.of("a", "b", "c", "d"), List.of("a", "x", "c", "d", "e")))
        .containsExactly("  - b", "  + x", "  + e");
    assertThat(LockMigration.difference(List.of(), List.of("a"))).containsExactly("  + a");
    assertThat(LockMigration.difference(List.of("a"), List.of("a"))).isEmpty();
  }

  @Test
  void notes_what_is_not_as_it_was_and_says_so() throws Exception {
    int newest = BotCatalog.migrations().size();
    Path module = folder.resolve("migrations-catalog");
    Path snapshot = module.resolve("src/main/schema/%03d.sql".formatted(newest));
    Path lock = module.resolve("src/main/resources/botdb/catalog/migrations/migrations.lock");
    Path editions = module.resolve("src/test/resources/botdb/catalog/migrations/editions");
    for (Path parent : List.of(snapshot.getParent(), lock.getParent(), editions)) {
      Files.createDirectories(parent);
    }
    Files.writeString(snapshot, Snapshots.sql(newest));
    Files.writeString(lock, "# nothing\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(
            new LockMigration(module, new PrintStream(out, true, UTF_8))
                .run(Files.createDirectory(folder.resolve("run"))))
        .isTrue();
    assertThat(Files.readString(lock)).isEqualTo(BotCatalog.lock());
    assertThat(editions.resolve("%03d.txt".formatted(newest)))
        .hasContent(Editions.text("%03d.txt".formatted(newest)));
    assertThat(out.toString(UTF_8))
        .contains("migrations.lock\n  - # nothing\n")
        .contains("  + %03d ".formatted(newest))
        .endsWith("src/main/schema/%03d.sql stays as it is\n".formatted(newest));
  }

  @Test
  void a_snapshot_is_written_as_people_write_it() throws Exception {
    try (TestDatabase database =
            TestDatabase.of(
                folder,
                "CREATE TABLE a (\n    x TEXT\n)",
                "ALTER TABLE a ADD COLUMN y TEXT DEFAULT ';'",
                "CREATE TABLE \"b\" (\n    x TEXT\n) STRICT",
                "CREATE INDEX i ON a (x)",
                "CREATE TABLE migrations (x)");
        var connection = database.file().openReadOnly()) {
      assertThat(SnapshotText.indented(SnapshotText.of(connection)))
          .isEqualTo(
              """
              CREATE TABLE a (
                  x TEXT,
                  y TEXT DEFAULT ';'
              );

              CREATE TABLE b (
                  x TEXT
              ) STRICT;

              CREATE INDEX i ON a (x);
              """);
    }
  }
}
