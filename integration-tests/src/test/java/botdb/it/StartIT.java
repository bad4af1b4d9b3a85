package botdb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
          " io.javalin.",
          " org.eclipse.jetty.",
          " kotlin.",
          " ch.qos.logback.",
          " io.prometheus.",
          " io.github.bucket4j.");

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
