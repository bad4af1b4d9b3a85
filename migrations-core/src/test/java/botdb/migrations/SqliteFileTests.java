package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.MigrationException.UnusablePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SqliteFileTests {
  @TempDir private Path folder;

  @Test
  void takes_a_path_or_a_url_of_the_driver() {
    assertThat(Database.parse("data/users.db").file()).isEqualTo(Path.of("data/users.db"));
    assertThat(Database.parse("jdbc:sqlite:/data/users.db").file())
        .isEqualTo(Path.of("/data/users.db"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "jdbc:sqlite:",
        ":memory:",
        "jdbc:sqlite::memory:",
        "jdbc:mysql://host/bot",
        "postgres://host",
        "jdbc:postgresql:bot",
        "users.db?mode=ro",
        "why?/users.db",
        "nul\u0000.db",
      })
  void refuses_what_is_no_path_of_a_file(String address) {
    assertThatThrownBy(() -> Database.parse(address))
        .isInstanceOf(UnusablePath.class)
        .hasMessageContaining("\n  to do     ");
  }

  @Test
  void a_connection_for_reading_cannot_write() throws SQLException {
    for (String mode : List.of("delete", "wal")) {
      TestDatabase database = TestDatabase.in(folder.resolve(mode));
      database.run("PRAGMA journal_mode = " + mode);
      try (Connection connection = database.file().openReadOnly()) {
        assertThatThrownBy(() -> Sql.run(connection, "DELETE FROM users"))
            .hasMessageContaining("SQLITE_READONLY");
        assertThat(Sql.count(connection, "SELECT count(*) FROM users")).isEqualTo(2);
      }
      assertThat(database.folder()).containsOnlyKeys("users.db");
    }
  }

  @Test
  void a_connection_for_writing_enforces_foreign_keys_and_waits() throws SQLException {
    try (Connection connection = TestDatabase.in(folder).file().open()) {
      assertThat(Sql.texts(connection, "PRAGMA foreign_keys")).containsExactly("1");
      assertThat(Sql.texts(connection, "PRAGMA busy_timeout")).containsExactly("30000");
    }
  }

  @Test
  void waits_for_24_days_if_it_is_to_wait_for_ever() throws SQLException {
    Database file = TestDatabase.in(folder).file().withPatience(Duration.ofSeconds(Long.MAX_VALUE));
    try (Connection connection = file.open()) {
      assertThat(Sql.texts(connection, "PRAGMA busy_timeout"))
          .containsExactly(String.valueOf(Integer.MAX_VALUE));
    }
  }

  @Test
  void reads_no_database_that_is_not_there() {
    TestDatabase database = TestDatabase.absentIn(folder);
    assertThatThrownBy(() -> database.file().openReadOnly())
        .isInstanceOf(MigrationException.DatabaseMissing.class)
        .hasMessageStartingWith("there is no database " + database.path() + "\n");
    assertThat(database.folder()).isEmpty();
  }

  @Test
  void a_new_database_and_its_log_are_their_owner_s_only() throws Exception {
    Database file = Database.of(folder.resolve("users.db"));
    try (Connection connection = file.open()) {
      Sql.run(connection, "PRAGMA journal_mode = WAL");
      Sql.run(connection, "CREATE TABLE t (a)");
      for (String name : List.of("users.db", "users.db-wal", "users.db-shm")) {
        assertThat(Files.getPosixFilePermissions(folder.resolve(name)))
            .as(name)
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("users.db"));
    }
  }

  @Test
  void a_database_that_is_there_keeps_its_mode() throws Exception {
    Path path = Files.createFile(folder.resolve("users.db"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));
    try (Connection connection = Database.of(path).open()) {
      Sql.run(connection, "CREATE TABLE t (a)");
    }
    assertThat(Files.getPosixFilePermissions(path))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
  }

  @Test
  void of_two_who_create_a_database_the_second_finds_the_one_of_the_first() throws Exception {
    Path path = folder.resolve("users.db");
    SqliteNewFile.create(path);
    Object first = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    SqliteNewFile.create(path);
    assertThat(Files.readAttributes(path, BasicFileAttributes.class).fileKey()).isEqualTo(first);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(path);
    }
  }
}
