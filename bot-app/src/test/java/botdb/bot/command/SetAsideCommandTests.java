package botdb.bot.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import botdb.bot.TestDatabase;
import botdb.bot.output.Output;
import botdb.bot.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SetAsideCommandTests {
  private static final String BROKEN = "[{\"role\": \"user\", \"content\": \"тайна\"},";
  private static final String REPAIRED = "[{\"role\": \"user\", \"content\": \"тайна\"}]";
  private static final String BACK =
      "[{\"role\": \"user\", \"content\": \"тайна\", \"timestamp\": null}]";

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    out.reset();
    err.reset();
    List<String> line = new ArrayList<>(List.of(args));
    line.addAll(List.of("--database", folder.resolve("users.db").toString()));
    Output output =
        new Output(new PrintStream(out, false, UTF_8), new PrintStream(err, true, UTF_8));
    return new BotCommandLine(output, Settings.of(folder, Map.of()))
        .run(line.toArray(String[]::new));
  }

  private String out() {
    return out.toString(UTF_8);
  }

  private String err() {
    return err.toString(UTF_8);
  }

  /** Users -7 and 42 have their broken histories set aside. */
  private Path setAside() {
    Path file =
        TestDatabase.with(
            folder,
            TestDatabase.USERS,
            "INSERT INTO users (user_id, history) VALUES (-7, '" + BROKEN + "'), (42, 'no')");
    assertThat(run("migrate", "--set-aside")).isZero();
    TestDatabase.run(file, "UPDATE set_aside SET set_aside_at = '2025-11-05 15:30:45'");
    return file;
  }

  @Test
  void migrate_sets_aside_only_where_asked_and_says_how_many() {
    TestDatabase.with(
        folder, TestDatabase.USERS, "INSERT INTO users (user_id, history) VALUES (7, 'secret')");

    assertThat(run("migrate")).isEqualTo(1);
    assertThat(err()).contains("or run migrate --set-aside, which keeps it in a table of its own");
    assertThat(run("migrate", "--set-aside")).isZero();
    assertThat(out()).startsWith("001  migration_001_add_timestamp_to_messages  2 rows");
    assertThat(err())
        .matches("backup: .*-before-001\n1 history was set aside; set-aside list shows it\n");
  }

  @Test
  void status_goes_on_saying_how_many_there_are() {
    Path file = setAside();

    assertThat(run("status", "--exit-code")).isZero();
    assertThat(out())
        .endsWith(" is up to date\n2 histories are set aside; set-aside list shows them\n");
    assertThat(run("status", "--json")).isZero();
    assertThat(out()).endsWith("], \"set_aside\": 2}\n");

    TestDatabase.run(file, "DELETE FROM set_aside");
    assertThat(run("status")).isZero();
    assertThat(out()).endsWith(" is up to date\n");
  }

  @Test
  void list_shows_who_when_why_and_how_much_and_no_word_of_the_content() {
    setAside();

    assertThat(run("set-aside", "list")).isZero();
    assertThat(out())
        .isEqualTo(
            """
            1  user -7  2025-11-05 15:30:45  43 bytes  the text ends where an object is expected (character 38 of 38)
            2  user 42  2025-11-05 15:30:45  2 bytes   not a JSON array (character 1 of 2)
            """);
    assertThat(run("set-aside", "list", "--json")).isZero();
    assertThat(out())
        .endsWith(
            "{\"id\": 2, \"user_id\": 42, \"set_aside_at\": \"2025-11-05 15:30:45\", \"migration\":"
                + " \"migration_001_add_timestamp_to_messages\", \"reason\": \"not a JSON array"
                + " (character 1 of 2)\", \"size\": 2}]}\n")
        .doesNotContain("тайна");
  }

  @Test
  void list_shows_keys_of_every_kind_harmlessly() {
    TestDatabase.with(
        folder,
        "CREATE TABLE users (user_id, history)",
        "INSERT INTO users VALUES ('a' || char(27), ''), ('007', 'x'), (NULL, 'x'), ('b' || char(27), 'x')");
    assertThat(run("migrate", "--set-aside")).isZero();

    assertThat(run("set-aside", "list")).isZero();
    assertThat(out())
        .contains("user 007 ", "user null ", "user b\\u001b ")
        .doesNotContain("\u001b");
    assertThat(run("set-aside", "list", "--json")).isZero();
    assertThat(out()).contains("\"user_id\": \"007\"", "\"user_id\": \"b\\u001b\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "list --json"})
  void list_is_empty_where_nothing_is_set_aside(String line) {
    TestDatabase.migrated(folder);

    assertThat(run(("set-aside " + line).split(" "))).isZero();
    assertThat(out()).containsAnyOf("nothing is set aside\n", "\"set_aside\": []}\n");
  }

  @Test
  void export_prints_the_content_to_the_byte_and_leaves_it_there() {
    setAside();

    assertThat(run("set-aside", "export", "-7")).isZero();
    assertThat(out.toByteArray()).isEqualTo(BROKEN.getBytes(UTF_8));
    assertThat(run("set-aside", "export", "-7")).isZero();
    assertThat(out()).isEqualTo(BROKEN);
  }

  @Test
  void export_writes_a_new_file_that_nobody_else_may_read() throws IOException {
    setAside();
    Path target = folder.resolve("42.json");

    assertThat(run("set-aside", "export", "42", target.toString())).isZero();
    assertThat(out()).isEqualTo("the history of user 42 is in " + target + "\n");
    assertThat(target).hasContent("no");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-------");

    assertThat(run("set-aside", "export", "-7", target.toString())).isEqualTo(1);
    assertThat(err())
        .isEqualTo(target + " exists already\n  to do     give the name of a new file\n");
    assertThat(target).hasContent("no");
    assertThat(run("set-aside", "export", "42", folder.resolve("no/such").toString())).isEqualTo(1);
    assertThat(err()).contains("no/such cannot be written: there is no such folder\n  to do");
  }

  @Test
  void put_back_takes_the_repaired_file_and_lets_it_stand_before_what_came_since()
      throws IOException {
    Path file = setAside();
    Path repaired = Files.writeString(folder.resolve("repaired.json"), REPAIRED);
    String since = "{\"role\": \"user\", \"timestamp\": null}";
    TestDatabase.run(
        file, "UPDATE users SET history = '[" + since + "," + since + "]' WHERE user_id = -7");

    assertThat(run("set-aside", "put-back", "-7", repaired.toString())).isZero();
    assertThat(out())
        .isEqualTo("user -7 has his history back; messages put back: 1, written since: 2\n");
    assertThat(TestDatabase.query(file, "SELECT history FROM users WHERE user_id = -7"))
        .containsExactly(BACK.replace("]", ", " + since + "," + since + "]"));
    assertThat(TestDatabase.query(file, "SELECT key FROM set_aside")).containsExactly("42");
  }

  @Test
  void put_back_without_a_file_takes_what_somebody_repaired_in_the_table() {
    Path file = setAside();

    assertThat(run("set-aside", "put-back", "-7")).isEqualTo(1);
    assertThat(err())
        .isEqualTo(
            """
            the history of user -7 is not put back, and nothing was changed: it cannot be read yet: the text ends where an object is expected (character 38 of 38)
              to do     export it, repair this place, then give the file to set-aside put-back
            """);
    TestDatabase.run(file, "UPDATE set_aside SET cell = '" + REPAIRED + "' WHERE id = 1");
    assertThat(run("set-aside", "put-back", "-7")).isZero();
    assertThat(TestDatabase.query(file, "SELECT history FROM users ORDER BY user_id"))
        .containsExactly(BACK, "[]");
  }

  @Test
  void the_newest_is_meant_unless_an_id_is_given() {
    Path file = setAside();
    TestDatabase.run(
        file, "UPDATE users SET history = 'later' WHERE user_id = 42", "DELETE FROM migrations");
    assertThat(run("migrate", "--set-aside")).isZero();

    assertThat(run("set-aside", "export", "42")).isZero();
    assertThat(out()).isEqualTo("later");
    assertThat(run("set-aside", "export", "42", "--id", "2")).isZero();
    assertThat(out()).isEqualTo("no");
    assertThat(run("set-aside", "put-back", "42", "--id", "1")).isEqualTo(1);
    assertThat(err()).startsWith("no history of user 42 is set aside in ").contains("the id 1\n");
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE FROM migrations, is behind; nothing was changed, migrate",
    "INSERT INTO migrations (name) VALUES ('migration_998_x'), was written by a newer program, newer"
  })
  void put_back_needs_the_newest_schema(String change, String fact, String remedy) {
    Path file = setAside();
    TestDatabase.run(file, "UPDATE set_aside SET cell = '[]'", change);

    assertThat(run("set-aside", "put-back", "42")).isEqualTo(1);
    assertThat(err()).contains(fact).contains("\n  to do     ").contains(remedy);
    assertThat(TestDatabase.query(file, "SELECT count(*) FROM set_aside")).containsExactly("2");
  }

  @Test
  void nobody_has_what_is_not_there() throws IOException {
    Path file = TestDatabase.migrated(folder);
    byte[] before = Files.readAllBytes(file);

    assertThat(run("set-aside", "export", "42")).isEqualTo(1);
    assertThat(err())
        .isEqualTo(
            "no history of user 42 is set aside in "
                + file
                + "\n  to do     see what set-aside list shows\n");
    assertThat(run("set-aside", "put-back", "42")).isEqualTo(1);
    assertThat(run("set-aside", "put-back", "42", folder.resolve("none").toString())).isEqualTo(1);
    assertThat(err()).startsWith(folder.resolve("none") + " cannot be read\n  to do     ");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }
}
