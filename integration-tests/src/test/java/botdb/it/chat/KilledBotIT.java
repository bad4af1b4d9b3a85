package botdb.it.chat;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.fault.Rounds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Killed at any moment, the bot loses no message and sends at most one reply twice. */
@Timeout(600)
class KilledBotIT {
  private static final long SEED = 51105;
  private static final int USERS = 5;
  private static final int MESSAGES = 4;

  @TempDir private Path folder;

  private final Random random = new Random(SEED);
  private final List<List<String>> written = new ArrayList<>();
  private int kills;

  @Test
  void loses_nothing_and_sends_at_most_one_reply_twice_for_each_kill() throws Exception {
    for (int user = 0; user < USERS; user++) {
      written.add(new ArrayList<>());
    }
    try (TelegramStandIn telegram = new TelegramStandIn();
        ModelStandIn model = new ModelStandIn()) {
      int rounds = Rounds.of(6, 60);
      for (int round = 0; round < rounds; round++) {
        writeSome(telegram);
        if (round % 3 == 2) {
          killWhileTheModelWorks(telegram, model);
        } else {
          killAfterSomeCalls(telegram, model);
        }
      }
      writeSome(telegram);
      try (ChattingBot bot = ChattingBot.start(folder, telegram, model)) {
        telegram.awaitAllConfirmed();
        assertThat(bot.terminate().status()).isZero();
      }
      int repeated = assertThatEveryReplyWasSent(telegram);
      Rounds.report(
          "Telegram: %d kills, %d messages of %d users, all stored and answered, %d replies sent twice"
              .formatted(kills, written.get(0).size() * USERS, USERS, repeated));
      assertThat(repeated).isLessThanOrEqualTo(kills);
    }
    for (int user = 0; user < USERS; user++) {
      assertThatHistoryIsWhole(user);
    }
  }

  @Test
  void does_not_bring_back_what_was_cleared() throws Exception {
    CountDownLatch slow = new CountDownLatch(1);
    try (TelegramStandIn telegram = new TelegramStandIn();
        ModelStandIn model = new ModelStandIn()) {
      model.next((exchange, request) -> ModelStandIn.await(slow));
      try (ChattingBot bot = ChattingBot.start(folder, telegram, model)) {
        int first = telegram.write(1, "slow question");
        model.awaitAsked(1);
        telegram.write(2, "secret");
        telegram.await("sendMessage", call -> call.get("text").equals("You asked: secret"));
        telegram.press(2, 2, 1, "clear:yes:2");
        telegram.write(2, "what came after");
        telegram.write(3, "of somebody else");
        telegram.await("sendMessage", call -> call.chat() == 3);
        assertThat(telegram.unconfirmed()).startsWith(first).hasSize(5);
        assertThat(telegram.calls("editMessageText")).isEmpty();
        bot.kill();
      }
      slow.countDown();
      // Killed once more, as soon as it is cleared and before that is confirmed.
      CountDownLatch killed = new CountDownLatch(1);
      try (ChattingBot bot = ChattingBot.start(folder, telegram, model)) {
        telegram.afterCall(
            "editMessageText",
            () -> {
              end(bot);
              killed.countDown();
            });
        assertThat(killed.await(90, TimeUnit.SECONDS)).isTrue();
        bot.kill();
      }
      try (ChattingBot bot = ChattingBot.start(folder, telegram, model)) {
        telegram.awaitAllConfirmed();
        assertThat(bot.terminate().status()).isZero();
      }
      assertThat(telegram.textsTo(2))
          .containsExactly("You asked: secret", "You asked: what came after");
      assertThat(telegram.textsTo(1)).containsExactly("You asked: slow question");
      // The first kill may fall between its sending and the note of that: then it is sent twice.
      assertThat(telegram.textsTo(3))
          .containsOnly("You asked: of somebody else")
          .hasSizeLessThanOrEqualTo(2);
    }
    List<String> contents =
        ChattingBot.history(folder, 2)
            .valueStream()
            .map(message -> message.get("content").asString())
            .toList();
    assertThat(contents).containsExactly("what came after", "You asked: what came after");
  }

  private void writeSome(TelegramStandIn telegram) {
    for (int i = 0; i < MESSAGES; i++) {
      for (int user = 0; user < USERS; user++) {
        String text = "message %d of user %d".formatted(written.get(user).size(), user);
        written.get(user).add(text);
        telegram.write(chat(user), text);
      }
    }
  }

  /** Among the users there is a group. */
  private static long chat(int user) {
    return user == 0 ? -1_001_234_567_890L : user;
  }

  /** The last call is done, and the bot never learns of it: the worst moment. */
  private void killAfterSomeCalls(TelegramStandIn telegram, ModelStandIn model) throws Exception {
    CountDownLatch killed = new CountDownLatch(1);
    try (ChattingBot bot = ChattingBot.start(folder, telegram, model)) {
      telegram.afterCalls(
          1 + random.nextInt(USERS * MESSAGES),
          () -> {
            end(bot);
            killed.countDown();
          });
      assertThat(killed.await(90, TimeUnit.SECONDS)).isTrue();
      bot.kill();
    }
    kills++;
  }

  private void killWhileTheModelWorks(TelegramStandIn telegram, ModelStandIn model)
      throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch killed = new CountDownLatch(1);
    model.next(
        (exchange, request) -> {
          ModelStandIn.stream(exchange, "You ");
          asked.countDown();
          ModelStandIn.await(killed);
        });
    try (ChattingBot bot = ChattingBot.start(folder, telegram, model)) {
      assertThat(asked.await(90, TimeUnit.SECONDS)).isTrue();
      bot.kill();
      killed.countDown();
    }
    kills++;
  }

  private static void end(ChattingBot bot) {
    try {
      bot.process().destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** In the order of the messages; returns how many came twice. */
  private int assertThatEveryReplyWasSent(TelegramStandIn telegram) {
    int repeated = 0;
    for (int user = 0; user < USERS; user++) {
      List<String> sent = telegram.textsTo(chat(user));
      Set<String> seen = new HashSet<>();
      List<String> first = sent.stream().filter(seen::add).toList();
      List<String> expected = written.get(user).stream().map(text -> "You asked: " + text).toList();
      List<String> replies = first.stream().filter(text -> text.startsWith("You asked")).toList();
      assertThat(replies).as("replies to user %d", user).isEqualTo(expected);
      repeated += sent.size() - first.size();
    }
    return repeated;
  }

  private void assertThatHistoryIsWhole(int user) {
    JsonNode history = ChattingBot.history(folder, chat(user));
    List<String> contents =
        history.valueStream().map(message -> message.get("content").asString()).toList();
    List<String> expected = new ArrayList<>();
    for (String text : written.get(user)) {
      expected.add(text);
      expected.add("You asked: " + text);
    }
    assertThat(contents).as("history of user %d", user).isEqualTo(expected);
  }
}
