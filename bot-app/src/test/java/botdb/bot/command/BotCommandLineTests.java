package botdb.bot.command;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.bot.TestDatabase;
import botdb.bot.output.Output;
import botdb.bot.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BotCommandLineTests {
  private static final String MIGRATION = "migration_001_add_timestamp_to_messages";

  @TempDir Path folder;
  private final Map<String, String> environment = new TreeMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    out.reset();
    err.reset();
    Output output =
        new Output(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new BotCommandLine(output, Settings.of(folder, environment)).run(args);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void status_prints_a_line_a_migration() {
    Path file = TestDatabase.migrated(folder);

    assertThat(run("status", "--database", file.toString())).isZero();
    assertThat(out())
        .isEqualTo(
            "001  " + MIGRATION + "  applied 2025-11-05 15:30:45\n" + file + " is up to date\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void status_tells_pending_from_unknown() {
    Path file = TestDatabase.migrated(folder);
    TestDatabase.run(
        file,
        "UPDATE migrations SET name = 'migration_998_x', applied_at = '2026-01-01 00:00:00'",
        "INSERT INTO migrations (name, applied_at) VALUES ('odd', NULL)");

    assertThat(run("status", "--database", file.toString())).isZero();
    assertThat(out().lines())
        .startsWith(
            "001  " + MIGRATION + "  pending",
            "998  migration_998_x                          unknown, applied 2026-01-01 00:00:00",
            "---  odd                                      unknown, applied time unknown");
  }

  @Test
  void status_as_json_is_one_document() {
    Path file = TestDatabase.old(folder);

    assertThat(run("--database", file.toString(), "status", "--json")).isZero();
    assertThat(out())
        .isEqualTo(
            "{\"database\": \""
                + file
                + "\", \"state\": \"pending\", \"migrations\": [{\"number\": 1, \"name\": \""
                + MIGRATION
                + "\", \"state\": \"pending\", \"applied_at\": null}], \"set_aside\": 0}\n");
  }

  @Test
  void status_ends_with_3_only_where_asked() {
    Path file = TestDatabase.old(folder);

    assertThat(run("status", "--database", file.toString())).isZero();
    assertThat(run("status", "--exit-code", "--database", file.toString())).isEqualTo(3);
    assertThat(run("migrate", "--database", file.toString())).isZero();
    assertThat(run("status", "--exit-code", "--database", file.toString())).isZero();
  }

  @Test
  void status_of_no_database_creates_none() {
    Path file = folder.resolve("none.db");

    assertThat(run("status", "--database", file.toString(), "--exit-code")).isEqualTo(3);
    assertThat(out()).contains("does not exist yet");
    assertThat(file).doesNotExist();
  }

  @Test
  void migrate_prints_what_it_did_and_then_that_there_is_nothing_to_do() {
    Path file = TestDatabase.old(folder);

    assertThat(run("migrate", "--database", file.toString())).isZero();
    assertThat(out()).matches("001  " + MIGRATION + "  1 row  \\d+\\.\\d\\d s\n");
    assertThat(run("migrate", "--database", file.toString())).isZero();
    assertThat(out()).isEqualTo("nothing to apply\n");
  }

  @Test
  void migrate_creates_a_new_database_up_to_a_number() {
    Path file = folder.resolve("new.db");

    assertThat(run("migrate", "--to", "000", "--database", file.toString())).isZero();
    assertThat(out()).matches("000  baseline  \\d+ rows  \\d+\\.\\d\\d s\n");
    assertThat(run("migrate", "--to", "001", "--database", file.toString())).isZero();
    assertThat(out()).startsWith("001  " + MIGRATION);
  }

  @Test
  void a_failure_is_told_on_standard_error_without_a_stack_trace() {
    Path file =
        TestDatabase.with(
            folder,
            TestDatabase.USERS,
            "INSERT INTO users (user_id, history) VALUES (7, 'secret')");

    assertThat(run("migrate", "--database", file.toString())).isEqualTo(1);
    assertThat(out()).isEmpty();
    assertThat(err())
        .contains("\n" + MIGRATION + " failed and was rolled back")
        .contains("\n  to do     ")
        .doesNotContain("\tat ")
        .doesNotContain("secret");
    assertThat(run("migrate", "--debug", "--database", file.toString())).isEqualTo(1);
    assertThat(err()).contains("\tat ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stats",
        "--bogus",
        "migrate --to x",
        "migrate --to 0001",
        "history",
        "history x",
        "history 99999999999999999999",
        "forget",
        "set-aside",
        "set-aside drop",
        "set-aside export",
        "set-aside export 7 --overwrite",
        "set-aside put-back --all",
        "set-aside put-back 7 --id x",
        "rehearse --xml",
        "copy --from users.db",
        "copy --from users.db --to other.db --database users.db",
        "status --database"
      })
  void a_wrong_command_line_ends_with_2_and_changes_nothing(String line) throws IOException {
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(out()).isEmpty();
    assertThat(err()).isNotEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_misspelt_command_is_guessed() {
    run("stauts");

    assertThat(err()).contains("Did you mean").contains("status");
  }

  @Test
  void help_shows_every_command() {
    assertThat(run("--help")).isZero();
    assertThat(out())
        .contains("serve", "migrate", "status", "rehearse", "verify", "backup", "backups")
        .contains("restore", "forget", "history", "set-aside");
    assertThat(run("status", "--help")).isZero();
    assertThat(out()).contains("--exit-code", "--database");
  }

  @Test
  void forget_makes_a_migration_pending_again() {
    Path file = TestDatabase.migrated(folder);

    assertThat(run("forget", MIGRATION, "--database", file.toString())).isZero();
    assertThat(run("status", "--exit-code", "--database", file.toString())).isEqualTo(3);
    assertThat(run("forget", MIGRATION, "--database", file.toString())).isEqualTo(1);
    assertThat(err()).startsWith(MIGRATION + " is not applied");
  }

  @Test
  void history_shows_time_role_and_text_in_columns() {
    Path file =
        TestDatabase.with(
            folder,
            TestDatabase.USERS,
            """
            INSERT INTO users (user_id, history) VALUES (-1001234567890,
            '[{"role": "user", "content": "one\\ntwo\\u001b[31m", "timestamp": "2025-11-05 15:30:45"},
              {"role": "assistant", "content": null}, {"content": "x"}]')""");

    assertThat(run("history", "-1001234567890", "--database", file.toString())).isZero();
    assertThat(out())
        .isEqualTo(
            """
            2025-11-05 15:30:45  user       one
                                            two\\u001b[31m
            time unknown         assistant  (no text)
            time unknown         ?          x
            """);
  }

  @Test
  void history_as_json_is_what_is_stored() {
    Path file = TestDatabase.old(folder);

    assertThat(run("history", "42", "--json", "--database", file.toString())).isZero();
    assertThat(out()).isEqualTo("[{\"role\": \"user\", \"content\": \"Hi\"}]\n");
  }

  @Test
  void history_of_a_stranger_is_an_error() {
    Path file = TestDatabase.old(folder);

    assertThat(run("history", "43", "--json", "--database", file.toString())).isEqualTo(1);
    assertThat(out()).isEmpty();
    assertThat(err()).startsWith("there is no user 43 in ").contains("\n  to do     ");
  }

  @Test
  void history_without_a_table_of_users_is_an_error() {
    Path file = TestDatabase.with(folder, "CREATE TABLE other (a)");

    assertThat(run("history", "1", "--database", file.toString())).isEqualTo(1);
    assertThat(err()).startsWith("there is no user 1 in ");
  }

  @Test
  void history_of_a_newer_program_is_refused() {
    Path file = TestDatabase.migrated(folder);
    TestDatabase.run(file, "INSERT INTO migrations (name) VALUES ('migration_998_x')");

    assertThat(run("history", "42", "--database", file.toString())).isEqualTo(1);
    assertThat(err()).contains("was written by a newer program: migration_998_x");
  }

  @Test
  void a_history_that_cannot_be_read_is_an_error_without_a_word_of_it() {
    Path file =
        TestDatabase.with(
            folder,
            TestDatabase.USERS,
            "INSERT INTO users (user_id, history) VALUES (7, 'secret')");

    assertThat(run("history", "7", "--database", file.toString())).isEqualTo(1);
    assertThat(err()).startsWith("the history of user 7 cannot be read: not a JSON array");
    assertThat(err()).doesNotContain("secret");
  }

  @Test
  void verify_prints_a_line_a_check_and_ends_with_3_for_a_fault() {
    Path file = TestDatabase.migrated(folder);

    assertThat(run("verify", "--database", file.toString())).isZero();
    assertThat(out())
        .isEqualTo(
            """
            integrity     ok
            foreign keys  ok
            migrations    ok
            editions      ok
            schema        ok
            histories     ok
            """);
    TestDatabase.run(file, "UPDATE users SET history = '7'");
    assertThat(run("verify", "--json", "--database", file.toString())).isEqualTo(3);
    assertThat(out())
        .contains(
            "{\"name\": \"histories\", \"result\": \"failed\", \"details\": [\"users.history of user"
                + " 42: not a JSON array (character 1 of 1)\"]}");
  }

  @Test
  void looking_changes_no_byte() throws IOException {
    Path file = TestDatabase.old(folder);
    byte[] before = Files.readAllBytes(file);

    for (String command : new String[] {"status", "verify", "history 42"}) {
      run((command + " --database " + file).split(" "));
    }

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
  }

  @Test
  void the_option_wins_over_the_setting() {
    environment.put("BOT_DATABASE", folder.resolve("setting.db").toString());

    run("status");
    assertThat(out()).contains("setting.db does not exist yet");
    run("status", "--database", folder.resolve("option.db").toString());
    assertThat(out()).contains("option.db does not exist yet");
  }

  @Test
  void serve_with_a_wrong_setting_does_not_touch_the_database() {
    environment.put("BOT_PORT", "nowhere");
    environment.put("BOT_DATABASE", folder.resolve("users.db").toString());

    assertThat(run()).isEqualTo(1);
    assertThat(err()).startsWith("the setting BOT_PORT is not a port");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void serve_on_a_port_that_is_taken_says_so() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("BOT_PORT", String.valueOf(taken.getLocalPort()));

      assertThat(run("serve", "--database", TestDatabase.old(folder).toString())).isEqualTo(1);
      assertThat(err())
          .contains("cannot listen on port " + taken.getLocalPort() + " of 127.0.0.1: it is in use")
          .contains("\n  to do     stop the other program");
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class})
  void an_unexpected_failure_shows_its_kind_and_not_its_message(Class<? extends Throwable> kind) {
    PrintStream failing =
        new PrintStream(out) {
          @Override
          public void println(Object line) {
            fail(kind);
          }
        };
    Output output = new Output(failing, new PrintStream(err, true, StandardCharsets.UTF_8));

    int status = new BotCommandLine(output, Settings.of(folder, environment)).run("status");

    assertThat(status).isEqualTo(1);
    assertThat(err())
        .isEqualTo(
            "stopped by an unexpected "
                + kind.getName()
                + "\n  to do     report this as a bug; --debug shows where it happened\n");
  }

  private static void fail(Class<? extends Throwable> kind) {
    if (kind == StackOverflowError.class) {
      throw new StackOverflowError("secret");
    }
    throw new IllegalStateException("secret");
  }
}
