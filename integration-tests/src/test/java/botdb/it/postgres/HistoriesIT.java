package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.catalog.Message;
import botdb.catalog.history.Histories;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histories on a server: what was appended is beside the cell, and nobody can tell. */
class HistoriesIT {
  private static final LocalDateTime TIME = LocalDateTime.of(2025, 11, 5, 15, 30, 45);
  private static final Message MESSAGE = Message.of("user", "ёж ? {0} '", TIME);

  @TempDir private Path folder;

  @Test
  void the_first_message_creates_the_user_and_leaves_those_that_are_there() throws Exception {
    Users users = Users.on(PostgresServer.shared().freshDatabase());
    users.execute("INSERT INTO users (user_id, username) VALUES (7, 'ann')");
    users.use(
        histories -> {
          assertThat(histories.list(-1001234567890L)).isEmpty();
          assertThat(histories.has(-1001234567890L)).isFalse();
          histories.append(-1001234567890L, MESSAGE);
          histories.append(7, MESSAGE);
          histories.append(-1001234567890L, MESSAGE);
          assertThat(histories.list(-1001234567890L)).containsExactly(MESSAGE, MESSAGE);
          assertThat(histories.list(7)).containsExactly(MESSAGE);
          assertThat(histories.has(-1001234567890L)).isTrue();
        });
    users.use(histories -> assertThat(histories.page(7, Histories.END, 1).total()).isEqualTo(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        " [ ]\n",
        "",
        "[{\"role\":\"user\"}]",
        "[\n  {\"role\": \"user\", \"content\": \"a\\u0000]\"}\n]  ",
        "[{\"n\": 1e999, \"m\": 123456789012345678901234567890.5, \"m\": NaN}, {}]\t"
      })
  void a_cell_keeps_what_it_has_and_takes_what_was_appended_when_a_migration_comes(String cell)
      throws Exception {
    Users users = Users.on(PostgresServer.shared().freshDatabase());
    users.add(1, cell);
    Message odd = Message.parse("{\"n\": 1e999, \"\\u0000\": \"\\u0000\", \"n\": -0.0}");
    List<Message> all = new ArrayList<>();
    users.use(
        histories -> {
          all.addAll(histories.list(1));
          histories.append(1, odd);
          histories.append(1, MESSAGE);
        });
    assertThat(users.cells()).containsEntry(1L, cell);
    all.add(odd);
    all.add(MESSAGE);
    users.use(histories -> assertThat(histories.list(1)).isEqualTo(all));
    users.execute("CREATE TABLE migrations (id bigint)", "DROP TABLE migrations");
    fold(users);
    assertThat(users.cells().get(1L)).endsWith(odd.json() + ", " + MESSAGE.json() + "]");
    users.use(histories -> assertThat(histories.list(1)).isEqualTo(all));
  }

  /** Without a change to messages: they all have a time, or it is their own. */
  private static void fold(Users users) throws SQLException {
    try (Connection connection = users.database().open()) {
      connection.setAutoCommit(false);
      connection.createStatement().execute("SELECT 1");
      connection.rollback();
    }
    Folding.run(users.database());
  }
}
