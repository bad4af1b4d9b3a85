package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.Backups.Backup;
import botdb.migrations.Steps.Migration001AddNotes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RestoreTests {
  private static final MigrationCatalog CATALOG =
      TestDatabase.catalog(List.of(Migration001AddNotes.class));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void puts_the_backup_in_place_and_keeps_what_was_there(String mode) throws Exception {
    TestDatabase database = TestDatabase.in(folder);
    Backups backups = Backups.of(database.file());
    Backup backup = backups.create();
    List<String> before = database.rows("SELECT * FROM users");
    try (Connection connection = database.connect()) {
      Sql.texts(connection, "PRAGMA journal_mode = " + mode);
    }
    database.migrator(Migration001AddNotes.class).migrate();
    database.run("DELETE FROM users");

    Path kept = backups.restore(backup.file(), CATALOG);

    assertThat(database.rows("SELECT * FROM users")).isEqualTo(before);
    assertThat(database.rows("SELECT event, backup FROM migration_log"))
        .containsExactly("restored|" + backup.file().getFileName());
    assertThat(backup.file()).exists();
    assertThat(kept).isNotNull();
    assertThat(kept.getFileName().toString()).endsWith("-before-restore");
    assertThat(TestDatabase.at(kept).appliedNames()).containsExactly("migration_001_add_notes");
    assertThat(TestDatabase.at(kept).rows("SELECT * FROM users")).isEmpty();
    assertThat(folder.resolve("users.db-wal")).doesNotExist();
    assertThat(folder.resolve("users.db.restoring")).doesNotExist();
  }

  @Test
  void puts_it_where_there_is_nothing_and_not_under_a_foreign_log() throws IOException {
    TestDatabase database = TestDatabase.in(folder);
    Backups backups = Backups.of(database.file());
    Backup backup = backups.create();
    Files.delete(database.path());
    Files.writeString(folder.resolve("users.db-wal"), "of a database that is gone");
    assertThat(backups.restore(backup.file(), CATALOG)).isNull();
    assertThat(replaced("-wal")).hasContent("of a database that is gone");
    assertThat(database.rows("SELECT count(*) FROM users")).containsExactly("2");
  }

  @Test
  void replaces_a_database_that_is_beyond_a_backup_and_keeps_its_files() throws IOException {
    TestDatabase database = TestDatabase.in(folder);
    Backups backups = Backups.of(database.file());
    Backup backup = backups.create();
    Files.writeString(database.path(), "no database any more");
    Files.writeString(folder.resolve("users.db-journal"), "nor is this a journal");
    Path kept = backups.restore(backup.file(), CATALOG);
    assertThat(kept).isEqualTo(replaced(""));
    assertThat(replaced("-journal")).hasContent("nor is this a journal");
    assertThat(database.rows("SELECT count(*) FROM users")).containsExactly("2");
    assertThat(kept).hasContent("no database any more");
  }

  @Test
  void refuses_a_backup_that_is_damaged() throws IOException {
    TestDatabase database = TestDatabase.in(folder);
    Backup backup = Backups.of(database.file()).create();
    byte[] bytes = Files.readAllBytes(backup.file());
    bytes[4096 + 8] ^= 0x10; // the head of the b-tree of users
    Files.write(backup.file(), bytes);
    assertRefused(database, backup.file(), MigrationException.Corrupt.class);
  }

  @Test
  void refuses_a_backup_that_is_sound_and_not_the_one_that_was_taken() {
    TestDatabase database = TestDatabase.in(folder);
    Backup backup = Backups.of(database.file()).create();
    TestDatabase.at(backup.file()).run("DELETE FROM users");
    assertRefused(database, backup.file(), MigrationException.Corrupt.class);
  }

  @Test
  void refuses_a_backup_of_a_newer_program() {
    TestDatabase database = TestDatabase.in(folder);
    TestDatabase newer = TestDatabase.in(folder.resolve("newer")).applied("migration_002_newer");
    assertRefused(database, newer.path(), MigrationException.Superseded.class);
  }

  @Test
  void refuses_what_is_no_database_and_what_is_not_there() throws IOException {
    TestDatabase database = TestDatabase.in(folder);
    Path text = Files.writeString(folder.resolve("text"), "x".repeat(5000));
    assertRefused(database, text, MigrationException.NotADatabase.class);
    assertRefused(database, folder.resolve("none"), MigrationException.DatabaseMissing.class);
  }

  @Test
  void refuses_while_another_process_has_the_database_open() throws Exception {
    TestDatabase database = TestDatabase.in(folder);
    Backup backup = Backups.of(database.file()).create();
    Process other =
        new ProcessBuilder("sleep", "60").redirectInput(database.path().toFile()).start();
    try {
      assertRefused(database, backup.file(), MigrationException.Busy.class);
    } finally {
      other.destroyForcibly().waitFor();
    }
    Backups.of(database.file()).restore(backup.file(), CATALOG);
  }

  /** A bot that is started by itself while the replaced database is kept is not overlooked. */
  @Test
  void refuses_where_another_process_opens_the_database_while_it_restores() throws Exception {
    TestDatabase database = TestDatabase.in(folder);
    Path backup = Backups.of(database.file()).create().file();
    List<Process> late = new ArrayList<>();
    Database watched =
        ((SqliteFile) database.file())
            .standIn(database.path(), connection -> late.add(open(database.path())));
    byte[] before = database.bytes();
    try {
      assertThatThrownBy(() -> Backups.of(watched).restore(backup, CATALOG))
          .isInstanceOf(MigrationException.Busy.class);
      assertThat(late).isNotEmpty();
      assertThat(database.bytes()).isEqualTo(before);
    } finally {
      for (Process process : late) {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private static Process open(Path file) {
    try {
      return new ProcessBuilder("sleep", "60").redirectInput(file.toFile()).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void refuses_to_replace_what_may_not_be_written() throws IOException {
    TestDatabase database = TestDatabase.in(folder);
    Path backup = Backups.of(database.file()).create().file();
    Files.setPosixFilePermissions(database.path(), PosixFilePermissions.fromString("r--r--r--"));
    assertRefused(database, backup, MigrationException.ReadOnly.class);
  }

  /** What stood in the place of the database, or a companion of it, under its new name. */
  private Path replaced(String companion) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(
              file ->
                  file.getFileName()
                      .toString()
                      .matches("users\\.db\\.backup-\\d{8}-\\d{6}-replaced" + companion))
          .findFirst()
          .orElseThrow();
    }
  }

  private void assertRefused(
      TestDatabase database, Path backup, Class<? extends MigrationException> kind) {
    Map<String, String> before = database.folder();
    assertThatThrownBy(() -> Backups.of(database.file()).restore(backup, CATALOG))
        .isInstanceOf(kind);
    assertThat(database.folder()).isEqualTo(before);
  }
}
