package botdb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups as an owner makes and needs them: with the bot running, and when he wants to go back. */
class BackupIT {
  @TempDir private Path folder;

  @Test
  void going_back_brings_back_every_cell() throws Exception {
    Path database = Fixture.copy("grown-by-hand", folder);
    Path untouched = Fixture.copy("grown-by-hand", Files.createDirectory(folder.resolve("copy")));
    Bot.Result migrated = Bot.run(folder, "migrate", "--database", "grown-by-hand.db");
    String backup = migrated.err().strip().replaceFirst("^backup: ", "");
    assertThat(Dump.of(folder.resolve(backup))).isEqualTo(Dump.of(untouched));
    String after = Dump.of(database);

    Bot.Result restored = Bot.run(folder, "restore", backup, "--database", "grown-by-hand.db");
    assertThat(restored.status()).as(restored.err()).isZero();
    // The counters of the note that it was restored are the only difference.
    assertThat(
            Dump.of(database)
                .replace(
                    "table sqlite_sequence of sqlite_sequence: CREATE TABLE sqlite_sequence(name,seq)\n",
                    ""))
        .isEqualTo(Dump.of(untouched));
    String kept = restored.out().lines().toList().get(1).replaceFirst(".* is kept in ", "");
    assertThat(Dump.of(folder.resolve(kept))).isEqualTo(after);

    Bot.run(folder, "migrate", "--database", "grown-by-hand.db");
    assertThat(Dump.of(database)).isEqualTo(after);
  }

  @Test
  void a_backup_of_a_bot_at_work_is_consistent_and_restoring_waits_until_it_has_ended()
      throws Exception {
    Path backups = folder.resolve("backups");
    try (Served bot = Served.in(folder)) {
      ExecutorService users = Executors.newFixedThreadPool(2);
      List<Future<Void>> talking =
          Stream.of(1, 2).map(user -> users.submit(() -> talk(bot, user))).toList();
      for (int i = 0; i < 3; i++) {
        Bot.Result backup = withBackups(backups, "backup");
        assertThat(backup.status()).as(backup.err()).isZero();
        Path file = folder.resolve(backup.out().split("  ")[0]);
        Bot.Result verified = Bot.run(folder, "verify", "--database", file.toString());
        assertThat(verified.status()).as(verified.out()).isZero();
      }
      for (Future<Void> one : talking) {
        one.get();
      }
      users.shutdown();
      String newest = withBackups(backups, "backups").out().lines().findFirst().orElseThrow();
      String file = newest.substring(newest.lastIndexOf(' ') + 1);
      Bot.Result refused = withBackups(backups, "restore", file);
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.err())
          .startsWith("users.db is open in another process; nothing was changed\n");
      assertThat(bot.terminate().status()).isZero();
      assertThat(withBackups(backups, "restore", file).status()).isZero();
      assertThat(Bot.run(folder, "verify").status()).isZero();
    }
    try (Stream<Path> left = Files.list(backups)) {
      assertThat(left).noneMatch(path -> path.toString().endsWith(".partial"));
    }
  }

  private Bot.Result withBackups(Path backups, String... arguments) {
    return Bot.start(folder, List.of(), Map.of("BOT_BACKUPS", backups.toString()), arguments)
        .await();
  }

  private static Void talk(Served bot, int user) throws Exception {
    for (int i = 0; i < 60; i++) {
      bot.send("POST", "/api/users/" + user + "/messages", "{\"content\": \"again\"}");
    }
    return null;
  }

  @Test
  void without_a_backup_none_is_made() {
    Fixture.copy("before-001", folder);
    Bot.Result result = Bot.run(folder, "migrate", "--no-backup", "--database", "before-001.db");
    assertThat(result.status()).isZero();
    assertThat(Fixture.bytes(folder)).containsOnlyKeys("before-001.db");
    assertThat(Bot.run(folder, "backups", "--database", "before-001.db").out())
        .isEqualTo("there are no backups of before-001.db\n");
    assertThat(Bot.run(folder, "backups", "--json", "--database", "before-001.db").out())
        .isEqualTo("[]\n");
  }
}
