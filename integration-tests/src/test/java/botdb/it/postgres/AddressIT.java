package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.bot.command.BotCommandLine;
import botdb.bot.output.Output;
import botdb.bot.settings.Settings;
import botdb.it.Bot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forms of an address, the places of a password, and what is said where they are wrong. */
class AddressIT {
  private static final String WRONG = "marked-wrong-password";

  @TempDir private Path folder;

  @Test
  void every_form_of_an_address_reaches_the_database_under_one_name() throws Exception {
    Address database = PostgresServer.shared().freshDatabase();
    String name = "postgres://127.0.0.1:" + database.port() + "/" + database.database();
    for (String form : forms(database)) {
      Bot.Result status = inside("status", "--debug", "--database", form);
      assertThat(status.status()).as(status.err()).isZero();
      assertThat(status.out()).contains(name + " does not exist yet");
      assertNothingOf(database.password(), status);
    }
  }

  @Test
  void a_wrong_password_is_said_to_be_wrong_and_shown_nowhere() throws Exception {
    Address database = PostgresServer.shared().freshDatabase();
    Address wrong = database.as(database.user(), WRONG);
    for (String form : forms(wrong)) {
      for (String command : List.of("status", "migrate", "serve", "verify")) {
        Bot.Result refused = run(Map.of("BOT_PORT", "0"), command, "--debug", "--database", form);
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("does not allow it").contains("PGPASSWORD");
        assertNothingOf(WRONG, refused);
      }
    }
    Bot.Result refused = run(Map.of("BOT_DATABASE", wrong.url()), "serve", "--debug");
    assertThat(refused.status()).isEqualTo(1);
    assertNothingOf(WRONG, refused);
  }

  @Test
  void what_is_no_address_is_refused_without_showing_it() throws Exception {
    for (String address :
        List.of(
            "postgres://bot:" + WRONG + "@/bot",
            "postgres://bot:" + WRONG + "@host",
            "postgres://bot:" + WRONG + "@@host/bot",
            "postgres://bot:" + WRONG + "%@host/bot",
            "jdbc:postgresql:bot?password=" + WRONG,
            "mysql://bot:" + WRONG + "@host/bot",
            "postgress://bot:" + WRONG + "@host/bot")) {
      Bot.Result refused = inside("status", "--debug", "--database", address);
      assertThat(refused.status()).as(address).isEqualTo(1);
      assertThat(refused.err()).contains("postgres://user@host:5432/database");
      assertNothingOf(WRONG, refused);
      Bot.Result mistyped = inside("status", "--databse", address);
      assertThat(mistyped.status()).isEqualTo(2);
      assertNothingOf(WRONG, mistyped);
    }
  }

  @Test
  void a_password_comes_from_the_environment_or_the_settings_or_a_file_of_passwords()
      throws Exception {
    Address database = PostgresServer.shared().freshDatabase();
    String address = database.jdbcUrlWithoutPassword();
    String file = passwords(database).toString();
    for (String setting : List.of("PGPASSWORD=" + database.password(), "PGPASSFILE=" + file)) {
      String[] parts = setting.split("=", 2);
      Bot.Result told = run(Map.of(parts[0], parts[1]), "status", "--database", address);
      assertThat(told.status()).as(told.err()).isZero();
      Path dotenv = Files.writeString(folder.resolve(".env"), setting + "\n");
      Bot.Result read = run(Map.of(), "status", "--database", address);
      assertThat(read.status()).as(read.err()).isZero();
      Files.delete(dotenv);
    }
    assertThat(run(Map.of(), "status", "--database", address).status()).isEqualTo(1);
  }

  @Test
  void says_where_there_is_no_server_and_no_database() throws Exception {
    Address database = PostgresServer.shared().freshDatabase();
    try (Cable cable = Cable.to(database.port())) {
      cable.cut();
      String address = database.through(cable.port()).url();
      Bot.Result unreachable = run(Map.of("BOT_DATABASE", address), "serve");
      assertThat(unreachable.status()).isEqualTo(1);
      assertThat(unreachable.err()).contains("cannot be reached");
    }
    PostgresServer.shared().drop(database);
    Bot.Result missing = inside("migrate", "--database", database.url());
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).contains("there is no database postgres://");
  }

  private static List<String> forms(Address address) {
    return List.of(
        address.url(),
        address.url().replace("postgres:", "postgresql:"),
        address.url().replace("postgres:", "jdbc:postgresql:"),
        address.jdbcUrl(),
        address.jdbcUrl().replace("jdbc:postgresql:", "postgres:"));
  }

  private Path passwords(Address database) throws IOException {
    Path file = folder.resolve("passwords");
    Files.writeString(
        file,
        "127.0.0.1:%d:*:%s:%s\n".formatted(database.port(), database.user(), database.password()));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Bot.Result run(Map<String, String> environment, String... arguments) {
    return Bot.start(folder, List.of(), environment, arguments).await();
  }

  /** Without a process of its own, which takes a second. */
  private Bot.Result inside(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Output output = new Output(stream(out), stream(err));
    int status = new BotCommandLine(output, Settings.of(folder, Map.of())).run(arguments);
    return new Bot.Result(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static void assertNothingOf(String password, Bot.Result result) {
    assertThat(result.out() + result.err()).doesNotContain(password);
  }
}
