package botdb.bot.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.bot.TestDatabase;
import botdb.migrations.Database;
import botdb.migrations.MigrationException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerificationTests {
  @TempDir Path folder;

  private static Check check(Path file, String name) {
    List<Check> checks = Verification.of(Database.of(file));
    return checks.stream().filter(check -> check.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void finds_nothing_wrong_with_a_migrated_database() {
    assertThat(Verification.of(Database.of(TestDatabase.migrated(folder))))
        .extracting(Check::result)
        .containsOnly(Check.Result.OK)
        .hasSize(6);
  }

  @Test
  void notes_a_pending_migration_and_refuses_an_unknown_one() {
    Path file = TestDatabase.old(folder);
    assertThat(check(file, "migrations").result()).isEqualTo(Check.Result.NOTE);

    TestDatabase.run(
        file,
        "CREATE TABLE migrations (id INTEGER PRIMARY KEY, name TEXT, applied_at TEXT)",
        "INSERT INTO migrations (name) VALUES ('x')");
    assertThat(check(file, "migrations").result()).isEqualTo(Check.Result.FAILED);
  }

  @Test
  void names_a_migration_that_was_applied_in_another_edition() {
    Path file = TestDatabase.migrated(folder);
    TestDatabase.run(file, "UPDATE migration_log SET edition = '9f86d081'");

    assertThat(check(file, "editions").result()).isEqualTo(Check.Result.FAILED);
    assertThat(check(file, "editions").details())
        .singleElement()
        .asString()
        .startsWith(
            "migration_001_add_timestamp_to_messages was applied in edition 9f86d081, and this"
                + " program has ");
  }

  @Test
  void counts_rows_that_point_nowhere_by_table() {
    Path file = TestDatabase.migrated(folder);
    TestDatabase.run(
        file,
        "CREATE TABLE payments (user_id INTEGER REFERENCES users (user_id))",
        "INSERT INTO payments VALUES (1), (2), (42)");

    assertThat(check(file, "foreign keys").details())
        .containsExactly("payments: 2 rows point to no row of users");
  }

  @Test
  void finds_a_damaged_database_and_looks_on() throws IOException {
    Path file = damaged();

    List<Check> checks = Verification.of(Database.of(file));

    assertThat(checks).hasSize(6);
    assertThat(checks.get(0).result()).isEqualTo(Check.Result.FAILED);
    assertThat(checks.get(0).details())
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).isNotBlank().doesNotContain("\n", "***"));
  }

  @Test
  void finds_a_database_whose_schema_cannot_be_read() throws IOException {
    Path file = TestDatabase.migrated(folder);
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(100);
      bytes.write(new byte[200]);
    }

    assertThat(check(file, "integrity").result()).isEqualTo(Check.Result.FAILED);
  }

  private Path damaged() throws IOException {
    Path file = TestDatabase.migrated(folder);
    TestDatabase.run(
        file,
        "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 999)"
            + " INSERT INTO users (user_id, history) SELECT i, '[{\"role\": \"user\", \"content\": \"'"
            + " || hex(zeroblob(500)) || '\"}]' FROM n");
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(Files.size(file) / 2 / 4096 * 4096);
      bytes.write(new byte[4096 * 20]);
    }
    return file;
  }

  @Test
  void speaks_of_a_database_without_users() {
    Path file = TestDatabase.with(folder, "CREATE TABLE other (a)");

    assertThat(check(file, "schema").details())
        .containsExactly("there is no table users yet; migrate or serve creates it");
    assertThat(check(file, "histories").details()).containsExactly("there are none");
  }

  @Test
  void refuses_what_is_not_there_and_what_is_no_database() throws IOException {
    Path file = folder.resolve("users.db");
    assertThatThrownBy(() -> Verification.of(Database.of(file)))
        .isInstanceOf(MigrationException.DatabaseMissing.class);

    Files.writeString(file, "not a database at all ".repeat(100));
    assertThatThrownBy(() -> Verification.of(Database.of(file)))
        .isInstanceOf(MigrationException.NotADatabase.class);
  }
}
