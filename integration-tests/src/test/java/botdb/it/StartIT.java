package botdb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Driver;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a start costs and what it leaves: alone, and with nothing to do. */
class StartIT {
  private static final String NAME = "migration_001_add_timestamp_to_messages";
  private static final List<String> HEAVY =
      List.of(
          " org.jooq.",
          " tools.jackson.",
          " botdb.migrations.Postgres",
          " io.javalin.",
          " org.eclipse.jetty.",
          " kotlin.",
          " okhttp3.",
          " okio.",
          " com.pengrad.",
          " com.google.gson.",
          " botdb.bot.telegram.",
          " botdb.bot.model.",
          " ch.qos.logback.",
          " io.prometheus.",
          " io.github.bucket4j.",
          " org.postgresql.",
          " com.zaxxer.");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"migrate", "status", "status --exit-code"})
  void loads_nothing_heavy_when_nothing_is_pending(String command) throws Exception {
    Fixture.copy("after-001", folder);
    assertThat(loaded(command + " --database after-001.db")).isEmpty();
  }

  @Test
  void loads_jooq_when_something_is_pending() throws Exception {
    Fixture.copy("before-001", folder);
    assertThat(loaded("migrate --database before-001.db")).contains(" org.jooq.");
  }

  @Test
  void serves_from_sqlite_with_nothing_of_postgresql() throws Exception {
    Files.move(Fixture.copy("before-001", folder), folder.resolve("users.db"));
    Path log = folder.resolve("classes.log");
    Map<String, String> settings =
        Map.of("BOT_PORT", "0", "TELEGRAM_BOT_TOKEN", "", "OPENAI_API_KEY", "");
    Bot.Running bot = Bot.start(folder, List.of("-Xlog:class+load:file=" + log), settings, "serve");
    bot.awaitText(bot.err(), "serving on ");
    bot.process().destroy();
    assertThat(bot.await().status()).isZero();
    assertThat(Files.readAllLines(log))
        .noneMatch(line -> line.contains(" org.postgresql."))
        .noneMatch(line -> line.contains(" com.zaxxer."));
  }

  /** They have a file of the same name in their jars, and neither must take the other's place. */
  @Test
  void the_jar_names_both_drivers() throws Exception {
    URL jar = Path.of(System.getProperty("bot.jar")).toUri().toURL();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader())) {
      assertThat(ServiceLoader.load(Driver.class, loader).stream().map(it -> it.type().getName()))
          .containsExactlyInAnyOrder("org.sqlite.JDBC", "org.postgresql.Driver");
    }
  }

  @Test
  void loads_nothing_of_telegram_and_the_model_before_it_has_migrated() throws Exception {
    Files.move(Fixture.copy("before-001", folder), folder.resolve("users.db"));
    Path log = folder.resolve("classes.log");
    Map<String, String> settings =
        Map.of("BOT_PORT", "0", "TELEGRAM_API_URL", "http://127.0.0.1:9");
    Bot.Running bot = Bot.start(folder, List.of("-Xlog:class+load:file=" + log), settings, "serve");
    try {
      bot.awaitText(bot.err(), "Telegram cannot be reached");
    } finally {
      bot.kill();
    }
    List<String> all = Files.readAllLines(log);
    int migrated = first(all, " botdb.bot.database.BotDatabase ");
    assertThat(migrated).isPositive();
    for (String late : List.of(" okhttp3.", " okio.", " com.pengrad.", " com.google.gson.")) {
      assertThat(first(all, late)).as(late).isGreaterThan(migrated);
    }
    assertThat(first(all, " botdb.bot.telegram.")).isGreaterThan(migrated);
    assertThat(first(all, " botdb.bot.model.")).isGreaterThan(migrated);
  }

  /** The place of the first line that holds a text; past the end if none does. */
  private static int first(List<String> lines, String text) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(text)) {
        return i;
      }
    }
    return lines.size();
  }

  /** Which of the heavy packages the process loaded classes of. */
  private List<String> loaded(String command) throws Exception {
    Path log = folder.resolve("classes.log");
    Bot.Result result =
        Bot.start(folder, List.of("-Xlog:class+load:file=" + log), Map.of(), command.split(" "))
            .await();
    assertThat(result.status()).as(result.err()).isZero();
    try (Stream<String> lines = Files.lines(log)) {
      List<String> all = lines.toList();
      assertThat(all).anyMatch(line -> line.contains(" botdb.migrations."));
      return HEAVY.stream().filter(heavy -> all.stream().anyMatch(l -> l.contains(heavy))).toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "before-001, pending, 3",
    "after-001, up_to_date, 0",
    "after-001-py-suffix, up_to_date, 0",
    "from-the-future, superseded, 3",
    "malformed, pending, 3",
    "hot-wal, pending, 3",
    "no-users-table, pending, 3",
    "zero-bytes, pending, 3"
  })
  void looking_tells_the_state_and_writes_nothing(String name, String state, int status) {
    Fixture.copy(name, folder);
    Map<String, String> before = Fixture.bytes(folder);
    Bot.Result json =
        Bot.run(folder, "status", "--json", "--exit-code", "--database", name + ".db");
    assertThat(json.status()).isEqualTo(status);
    assertThat(json.out())
        .startsWith(
            "{\"database\": \""
                + name
                + ".db\", \"state\": \""
                + state
                + "\", \"migrations\": [{\"number\": 1, \"name\": \""
                + NAME
                + "\"");
    Bot.run(folder, "verify", "--database", name + ".db");
    Bot.run(folder, "history", "1", "--database", name + ".db");
    Bot.run(folder, "set-aside", "list", "--database", name + ".db");
    assertThat(Fixture.bytes(folder)).isEqualTo(before);
  }

  @Test
  void looking_at_nothing_creates_nothing() {
    assertThat(Bot.run(folder, "status", "--json").out())
        .isEqualTo(
            "{\"database\": \"users.db\", \"state\": \"absent\", \"migrations\": [{\"number\": 1, \"name\": \""
                + NAME
                + "\", \"state\": \"pending\", \"applied_at\": null}], \"set_aside\": 0}\n");
    assertThat(Bot.run(folder, "verify").status()).isEqualTo(1);
    assertThat(Bot.run(folder, "history", "1").status()).isEqualTo(1);
    assertThat(Bot.run(folder, "forget", NAME).status()).isEqualTo(1);
    assertThat(Bot.run(folder, "set-aside", "list").status()).isEqualTo(1);
    assertThat(Bot.run(folder, "set-aside", "export", "1").status()).isEqualTo(1);
    assertThat(Bot.run(folder, "set-aside", "put-back", "1").status()).isEqualTo(1);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void writes_digits_that_others_can_read_wherever_it_runs() {
    Fixture.copy("after-001", folder);
    List<String> egypt = List.of("-Duser.language=ar", "-Duser.country=EG");
    Bot.Result backup =
        Bot.start(folder, egypt, Map.of(), "backup", "--database", "after-001.db").await();
    assertThat(backup.out()).contains("  version 001  ");
  }

  @Test
  void keeps_sqlite_unpacked_for_the_next_start() throws Exception {
    Fixture.copy("after-001", folder);
    Path cache = folder.resolve("some/cache");
    assertStarts(cache, System.getProperty("java.io.tmpdir"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
        .isEqualTo("rwx------");
    assertThat(cache).isDirectoryContaining("glob:**/sqlite-*");
    // What is kept needs no unpacking: there is no folder for that.
    assertStarts(cache, folder.resolve("none").toString());
  }

  @Test
  void serves_at_its_very_first_start() throws Exception {
    Map<String, String> environment =
        Map.of(
            "BOT_CACHE", folder.resolve("cache").toString(),
            "BOT_PORT", "0",
            "TELEGRAM_BOT_TOKEN", "",
            "OPENAI_API_KEY", "");
    Bot.Running bot = Bot.start(folder, List.of(), environment, "serve");
    bot.awaitText(bot.err(), "serving on ");
    bot.process().destroy();
    assertThat(bot.await().status()).isZero();
  }

  @Test
  void loads_sqlite_from_no_folder_that_others_can_write() throws Exception {
    Fixture.copy("after-001", folder);
    Path cache = Files.createDirectory(folder.resolve("cache"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertStarts(cache, System.getProperty("java.io.tmpdir"));
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void starts_where_nothing_can_be_kept_and_where_what_is_kept_is_damaged() throws Exception {
    Fixture.copy("after-001", folder);
    assertStarts(folder.resolve("after-001.db"), System.getProperty("java.io.tmpdir"));
    Path cache = folder.resolve("cache");
    assertStarts(cache, System.getProperty("java.io.tmpdir"));
    try (Stream<Path> kept = Files.list(cache)) {
      Files.write(kept.findFirst().orElseThrow(), new byte[0]);
    }
    assertStarts(cache, System.getProperty("java.io.tmpdir"));
  }

  private void assertStarts(Path cache, String temporary) {
    Bot.Result result =
        Bot.start(
                folder,
                List.of("-Djava.io.tmpdir=" + temporary),
                Map.of("BOT_CACHE", cache.toString()),
                "status",
                "--database",
                "after-001.db")
            .await();
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).contains("after-001.db is up to date");
  }

  @Test
  void a_forgotten_migration_is_applied_again() throws Exception {
    Path database = Fixture.copy("before-001", folder);
    Files.move(database, folder.resolve("users.db"));
    Bot.run(folder, "migrate");
    assertThat(Bot.run(folder, "forget", "migration_002_nothing").status()).isEqualTo(1);
    assertThat(Bot.run(folder, "forget", NAME).status()).isZero();
    assertThat(Bot.run(folder, "status").out()).startsWith("001  " + NAME + "  pending\n");
    assertThat(Bot.run(folder, "migrate").out()).contains("001  " + NAME);
    String expected = Fixture.expectedAfter("before-001");
    assertThat(Dump.of(folder.resolve("users.db")))
        .isEqualTo(
            expected
                .replace("migrations: 1|", "migrations: 2|")
                .replace("'migrations'|1", "'migrations'|2"));
  }
}
