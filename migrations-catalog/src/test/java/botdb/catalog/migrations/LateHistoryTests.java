package botdb.catalog.migrations;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.catalog.TestDatabase;
import botdb.catalog.json.JsonFault;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateHistoryTests {
  private static final String HISTORY =
      "[{\"role\":\"user\", \"content\": \"Привет 🦔\"}, {}, {\"timestamp\": \"2025-11-05 15:30:45\"}]";

  @TempDir private Path folder;

  @Test
  void is_what_the_migrations_make_of_one_that_is_there_in_time() throws Exception {
    for (int version = 0; version < BotCatalog.migrations().size(); version++) {
      String next = BotCatalog.migrations().names().get(version);
      Path own = Files.createDirectory(folder.resolve(next));
      try (TestDatabase database = TestDatabase.ofVersion(own, version)) {
        database.dsl().execute("INSERT INTO users (user_id, history) VALUES (1, ?)", HISTORY);
        database.migrate();
        assertThat(new String(LateHistory.bringUp(HISTORY.getBytes(UTF_8), next), UTF_8))
            .as("what LateHistory does to histories that come back before " + next)
            .isEqualTo(database.rows("SELECT history FROM users").get(0));
      }
    }
  }

  @Test
  void the_first_migration_changes_one() {
    String first = BotCatalog.migrations().names().get(0);
    assertThat(new String(LateHistory.bringUp(HISTORY.getBytes(UTF_8), first), UTF_8))
        .isNotEqualTo(HISTORY);
  }

  @Test
  void is_refused_if_it_is_none_and_if_nobody_knows_what_it_missed() {
    String first = BotCatalog.migrations().names().get(0);
    assertThatThrownBy(() -> LateHistory.bringUp("7".getBytes(UTF_8), first))
        .isInstanceOf(JsonFault.class);
    assertThatThrownBy(() -> LateHistory.bringUp(new byte[0], "migration_998_x"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
