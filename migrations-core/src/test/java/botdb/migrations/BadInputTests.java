package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.MigrationException.Corrupt;
import botdb.migrations.MigrationException.NotADatabase;
import botdb.migrations.MigrationException.ReadOnly;
import botdb.migrations.MigrationException.UnusablePath;
import botdb.migrations.Steps.Migration001AddNotes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each is refused with a message that says what it is, and stays as it was. */
final class BadInputTests {
  private static final int PAGE = 4096;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {2, 20, 99, 100, 600, 5000})
  void a_text_file(int length) throws IOException {
    TestDatabase database = TestDatabase.absentIn(folder);
    Files.writeString(database.path(), "not a database\n".repeat(400).substring(0, length));
    assertRefused(
        database,
        NotADatabase.class,
        database.path() + " is not an SQLite database; nothing was changed");
  }

  @Test
  void a_folder() throws IOException {
    TestDatabase database = TestDatabase.absentIn(folder);
    Files.createDirectory(database.path());
    assertRefused(database, UnusablePath.class, database.path() + " is a folder");
  }

  @Test
  void a_path_in_a_folder_that_does_not_exist() {
    Path path = folder.resolve("missing/users.db");
    assertThatThrownBy(() -> migrate(Database.of(path)))
        .isInstanceOf(UnusablePath.class)
        .hasMessageStartingWith(path + " is in a folder that does not exist\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_path_in_a_file() throws IOException {
    Path path = Files.createFile(folder.resolve("file")).resolve("users.db");
    assertThatThrownBy(() -> migrate(Database.of(path)))
        .isInstanceOf(UnusablePath.class)
        .hasMessageStartingWith(path + " is in a folder that does not exist\n");
  }

  @Test
  void a_special_file() {
    assertThatThrownBy(() -> migrate(Database.parse("/dev/null")))
        .isInstanceOf(UnusablePath.class)
        .hasMessageStartingWith("/dev/null is not a regular file\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 1000, PAGE, 3 * PAGE, 5 * PAGE + 100})
  void a_truncated_database(int length) throws IOException {
    TestDatabase database = large();
    Files.write(database.path(), Arrays.copyOf(database.bytes(), length));
    assertRefused(database, Corrupt.class, damaged(database));
  }

  /** The schema is page 1, the rows of the users begin behind it. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7})
  void a_database_with_flipped_bytes_in_a_page(int page) throws IOException {
    TestDatabase database = large();
    byte[] bytes = database.bytes();
    for (int at = (page - 1) * PAGE; at < (page - 1) * PAGE + 12; at++) {
      bytes[at] ^= (byte) 0xff;
    }
    Files.write(database.path(), bytes);
    assertRefused(database, Corrupt.class, damaged(database));
  }

  @Test
  void a_database_with_flipped_bytes_in_its_schema() throws IOException {
    TestDatabase database = large();
    String text = new String(database.bytes(), StandardCharsets.ISO_8859_1);
    Files.writeString(
        database.path(),
        text.replaceFirst("CREATE TABLE users", "CR\u00a0ATE TABLE users"),
        StandardCharsets.ISO_8859_1);
    assertRefused(database, Corrupt.class, damaged(database));
  }

  @Test
  void a_file_that_is_marked_read_only() throws IOException {
    TestDatabase database = TestDatabase.in(folder);
    mark(database.path(), "r--r--r--");
    assertRefused(
        database,
        ReadOnly.class,
        database.path() + " cannot be written: the file is read-only; nothing was changed");
  }

  @Test
  void a_folder_that_is_marked_read_only() throws IOException {
    Path readOnly = Files.createDirectory(folder.resolve("x"));
    TestDatabase database = TestDatabase.in(readOnly);
    mark(readOnly, "r-xr-xr-x");
    try {
      assertRefused(
          database,
          ReadOnly.class,
          database.path() + " cannot be written: its folder is read-only; nothing was changed");
    } finally {
      mark(readOnly, "rwxr-xr-x");
    }
  }

  @Test
  void a_folder_that_is_marked_read_only_gets_no_new_database() throws IOException {
    Path readOnly = Files.createDirectory(folder.resolve("x"));
    TestDatabase database = TestDatabase.absentIn(readOnly);
    mark(readOnly, "r-xr-xr-x");
    try {
      assertRefused(
          database,
          ReadOnly.class,
          database.path() + " cannot be written: its folder is read-only; nothing was changed");
    } finally {
      mark(readOnly, "rwxr-xr-x");
    }
  }

  @Test
  void a_superseded_database() {
    TestDatabase database = TestDatabase.in(folder).applied("migration_998_newer");
    assertRefused(
        database,
        MigrationException.Superseded.class,
        database.path()
            + " was written by a newer program: migration_998_newer is unknown to this one;"
            + " nothing was changed");
  }

  /** Not bad: SQLite takes it for a database that nobody has written to. */
  @Test
  void an_empty_file_becomes_a_new_database() throws IOException {
    TestDatabase database = TestDatabase.absentIn(folder);
    Files.createFile(database.path());
    assertThat(database.migrator(Migration001AddNotes.class).migrate().steps())
        .extracting(MigrationReport.Step::name)
        .containsExactly("baseline", "migration_001_add_notes");
  }

  private TestDatabase large() {
    return TestDatabase.in(folder)
        .run("PRAGMA page_size = " + PAGE)
        .run("UPDATE users SET history = hex(zeroblob(20000))");
  }

  private static String damaged(TestDatabase database) {
    return database.path() + " is damaged; nothing was changed";
  }

  private static void mark(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static void assertRefused(TestDatabase database, Class<?> type, String headline) {
    var before = database.folder();
    assertThatThrownBy(() -> migrate(database.file()))
        .isInstanceOf(type)
        .hasMessageStartingWith(headline + "\n")
        .hasMessageContaining("\n  to do     ");
    assertThat(database.folder()).isEqualTo(before);
  }

  private static void migrate(Database file) {
    Migrator.of(file, TestDatabase.catalog(TestDatabase.list(Migration001AddNotes.class)))
        .migrate();
  }
}
