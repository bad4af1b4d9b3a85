package botdb.bot.command;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.bot.TestDatabase;
import botdb.bot.output.Output;
import botdb.bot.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RehearseCommandTests {
  private static final String MIGRATION = "migration_001_add_timestamp_to_messages";

  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String line) {
    out.reset();
    err.reset();
    Output output =
        new Output(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    String[] arguments = (line + " --database " + folder.resolve("users.db")).split(" ");
    return new BotCommandLine(output, Settings.of(folder, Map.of())).run(arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void prints_what_would_change() {
    Path file = TestDatabase.old(folder);

    assertThat(run("rehearse")).isZero();
    assertThat(err()).isEmpty();
    assertThat(out().replaceAll("\\d+\\.\\d\\d s", "SECONDS"))
        .isEqualTo(
            """
            001  %s  1 row  SECONDS
                 rows    1 in users
                 disk    needs 25.1 kB: log 8.7 kB, growth 16.4 kB
                 schema  as it was
                 keys    all hold
                 sample  users, user_id 42
                         - history  [{"role": "user", "content": "xx"}]
                         + history  [{"role": "user", "content": "xx", "timestamp": null}]
            %s would be migrated; it was not changed
            """
                .formatted(MIGRATION, file));
  }

  @Test
  void as_json_is_one_document() {
    Path file = TestDatabase.old(folder);
    TestDatabase.run(
        file,
        "CREATE TABLE pets (owner INTEGER REFERENCES users (user_id))",
        "INSERT INTO pets VALUES (7)");

    assertThat(run("rehearse --json")).isZero();
    assertThat(err()).isEmpty();
    assertThat(out().replaceAll("\"seconds\": [0-9.]+", "\"seconds\": 0"))
        .isEqualTo(
            """
            {"database": "%s", "outcome": "would_be_migrated", "migrations": [{"number": 1, \
            "name": "%s", "seconds": 0, "rows": 1, "transactions": 1, \
            "tables": {"users": 1}, "elsewhere": 0, \
            "growth": 16384, "log": 8720, "disk": 25104, "schema": [], "violations": {\
            "before": ["pets (owner) points to no row of users: 1"], \
            "after": ["pets (owner) points to no row of users: 1"]}, "samples": [\
            {"table": "users", "row": "user_id 42", "cells": [{"column": "history", \
            "before": "[{\\"role\\": \\"user\\", \\"content\\": \\"xx\\"}]", \
            "after": "[{\\"role\\": \\"user\\", \\"content\\": \\"xx\\", \\"timestamp\\": null}]"}]}]}], \
            "failure": null}
            """
                .formatted(file, MIGRATION));
  }

  @Test
  void says_what_would_be_created_and_creates_nothing() {
    assertThat(run("rehearse")).isZero();
    assertThat(out())
        .startsWith("000  baseline  0 rows  ")
        .contains("\n     schema  + column users.created_at TIMESTAMP\n")
        .contains("\n001  " + MIGRATION)
        .endsWith(folder.resolve("users.db") + " would be created; it was not\n");
    assertThat(folder).isEmptyDirectory();
    run("rehearse --json");
    assertThat(out()).contains("\"outcome\": \"would_be_created\"");
  }

  @Test
  void says_that_there_is_nothing_to_apply() {
    TestDatabase.migrated(folder);

    assertThat(run("rehearse")).isZero();
    assertThat(out()).isEqualTo("nothing to apply\n");
    assertThat(run("rehearse --json")).isZero();
    assertThat(out()).contains("\"outcome\": \"nothing_to_apply\", \"migrations\": []");
  }

  @Test
  void ends_with_1_and_the_message_if_it_would_fail() {
    dirty();

    assertThat(run("rehearse")).isEqualTo(1);
    assertThat(out()).isEmpty();
    assertThat(err())
        .startsWith(
            "the rehearsal stopped where a migration would; "
                + folder.resolve("users.db")
                + " itself was not changed:\n"
                + MIGRATION
                + " failed and was rolled back; the database is as it was\n")
        .contains("users.history of user 7: not a JSON array (character 1 of 6)")
        .doesNotContain("rehearsal-", "secret");
    assertThat(run("rehearse --json")).isEqualTo(1);
    assertThat(out())
        .contains("\"outcome\": \"would_fail\"")
        .contains("\"failure\": {\"code\": \"migration-failed\", \"message\": \"" + MIGRATION);
  }

  private Path dirty() {
    return TestDatabase.with(
        folder, TestDatabase.USERS, "INSERT INTO users (user_id, history) VALUES (7, 'secret')");
  }

  @Test
  void shows_not_a_word_of_what_people_wrote() {
    TestDatabase.with(
        folder,
        TestDatabase.USERS,
        """
        INSERT INTO users (user_id, username, history) VALUES (7, 'secret',
        '[{"role": "secret", "content": "Secret", "a secret": "\\u0053ecret", "name": ["secret"]}]')
        """,
        """
        INSERT INTO users (user_id, history) VALUES
        (8, CAST('[{"content": "secret"}]' AS BLOB)), (9, '[{"content": {"type": "secret"}}]')
        """);

    for (String command : new String[] {"rehearse", "rehearse --json", "migrate --rehearse"}) {
      assertThat(run(command)).as(command).isZero();
      assertThat((out() + err()).toLowerCase(Locale.ROOT))
          .as(command)
          .contains(MIGRATION)
          .doesNotContain("secret", "ecret");
    }
  }

  @Test
  void migrate_rehearses_first_where_asked_to() {
    TestDatabase.old(folder);

    assertThat(run("migrate --rehearse")).isZero();
    assertThat(err())
        .matches("rehearsed  001  " + MIGRATION + "  1 row  .* s  needs .*\nbackup: .*\n");
    assertThat(out()).matches("001  " + MIGRATION + "  1 row  .* s\n");
    assertThat(run("migrate --rehearse")).isZero();
    assertThat(err()).isEmpty();
    assertThat(out()).isEqualTo("nothing to apply\n");
  }

  @Test
  void migrate_rehearses_up_to_the_number_that_it_migrates_to() {
    assertThat(run("migrate --rehearse --to 000")).isZero();
    assertThat(err()).startsWith("rehearsed  000  baseline  0 rows").doesNotContain("001  ");
  }

  @Test
  void migrate_does_not_go_on_if_the_rehearsal_failed() throws IOException {
    Path file = dirty();
    byte[] before = Files.readAllBytes(file);

    assertThat(run("migrate --rehearse")).isEqualTo(1);
    assertThat(out()).isEmpty();
    assertThat(err()).startsWith("the rehearsal stopped").contains("\n  to do     ");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }
}
