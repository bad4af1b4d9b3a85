package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.MigrationException.UnusablePath;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SqliteFileTests {
  @TempDir private Path folder;

  @Test
  void takes_a_path_or_a_url_of_the_driver() {
    assertThat(SqliteFile.parse("data/users.db").path()).isEqualTo(Path.of("data/users.db"));
    assertThat(SqliteFile.parse("jdbc:sqlite:/data/users.db").path())
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
        "jdbc:postgresql://host/bot",
        "users.db?mode=ro",
        "why?/users.db",
        "nul\u0000.db",
      })
  void refuses_what_is_no_path_of_a_file(String address) {
    assertThatThrownBy(() -> SqliteFile.parse(address))
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
    SqliteFile file =
        TestDatabase.in(folder).file().withPatience(Duration.ofSeconds(Long.MAX_VALUE));
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
}
