package botdb.bot.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.bot.TestDatabase;
import botdb.bot.database.BotDatabase;
import botdb.bot.responder.Responder;
import botdb.bot.responder.ResponderException;
import botdb.bot.responder.ResponderException.Reason;
import botdb.catalog.Message;
import botdb.catalog.history.Histories;
import botdb.migrations.Database;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatTests {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-11-05T15:30:45Z"), ZoneOffset.UTC);

  @TempDir private Path folder;
  private final List<String> asked = new ArrayList<>();
  private Responder responder = (conversation, parts) -> "re: " + conversation.question().content();
  private BotDatabase database;
  private Chat chat;

  @BeforeEach
  void open() {
    database = BotDatabase.open(Database.of(TestDatabase.migrated(folder)));
    chat =
        new Chat(
            database,
            (conversation, parts) -> {
              asked.add(conversation.question().content());
              return responder.reply(conversation, parts);
            },
            CLOCK);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private List<String> stored(long userId) {
    return database.read(h -> h.list(userId)).stream().map(Message::json).toList();
  }

  @Test
  void stores_an_update_that_comes_again_once_and_answers_it_once() {
    Received first = chat.receive(7, 100, "Hello");
    Received again = chat.receive(7, 100, "Hello");
    assertThat(again).isEqualTo(first);
    Message reply = chat.reply(again, part -> {});
    Received answered = chat.receive(7, 100, "Hello");
    assertThat(answered.reply()).isEqualTo(reply);
    assertThat(chat.reply(answered, part -> {})).isEqualTo(reply);
    assertThat(asked).containsExactly("Hello");
    assertThat(stored(7))
        .containsExactly(
            "{\"role\": \"user\", \"content\": \"Hello\", \"timestamp\": \"2025-11-05 15:30:45\", \"update_id\": 100}",
            "{\"role\": \"assistant\", \"content\": \"re: Hello\", \"timestamp\": \"2025-11-05 15:30:45\", \"update_id\": 100}");
  }

  @Test
  void stores_the_same_words_of_two_updates_twice() {
    chat.receive(7, 100, "Hello");
    chat.receive(7, 101, "Hello");
    chat.receive(8, 100, "Hello");
    assertThat(stored(7)).hasSize(2);
    assertThat(stored(8)).hasSize(1);
  }

  @Test
  void shows_the_responder_what_was_said_before_an_update_that_is_answered_late() {
    chat.say(7, "one", part -> {});
    Received late = chat.receive(7, 100, "two");
    chat.receive(7, 101, "three");
    responder =
        (conversation, parts) -> {
          Histories.Page all = conversation.earlier().page(Histories.END, 50);
          Histories.Page oldest = conversation.earlier().page(1, 50);
          return all.messages().stream().map(Message::content).toList()
              + " "
              + all.total()
              + " "
              + oldest.messages().size();
        };
    assertThat(chat.reply(late, part -> {}).content()).isEqualTo("[one, re: one] 2 1");
  }

  @Test
  void notes_what_was_sent_for_a_reply_and_for_a_message_without_one() {
    Received received = chat.receive(7, 100, "He said: \"update_id\": 5}");
    Message reply = chat.reply(received, part -> {});
    assertThat(Chat.sent(reply)).isZero();
    Message once = chat.noteSent(7, reply, 900);
    Message twice = chat.noteSent(7, once, 901);
    assertThat(Chat.sent(twice)).isEqualTo(2);
    Received again = chat.receive(7, 100, "x");
    assertThat(again.reply()).isEqualTo(twice);
    assertThat(stored(7).get(1)).endsWith(", \"update_id\": 100, \"message_ids\": [900, 901]}");
    Message noted = chat.noteSent(7, received.message(), 902);
    assertThat(stored(7).get(0)).isEqualTo(noted.json());
  }

  @Test
  void knows_nothing_of_updates_in_messages_of_others() {
    for (String json :
        List.of(
            "{}",
            "{\"update_id\": \"5\"}",
            "{\"update_id\": null}",
            "{\"x\": {\"update_id\": 5}}")) {
      assertThat(Origin.read(Message.parse(json))).isNull();
      assertThat(Chat.sent(Message.parse(json))).isZero();
    }
    assertThatThrownBy(() -> Origin.sent(Message.parse("{\"update_id\": 5, \"x\": 1}"), 6))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void keeps_a_message_that_nobody_could_answer_and_says_why() {
    responder =
        (conversation, parts) -> {
          throw new ResponderException(Reason.BUSY, "too much");
        };
    Received received = chat.receive(7, 100, "Hello");
    assertThatThrownBy(() -> chat.reply(received, part -> {}))
        .isInstanceOfSatisfying(
            NoReplyException.class, e -> assertThat(e.reason()).isEqualTo(Reason.BUSY));
    assertThat(stored(7)).hasSize(1);
  }
}
