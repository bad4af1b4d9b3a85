package botdb.bot.database;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.bot.TestDatabase;
import botdb.catalog.Message;
import botdb.catalog.history.Histories;
import botdb.migrations.Database;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BotDatabaseTests {
  private static final LocalDateTime TIME = LocalDateTime.of(2025, 11, 5, 15, 30, 45);

  @TempDir Path folder;

  private static boolean append(Histories histories, String content) {
    histories.append(1, Message.of("user", content, TIME));
    return true;
  }

  @Test
  void is_in_wal_mode_and_leaves_no_log_behind() {
    Path file = TestDatabase.migrated(folder);
    try (BotDatabase database = BotDatabase.open(Database.of(file))) {
      assertThat(database.readsWhileWriting()).isTrue();
      database.write(histories -> append(histories, "x"));
      assertThat(folder.resolve("users.db-wal")).exists();
    }

    assertThat(folder).isDirectoryNotContaining(path -> !path.equals(file));
    assertThat(TestDatabase.query(file, "PRAGMA journal_mode")).containsExactly("wal");
  }

  @Test
  void loses_nothing_of_what_many_write_at_once() throws InterruptedException {
    Path file = TestDatabase.migrated(folder);
    try (BotDatabase database = BotDatabase.open(Database.of(file))) {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Thread thread =
            new Thread(
                () -> {
                  for (int n = 0; n < 25; n++) {
                    database.write(histories -> append(histories, "x"));
                    database.read(histories -> histories.page(1, Histories.END, 1));
                  }
                });
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }

      List<Message> stored = database.read(histories -> histories.list(1));
      assertThat(stored).hasSize(200);
    }
  }
}
