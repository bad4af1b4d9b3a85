package botdb.catalog.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.catalog.Message;
import botdb.catalog.TestDatabase;
import botdb.catalog.message.MessageV000;
import botdb.catalog.schema.v000.tables.Users;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the types of the versions say is what migration 001 does. */
class TypedVersionsTests {
  private static final String HISTORY =
      "[{\"role\":\"user\",\"content\":\"a\",\"n\":1.0},{\"content\":[{\"text\":\"b\"}]},{}]";

  @TempDir private Path folder;

  @Test
  void a_message_of_version_000_becomes_one_without_a_time_in_version_001() throws Exception {
    try (TestDatabase database =
        TestDatabase.of(
            folder,
            Snapshots.sql(0),
            "INSERT INTO users (user_id, history) VALUES (1, '" + HISTORY + "')")) {
      List<MessageV000> before = database.dsl().fetchSingle(Users.USERS).get(Users.USERS.HISTORY);
      database.migrate();
      var users = botdb.catalog.schema.v001.tables.Users.USERS;
      List<Message> after = database.dsl().fetchSingle(users).get(users.HISTORY);

      assertThat(before).extracting(MessageV000::content).containsExactly("a", "b", null);
      assertThat(after)
          .extracting(Message::role, Message::content, Message::timestamp)
          .containsExactlyElementsOf(
              before.stream()
                  .map(m -> org.assertj.core.groups.Tuple.tuple(m.role(), m.content(), null))
                  .toList());
      assertThat(after)
          .extracting(Message::json)
          .containsExactly(
              "{\"role\":\"user\",\"content\":\"a\",\"n\":1.0, \"timestamp\": null}",
              "{\"content\":[{\"text\":\"b\"}], \"timestamp\": null}",
              "{\"timestamp\": null}");
    }
  }

  @Test
  void a_list_of_messages_written_again_is_the_same() throws Exception {
    try (TestDatabase database =
        TestDatabase.of(
            folder,
            Snapshots.sql(0),
            "INSERT INTO users (user_id, history) VALUES (1, '" + HISTORY + "')")) {
      List<MessageV000> messages = database.dsl().fetchSingle(Users.USERS).get(Users.USERS.HISTORY);
      database.dsl().update(Users.USERS).set(Users.USERS.HISTORY, messages).execute();
      assertThat(database.rows("SELECT typeof(history), history FROM users"))
          .containsExactly("text|" + HISTORY.replace("},{", "}, {"));
      database.run("UPDATE users SET history = ''");
      assertThat(database.dsl().fetchSingle(Users.USERS).get(Users.USERS.HISTORY)).isEmpty();
    }
  }
}
