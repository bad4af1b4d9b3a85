package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.Backups.Backup;
import botdb.migrations.Steps.Migration001AddNotes;
import botdb.migrations.Steps.Migration002AddTags;
import botdb.migrations.Steps.Migration003Throw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BackupTests {
  @TempDir private Path folder;

  @Test
  void a_backup_is_made_before_the_first_change_of_an_existing_database() throws IOException {
    TestDatabase database = TestDatabase.in(folder);
    List<String> before = database.rows("SELECT * FROM users");
    Backups backups = Backups.of(database.file());
    List<Path> heard = new ArrayList<>();
    database
        .migrator(Migration001AddNotes.class, Migration002AddTags.class)
        .withBackups(backups)
        .withListener(
            new Migrator.Listener() {
              @Override
              public void backedUp(Path backup) {
                heard.add(backup);
              }
            })
        .migrate();

    assertThat(backups.list()).hasSize(1);
    Backup backup = backups.list().get(0);
    assertThat(heard).containsExactly(backup.file());
    assertThat(backup.file().getFileName().toString())
        .matches("users\\.db\\.backup-\\d{8}-\\d{6}-before-001");
    assertThat(backup.version()).isZero();
    assertThat(backup.bytes()).isEqualTo(Files.size(backup.file()));
    assertThat(backup.takenAt()).matches("20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}");
    TestDatabase copy = TestDatabase.at(backup.file());
    assertThat(copy.rows("SELECT * FROM users")).isEqualTo(before);
    assertThat(copy.rows("SELECT name FROM sqlite_schema")).containsExactly("users");
    assertThat(database.rows("SELECT backup FROM migration_log"))
        .containsOnly(backup.file().getFileName().toString());
  }

  @Test
  void a_new_database_needs_none() {
    TestDatabase database = TestDatabase.absentIn(folder);
    Backups backups = Backups.of(database.file());
    database.migrator(Migration001AddNotes.class).withBackups(backups).migrate();
    assertThat(backups.list()).isEmpty();
    assertThat(database.rows("SELECT coalesce(backup, 'none') FROM migration_log"))
        .containsExactly("none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void holds_what_stands_in_the_log_and_needs_none_itself(String mode) throws Exception {
    TestDatabase database = TestDatabase.in(folder);
    try (Connection writer = database.connect()) {
      Sql.texts(writer, "PRAGMA journal_mode = " + mode);
      Sql.run(writer, "INSERT INTO users (user_id, history) VALUES (9007199254740993, '[1]')");
      Backup backup = Backups.of(database.file()).create();
      assertThat(TestDatabase.at(backup.file()).rows("SELECT count(*) FROM users"))
          .containsExactly("3");
      assertThat(TestDatabase.at(backup.file()).rows("PRAGMA journal_mode"))
          .containsExactly("delete");
    }
    assertThat(names()).noneMatch(name -> name.endsWith(".partial"));
  }

  @Test
  void is_readable_by_nobody_who_may_not_read_the_database() throws IOException {
    TestDatabase database = TestDatabase.in(folder);
    Files.setPosixFilePermissions(database.path(), PosixFilePermissions.fromString("rw-r-----"));
    Backup backup = Backups.of(database.file()).create();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup.file())))
        .isEqualTo("rw-r-----");
  }

  @Test
  void lies_in_another_folder_if_told_so() {
    TestDatabase database = TestDatabase.in(folder);
    Backups backups = Backups.of(database.file()).in(folder.resolve("some/where"));
    Backup backup = backups.create();
    assertThat(backup.file().getParent()).isEqualTo(folder.resolve("some/where"));
    assertThat(backups.list()).containsExactly(backup);
  }

  @Test
  void a_named_one_does_not_replace_a_file() throws IOException {
    TestDatabase database = TestDatabase.in(folder);
    Path target = folder.resolve("mine");
    Files.writeString(target, "precious");
    assertThatThrownBy(() -> Backups.of(database.file()).create(target))
        .isInstanceOf(MigrationException.BackupFailed.class)
        .hasMessageContaining("mine exists already");
    assertThat(target).hasContent("precious");
  }

  @Test
  void nothing_is_changed_where_it_cannot_be_made() throws IOException {
    TestDatabase database = TestDatabase.in(folder);
    Path file = Files.createFile(folder.resolve("file"));
    var before = database.folder();
    assertThatThrownBy(
            () ->
                database
                    .migrator(Migration001AddNotes.class)
                    .withBackups(Backups.of(database.file()).in(file.resolve("backups")))
                    .migrate())
        .isInstanceOf(MigrationException.BackupFailed.class);
    assertThat(database.folder()).isEqualTo(before);
  }

  @Test
  void a_damaged_database_gets_no_backup_and_is_not_changed() throws IOException {
    TestDatabase database = TestDatabase.in(folder);
    database.run("CREATE INDEX by_history ON users (history)");
    byte[] bytes = Files.readAllBytes(database.path());
    java.util.Arrays.fill(bytes, bytes.length - 64, bytes.length, (byte) 0x5A);
    Files.write(database.path(), bytes);
    var before = database.folder();
    assertThatThrownBy(
            () ->
                database
                    .migrator(Migration001AddNotes.class)
                    .withBackups(Backups.of(database.file()))
                    .migrate())
        .isInstanceOf(MigrationException.Corrupt.class);
    assertThat(database.folder()).isEqualTo(before);
  }

  @Test
  void a_start_that_fails_again_and_again_makes_one_backup() {
    TestDatabase database =
        TestDatabase.in(folder).applied("migration_001_add_notes", "migration_002_add_tags");
    database.run("CREATE TABLE notes (a)");
    Backups backups = Backups.of(database.file()).restoredBy("bot restore");
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(
              () ->
                  database
                      .migrator(
                          Migration001AddNotes.class,
                          Migration002AddTags.class,
                          Migration003Throw.class)
                      .withBackups(backups)
                      .migrate())
          .isInstanceOf(MigrationException.MigrationFailed.class)
          .hasMessageContaining("\n  backup    " + folder.resolve("users.db.backup-"))
          .hasMessageContaining(
              "\n            to go back: bot restore " + folder.resolve("users.db.backup-"));
    }
    assertThat(backups.list()).hasSize(1);
    assertThat(names()).hasSize(3); // the database, the backup, its record
  }

  @Test
  void what_a_killed_start_left_is_replaced_by_the_next() throws Exception {
    TestDatabase database = TestDatabase.in(folder);
    List<String> left =
        List.of(
            "users.db.backup-before-001.partial",
            "users.db.backup-before-001.partial-journal",
            "users.db.backup-before-001.partial-shm",
            "users.db.backup-20251105-153045-before-001.record",
            "users.db.backup-20251105-153046-before-001.record.partial");
    for (String name : left) {
      Files.writeString(folder.resolve(name), "left");
    }
    // Another process makes one by hand at this moment.
    Files.writeString(folder.resolve("users.db.backup-20251105-153047-by-hand.partial"), "");
    Files.writeString(folder.resolve("users.db.backup-20251105-153047-by-hand.record"), "");

    Backups backups = Backups.of(database.file());
    database.migrator(Migration001AddNotes.class).withBackups(backups).migrate();

    Backup backup = backups.list().get(0);
    assertThat(TestDatabase.at(backup.file()).rows("PRAGMA integrity_check")).containsExactly("ok");
    assertThat(names())
        .containsExactlyInAnyOrder(
            "users.db",
            backup.file().getFileName().toString(),
            backup.file().getFileName() + ".record",
            "users.db.backup-20251105-153047-by-hand.partial",
            "users.db.backup-20251105-153047-by-hand.record");
  }

  @Test
  void the_newest_stay_and_the_first_of_each_version() {
    TestDatabase database = TestDatabase.in(folder);
    Backups backups = Backups.of(database.file()).keeping(2);
    List<Path> made = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      if (i == 3) {
        database.applied("migration_001_add_notes");
      }
      database.run("INSERT INTO users (history) VALUES ('[]')");
      made.add(backups.before("test").file());
    }
    assertThat(backups.list())
        .extracting(Backup::file)
        .containsExactly(made.get(5), made.get(4), made.get(3), made.get(0));
    assertThat(names()).hasSize(1 + 2 * 4);
  }

  @Test
  void of_two_databases_in_one_folder_each_has_its_own() {
    TestDatabase one = TestDatabase.at(folder.resolve("one.db")).run(TestDatabase.USERS);
    TestDatabase two = TestDatabase.at(folder.resolve("two.db")).run(TestDatabase.USERS);
    Backups ofOne = Backups.of(one.file()).keeping(1);
    Backups ofTwo = Backups.of(two.file()).keeping(1);
    List<Path> made = List.of(ofOne.before("test").file(), ofOne.before("test").file());
    for (int i = 0; i < 3; i++) {
      two.run("INSERT INTO users (history) VALUES ('[]')");
      ofTwo.before("test");
    }
    assertThat(ofOne.list()).extracting(Backup::file).containsAll(made.subList(1, 2));
    assertThat(ofTwo.list())
        .extracting(backup -> backup.file().getFileName().toString())
        .hasSize(2)
        .allMatch(name -> name.startsWith("two.db.backup-"));
  }

  /** Its backup was deleted by hand, or was never made. */
  @Test
  void a_record_of_nothing_goes_with_the_next_backup_and_others_stay() throws IOException {
    TestDatabase database = TestDatabase.in(folder);
    String name = "users.db.backup-20251105-153045-before-001.record";
    Files.writeString(folder.resolve(name), "version 0");
    Files.writeString(folder.resolve(name + ".partial"), "ver");
    Files.writeString(folder.resolve("users.db.backup-20251105-153045-mine.recorded"), "mine");
    database
        .migrator(Migration001AddNotes.class)
        .withBackups(Backups.of(database.file()))
        .migrate();
    assertThat(names())
        .doesNotContain(name, name + ".partial")
        .contains("users.db.backup-20251105-153045-mine.recorded")
        .filteredOn(left -> left.endsWith(".record"))
        .hasSize(1);
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
