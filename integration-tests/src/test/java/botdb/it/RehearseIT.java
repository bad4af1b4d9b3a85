package botdb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A rehearsal on real databases tells what a migration then does, and leaves them alone. */
class RehearseIT {
  private static final String NAME = "migration_001_add_timestamp_to_messages";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before-001",
        "empty-users",
        "grown-by-hand",
        "hot-wal",
        "no-users-table",
        "null-history",
        "zero-bytes"
      })
  void tells_what_migrate_then_does_and_changes_no_byte(String name) throws Exception {
    Path database = Fixture.copy(name, folder);
    Map<String, String> before = Fixture.bytes(folder);
    Bot.Result rehearsal = Bot.run(folder, "rehearse", "--database", name + ".db");
    assertThat(rehearsal.status()).as(rehearsal.err()).isZero();
    assertThat(rehearsal.err()).isEmpty();
    assertThat(rehearsal.out()).endsWith(name + ".db would be migrated; it was not changed\n");
    assertThat(Fixture.bytes(folder)).isEqualTo(before);
    assertThat(folder).isDirectoryNotContaining(Files::isDirectory);

    Bot.Result migration = Bot.run(folder, "migrate", "--rehearse", "--database", name + ".db");
    assertThat(migration.status()).as(migration.err()).isZero();
    assertThat(steps(rehearsal.out())).isEqualTo(steps(migration.out()));
    assertThat(Dump.of(database)).isEqualTo(Fixture.expectedAfter(name));
  }

  /** The line of each migration, without its time. */
  private static String steps(String out) {
    return out.replaceAll("(?m)^(?!\\d{3}  ).*\n", "").replaceAll("\\d+\\.\\d\\d s", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"before-001", "grown-by-hand", "hot-wal", "malformed", "null-history"})
  void shows_not_a_word_of_what_people_wrote(String name) {
    Fixture.copy(name, folder);
    for (String[] command :
        new String[][] {{"rehearse"}, {"rehearse", "--json"}, {"migrate", "--rehearse"}}) {
      Bot.Running running =
          Bot.start(folder, List.of(), Map.of("BOT_DATABASE", name + ".db"), command);
      Bot.Result result = running.await();
      assertThat(result.out() + result.err())
          .contains(NAME)
          .doesNotContainPattern("[\\u0400-\\u04ff]|\\\\u04|\\p{So}")
          .doesNotContain("image.org", "example.org", "not the message's", "a message");
    }
  }

  @ParameterizedTest
  @CsvSource({"malformed, failed and was rolled back", "from-the-future, written by a newer"})
  void ends_with_1_where_migrate_would(String name, String message) {
    Fixture.copy(name, folder);
    Map<String, String> before = Fixture.bytes(folder);
    Bot.Result rehearsal = Bot.run(folder, "rehearse", "--database", name + ".db");
    Bot.Result migration = Bot.run(folder, "migrate", "--no-backup", "--database", name + ".db");
    assertThat(rehearsal.status()).isEqualTo(1);
    assertThat(rehearsal.err()).contains(message).endsWith(migration.err());
    Bot.Result both = Bot.run(folder, "migrate", "--rehearse", "--database", name + ".db");
    assertThat(both.status()).isEqualTo(1);
    assertThat(both.out()).isEmpty();
    assertThat(Fixture.bytes(folder)).isEqualTo(before);
  }

  @Test
  void is_as_it_was_for_a_bot_that_is_writing_meanwhile() throws Exception {
    Path database = Fixture.copy("before-001", folder);
    try (Connection bot = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = bot.createStatement()) {
      statement.execute("PRAGMA journal_mode = wal");
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("DELETE FROM users");
      Bot.Result rehearsal = Bot.run(folder, "rehearse", "--database", "before-001.db");
      assertThat(rehearsal.status()).as(rehearsal.err()).isZero();
      assertThat(rehearsal.out()).startsWith("001  " + NAME + "  11 rows  ");
      statement.execute("ROLLBACK");
    }
    assertThat(Bot.run(folder, "migrate", "--database", "before-001.db").out())
        .startsWith("001  " + NAME + "  11 rows  ");
  }
}
