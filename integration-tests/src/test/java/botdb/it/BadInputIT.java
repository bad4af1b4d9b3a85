package botdb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each is refused with a message and status 1, and the file did not change by one byte. */
class BadInputIT {
  @TempDir private Path folder;

  @Test
  void a_folder_instead_of_a_file() throws IOException {
    Files.createDirectory(folder.resolve("users.db"));
    refuses("users.db is a folder");
    assertThat(folder.resolve("users.db")).isEmptyDirectory();
  }

  @Test
  void a_folder_that_is_not_there() {
    Bot.Result result = Bot.run(folder, "migrate", "--database", "no/such/users.db");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).startsWith("no/such/users.db is in a folder that does not exist\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_file_that_is_read_only() throws IOException {
    Path database = before();
    Files.setPosixFilePermissions(database, PosixFilePermissions.fromString("r--r--r--"));
    refuses("users.db cannot be written: the file is read-only; nothing was changed");
  }

  @Test
  void a_folder_that_is_read_only() throws IOException {
    before();
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      refuses("users.db cannot be written: its folder is read-only; nothing was changed");
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void a_truncated_database() throws IOException {
    Path database = before();
    byte[] bytes = Files.readAllBytes(database);
    Files.write(database, Arrays.copyOf(bytes, bytes.length / 2));
    refuses("users.db is damaged; nothing was changed");
  }

  @Test
  void a_corrupted_database() throws IOException {
    Path database = before();
    byte[] bytes = Files.readAllBytes(database);
    Arrays.fill(bytes, 4096, 4096 + 64, (byte) 0x5A); // the head of the second page: a b-tree
    Files.write(database, bytes);
    refuses("users.db is damaged; nothing was changed");
  }

  @Test
  void a_table_without_a_history() throws Exception {
    create("CREATE TABLE users (user_id INTEGER PRIMARY KEY, diary TEXT)");
    refuses("users.db is not a database of this program: its table users has no column history;");
  }

  @Test
  void a_view_in_place_of_the_table() throws Exception {
    create("CREATE TABLE people (history); CREATE VIEW users AS SELECT * FROM people");
    refuses("users.db is not a database of this program: users is a view;");
  }

  @Test
  void another_table_named_migrations() throws Exception {
    create("CREATE TABLE migrations (version INTEGER)");
    refuses("users.db is not a database of this program: its table migrations has other columns");
  }

  @Test
  void a_writer_that_does_not_let_go() throws Exception {
    Path database = before();
    Map<String, String> files = Fixture.bytes(folder);
    // No look at the file in between: closing it would drop the lock that this process holds.
    try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = writer.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      Bot.Result result = Bot.run(folder, "migrate", "--lock-timeout", "2");
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err())
          .startsWith("another process is using the database; waiting for it, 2 s at most\n")
          .contains(
              "users.db is in use by another process, which did not let go for 2 s; nothing was changed\n");
    }
    assertThat(Fixture.bytes(folder)).isEqualTo(files);
  }

  @Test
  void a_number_that_there_is_not() {
    before();
    Bot.Result result = Bot.run(folder, "migrate", "--to", "002");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).startsWith("there is no migration 002; nothing was changed\n");
  }

  @Test
  void a_setting_that_is_wrong() {
    before();
    Map<String, String> files = Fixture.bytes(folder);
    Bot.Result result =
        Bot.start(folder, java.util.List.of(), Map.of("BOT_PORT", "many"), "serve").await();
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("BOT_PORT").contains("  to do     ");
    assertThat(Fixture.bytes(folder)).isEqualTo(files);
  }

  @Test
  void a_command_line_that_is_wrong() {
    for (String[] arguments :
        new String[][] {
          {"fly"},
          {"migrate", "--to", "soon"},
          {"history"},
          {"status", "--xml"},
          {"migrate", "--lock-timeout", "-1"}
        }) {
      Bot.Result result = Bot.run(folder, arguments);
      assertThat(result.status()).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(result.err()).contains("Usage: ");
    }
    assertThat(folder).isEmptyDirectory();
  }

  private Path before() {
    Path database = Fixture.copy("before-001", folder);
    try {
      return Files.move(database, folder.resolve("users.db"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void create(String script) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("users.db"));
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(script);
    }
  }

  /** Both commands that write refuse, in the form of the contract, and leave everything alone. */
  private void refuses(String headline) {
    Map<String, String> before = Fixture.bytes(folder);
    for (String command : new String[] {"migrate", "serve"}) {
      Bot.Result result = Bot.run(folder, command);
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.out()).isEmpty();
      assertThat(result.err())
          .startsWith(headline)
          .contains("\n  database  users.db\n")
          .contains("\n  to do     ")
          .doesNotContain("Exception")
          .doesNotContain("\tat ");
      assertThat(Fixture.bytes(folder)).isEqualTo(before);
    }
  }
}
