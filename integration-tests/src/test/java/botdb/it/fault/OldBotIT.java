package botdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import botdb.it.Dump;
import botdb.it.fault.Specimen.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The old bot goes on with its database while we migrate it. */
class OldBotIT {
  private static final int MEGABYTES = 20;
  private static final String WAITING = "another process is using the database; waiting for it";

  @TempDir private Path folder;

  private int stored;
  private int during;
  private int refused;

  @Test
  void loses_no_message_that_it_stored() throws Exception {
    Specimen specimen = Specimen.generate(folder, "delete", MEGABYTES);
    int rounds = Rounds.of(1, 20);
    for (int round = 0; round < rounds; round++) {
      talkWhileMigrating(specimen);
    }
    Rounds.report(
        "an old bot beside %d migrations: stored %d messages, %d of them meanwhile, lost 0; %d refused as busy"
            .formatted(rounds, stored, during, refused));
  }

  private void talkWhileMigrating(Specimen specimen) throws Exception {
    Path fresh = Files.createTempDirectory(folder, "round");
    Path database = specimen.copyTo(fresh);
    Bot.Running old = startOldBot(fresh, Specimen.NAME);
    old.awaitText(old.out(), "stored ");
    int before = Files.readAllLines(old.out()).size();
    Bot.Result migrated = Specimen.migrate(fresh, Map.of());
    int after = Files.readAllLines(old.out()).size();
    // What it does next, it does to a migrated database.
    int next = after + 1;
    old.awaitText(old.out(), "stored " + (next % OldBot.USERS + 1) + " " + next + "\n");
    List<String> said = old.kill().out().lines().toList();
    assertThat(migrated.status()).as(migrated.err()).isZero();
    assertThat(said).allMatch(line -> line.startsWith("stored ") || line.equals("busy"));
    assertThatEveryMessageIsThere(specimen.original(), database, said);
    during += after - before;
    Specimen.delete(fresh);
  }

  private static Bot.Running startOldBot(Path fresh, String... arguments) {
    return Bot.startMain(
        OldBot.class, fresh, List.of("-Djava.io.tmpdir=" + fresh, "-Xmx64m"), arguments);
  }

  /** The histories are what they were, what the old bot stored after it, and nothing else. */
  private void assertThatEveryMessageIsThere(Path original, Path database, List<String> said)
      throws SQLException {
    List<String> histories = histories(original);
    for (int number = 0; number < said.size(); number++) {
      if (said.get(number).equals("busy")) {
        refused++;
      } else {
        histories.set(
            number % OldBot.USERS, OldBot.append(histories.get(number % OldBot.USERS), number));
        stored++;
      }
    }
    List<String> found = histories(database);
    // It may have been killed between storing a message and saying so.
    int unsaid = said.size() % OldBot.USERS;
    if (!found.get(unsaid).equals(histories.get(unsaid))) {
      histories.set(unsaid, OldBot.append(histories.get(unsaid), said.size()));
    }
    assertThat(found.equals(histories)).isTrue();
    assertThat(withoutTimes(database)).isEmpty();
  }

  /** All histories, as they would be without the times that nobody noted. */
  private static List<String> histories(Path database) throws SQLException {
    return column(
        database,
        "SELECT replace(history, ', \"timestamp\": null', '') FROM users ORDER BY user_id");
  }

  /** Users to whom the old bot never talked, and who have a message without a time all the same. */
  private static List<String> withoutTimes(Path database) throws SQLException {
    return column(
        database,
        """
        SELECT user_id
        FROM users
        WHERE user_id > %d
          AND length(replace(history, '"timestamp"', '"timestamp" ')) - length(history)
            <> length(replace(history, '"role"', '"role" ')) - length(history)
        """
            .formatted(OldBot.USERS));
  }

  private static List<String> column(Path database, String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      return new ArrayList<>(Dump.column(connection, query));
    }
  }

  @Test
  void is_waited_for_while_it_holds_the_lock() throws Exception {
    Specimen specimen = Specimen.generate(folder, "delete", 1);
    Path database = specimen.copyTo(folder);
    try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = old.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("UPDATE users SET history = '[{\"role\": \"user\"}]' WHERE user_id = 7");
      Bot.Running bot = Specimen.startMigrate(folder, folder, Map.of());
      bot.awaitText(bot.err(), WAITING);
      statement.execute("COMMIT");
      Bot.Result migrated = bot.await();
      assertThat(migrated.status()).as(migrated.err()).isZero();
      assertThat(Dump.column(old, "SELECT history FROM users WHERE user_id = 7"))
          .containsExactly("[{\"role\": \"user\", \"timestamp\": null}]");
    }
  }

  @Test
  void leaves_no_lock_when_it_is_killed_half_way() throws Exception {
    Specimen specimen = Specimen.generate(folder, "delete", 1);
    specimen.copyTo(folder);
    Bot.Running old = startOldBot(folder, Specimen.NAME, "hang");
    old.awaitText(old.out(), "hanging");
    Bot.Running bot = Specimen.startMigrate(folder, folder, Map.of());
    bot.awaitText(bot.err(), WAITING);
    old.kill();
    Bot.Result migrated = bot.await();
    assertThat(migrated.status()).as(migrated.err()).isZero();
    assertThat(specimen.stateIn(folder)).isEqualTo(State.MIGRATED);
  }
}
