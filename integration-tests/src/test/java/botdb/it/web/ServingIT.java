package botdb.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import botdb.it.Fixture;
import botdb.it.Served;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bot as its owner starts it: where it may be reached, who else serves, what it leaves behind.
 */
class ServingIT {
  @TempDir private Path folder;

  @Test
  void a_second_bot_on_the_database_is_told_who_has_it() throws Exception {
    try (Served bot = Served.in(folder, Map.of())) {
      Map<String, String> before = Fixture.bytes(folder);

      Bot.Result second = Bot.start(folder, List.of(), Map.of("BOT_PORT", "0"), "serve").await();

      assertThat(second.status()).isEqualTo(1);
      assertThat(second.err())
          .matches(
              "users\\.db is served already, by process "
                  + bot.process().pid()
                  + " on \\S+ since \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ\n"
                  + "  to do     stop that bot first, or give this one a database of its own\n");
      assertThat(Fixture.bytes(folder)).isEqualTo(before);
      assertThat(bot.send("GET", "/health", "").statusCode()).isEqualTo(200);
      assertThat(Bot.run(folder, "migrate").status()).isZero();
      assertThat(Bot.run(folder, "backup").status()).isZero();
      assertThat(bot.terminate().status()).isZero();
    }
    assertThat(folder.resolve("users.db.serving")).doesNotExist();
  }

  @Test
  void a_bot_that_was_killed_holds_nothing() throws Exception {
    try (Served bot = Served.in(folder, Map.of())) {
      bot.process().destroyForcibly().waitFor();
    }
    assertThat(folder.resolve("users.db.serving")).exists();
    try (Served bot = Served.in(folder, Map.of())) {
      assertThat(Files.readString(folder.resolve("users.db.serving")))
          .startsWith("process " + bot.process().pid() + " on ");
    }
  }

  @Test
  void where_others_could_reach_it_it_does_not_start_without_a_password() throws Exception {
    Map<String, String> settings =
        Map.of("BOT_HOST", "0.0.0.0", "BOT_PORT", "0", "BOT_WEB_PASSWORD", "");

    Bot.Result result = Bot.start(folder, List.of(), settings, "serve").await();

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err())
        .isEqualTo(
            """
            the setting BOT_WEB_PASSWORD is missing: at 0.0.0.0 others than this machine could reach the bot
              to do     set BOT_WEB_PASSWORD to what visitors shall be asked for, or leave BOT_HOST out
            """);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void what_it_makes_is_its_owner_s_only() throws Exception {
    try (Served bot = Served.in(folder, Map.of())) {
      bot.send("POST", "/api/users/1/messages", "{\"content\": \"x\"}");
      Bot.run(folder, "backup");
      try (Stream<Path> files = Files.list(folder)) {
        // Who serves, and how large a backup is, may be known.
        assertThat(files.filter(file -> !file.toString().matches(".*\\.(serving|record)")))
            .hasSize(5)
            .allSatisfy(
                file ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------"));
      }
    }
  }

  @Test
  void the_log_is_json_to_the_last_line_where_that_is_asked_for() throws Exception {
    Map<String, String> settings =
        Map.of("BOT_LOG", "json", "BOT_PORT", "0", "TELEGRAM_BOT_TOKEN", "");
    Bot.Running bot = Bot.start(folder, List.of(), settings, "serve");
    Bot.Result second;
    try {
      bot.awaitText(bot.err(), "serving on");
      second = Bot.start(folder, List.of(), settings, "serve").await();
    } finally {
      bot.process().destroy();
    }
    Bot.Result first = bot.await();

    assertThat(first.status()).isZero();
    assertThat(first.err().lines()).hasSizeGreaterThan(2).allMatch(ServingIT::isObject);
    assertThat(second.status()).isEqualTo(1);
    assertThat(second.err().lines()).hasSize(1).allMatch(ServingIT::isObject);
    assertThat(second.err()).contains("is served already", "\"level\":\"ERROR\"");
  }

  private static boolean isObject(String line) {
    return line.startsWith("{\"timestamp\":") && line.endsWith("}");
  }

  @Test
  void a_hostile_user_gets_nothing_into_the_log() throws Exception {
    List<String> hostile =
        List.of(
            "<script>marked words</script>",
            "\\u001b[31mmarked words\\u0007",
            "\\u202Emarked words\\u2028\\u0000",
            "\\\"}, {\\\"content\\\": \\\"marked words",
            "marked words ".repeat(7_000));
    try (Served bot = Served.in(folder, Map.of())) {
      for (String text : hostile) {
        HttpResponse<String> answer =
            bot.send("POST", "/api/users/1/messages", "{\"content\": \"" + text + "\"}");
        assertThat(answer.statusCode()).isEqualTo(201);
        bot.send("POST", "/api/users/1/messages", "{\"content\": \"" + text);
        bot.send("POST", "/api/users/marked%20words%1b%0a/messages", text);
        bot.send("GET", "/api/users/1/messages?before=marked%1b%0awords", "");
      }
      assertThat(bot.send("GET", "/api/users/1/messages", "").body()).contains("\"total\": 10");
      Bot.Result ended = bot.terminate();
      assertThat(ended.out() + ended.err()).doesNotContain("marked words", "\u001b", "\u202E");
    }
  }

  @Test
  void neither_the_password_nor_the_token_is_in_the_list_of_processes() throws Exception {
    String launcher = System.getProperty("bot.launcher");
    Map<String, String> settings =
        Map.of("BOT_PORT", "0", "BOT_TRAINING", "off", "TELEGRAM_BOT_TOKEN", "");
    Bot.Running bot = Bot.startProgram(folder, List.of(launcher, "serve"), settings);
    try {
      bot.awaitText(bot.err(), "serving on");
      String command = Files.readString(Path.of("/proc/" + bot.process().pid() + "/cmdline"));
      assertThat(command)
          .contains("java", "serve")
          .doesNotContain("marked-password", "marked-api-token");
    } finally {
      bot.kill();
    }
  }
}
