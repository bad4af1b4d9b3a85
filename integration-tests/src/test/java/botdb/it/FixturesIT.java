package botdb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every database that the old bot may have left, and what must come of it. */
class FixturesIT {
  private static final String NAME = "migration_001_add_timestamp_to_messages";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "before-001",
        "empty-users",
        "null-history",
        "grown-by-hand",
        "hot-wal",
        "no-users-table",
        "zero-bytes"
      })
  void is_migrated_to_the_last_cell(String name) throws SQLException {
    Path database = Fixture.copy(name, folder);
    Bot.Result result = Bot.run(folder, "migrate", "--database", database.getFileName().toString());
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).contains("001  " + NAME);
    assertThat(Dump.of(database)).isEqualTo(Fixture.expectedAfter(name));

    Dump.of(database); // leaves no log behind, so that bytes can be compared
    Map<String, String> once = Fixture.bytes(folder);
    Bot.Result again = Bot.run(folder, "migrate", "--database", database.getFileName().toString());
    assertThat(again.status()).isZero();
    assertThat(again.out()).isEqualTo("nothing to apply\n");
    assertThat(Fixture.bytes(folder)).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(strings = {"after-001", "after-001-py-suffix"})
  void has_nothing_to_apply_and_is_not_touched(String name) {
    Path database = Fixture.copy(name, folder);
    Map<String, String> before = Fixture.bytes(folder);
    Bot.Result result = Bot.run(folder, "migrate", "--database", database.toString());
    assertThat(result).isEqualTo(new Bot.Result(0, "nothing to apply\n", ""));
    assertThat(Fixture.bytes(folder)).isEqualTo(before);
  }

  @Test
  void a_database_that_is_not_there_is_created() throws SQLException {
    Bot.Result result = Bot.run(folder, "migrate");
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(Dump.of(folder.resolve("users.db"))).isEqualTo(Fixture.expectedAfter("zero-bytes"));
  }

  @Test
  void faulty_histories_are_named_and_nothing_is_changed() {
    Path database = Fixture.copy("malformed", folder);
    String before = Fixture.bytes(folder).get("malformed.db");
    Bot.Result result = Bot.run(folder, "migrate", "--database", "malformed.db");
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().replaceAll("backup-\\d{8}-\\d{6}", "backup-NOW"))
        .isEqualTo(
            """
            backup: malformed.db.backup-NOW-before-001
            migration_001_add_timestamp_to_messages failed and was rolled back; the database is as it was
              database  malformed.db
              at        users.history of user 101: the text ends inside a string (character 32 of 32)
                        users.history of user 102: not a JSON array (character 1 of 37)
                        users.history of user 103: element 2 is not an object (character 34 of 51)
                        users.history of user 104: not a JSON array (character 1 of 7)
                        users.history of user 105: more text after the array (character 33 of 37)
                        users.history of user 106: element 2 is not an object (character 32 of 32)
                        users.history of user 107: a name in double quotes expected (character 3 of 31)
                        users.history of user 108: a control character inside a string (character 29 of 33)
                        users.history of user 109: element 1 is not an object (character 2 of 200000)
                        users.history of user 110: not a JSON array (character 1 of 2)
                        10 in all
              backup    malformed.db.backup-NOW-before-001
                        to go back: java -jar bot-app.jar restore malformed.db.backup-NOW-before-001 --database malformed.db
              to do     repair or empty each such history, then start again, or run migrate --set-aside, which keeps them in a table of their own; nothing else was changed
            """);
    assertThat(Fixture.bytes(folder).get("malformed.db")).isEqualTo(before);
    assertThat(database).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"migrate", "serve"})
  void a_newer_database_is_refused(String command) {
    Fixture.copy("from-the-future", folder);
    Map<String, String> before = Fixture.bytes(folder);
    Bot.Result result = Bot.run(folder, command, "--database", "from-the-future.db");
    assertThat(result)
        .isEqualTo(
            new Bot.Result(
                1,
                "",
                """
                from-the-future.db was written by a newer program: migration_998_written_by_a_newer_bot is unknown to this one; nothing was changed
                  database  from-the-future.db
                  unknown   migration_998_written_by_a_newer_bot
                  to do     start the newer program, or restore a backup from before it
                """));
    assertThat(Fixture.bytes(folder)).isEqualTo(before);
  }

  @Test
  void what_is_not_a_database_is_refused() {
    Fixture.copy("not-a-database", folder);
    Map<String, String> before = Fixture.bytes(folder);
    for (String command : new String[] {"migrate", "status", "serve", "verify"}) {
      Bot.Result result = Bot.run(folder, command, "--database", "not-a-database.db");
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err())
          .startsWith("not-a-database.db is not an SQLite database; nothing was changed\n");
      assertThat(Fixture.bytes(folder)).isEqualTo(before);
    }
  }

  @Test
  void the_baseline_alone_and_the_rest_after_it_is_the_same_as_all_at_once() throws SQLException {
    assertThat(Bot.run(folder, "migrate", "--to", "000").status()).isZero();
    assertThat(Bot.run(folder, "status").out()).startsWith("001  " + NAME + "  pending\n");
    assertThat(Bot.run(folder, "migrate", "--to", "001").status()).isZero();
    assertThat(Dump.of(folder.resolve("users.db"))).isEqualTo(Fixture.expectedAfter("zero-bytes"));
    assertThat(Files.exists(folder.resolve("users.db-journal"))).isFalse();
  }
}
