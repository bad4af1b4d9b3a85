package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.catalog.Message;
import botdb.catalog.history.Histories;
import botdb.catalog.json.JsonFault;
import botdb.migrations.cells.CellArrays;
import botdb.migrations.cells.Cells;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
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
    Folding.run(users.database());
    assertThat(users.cells().get(1L)).endsWith(odd.json() + ", " + MESSAGE.json() + "]");
    users.use(histories -> assertThat(histories.list(1)).isEqualTo(all));
  }

  @Test
  void a_history_that_is_none_stays_as_it_is_and_takes_no_message() throws Exception {
    Users users = Users.on(PostgresServer.shared().freshDatabase());
    users.add(1, "[{]");
    users.add(2, " ");
    users.use(
        histories -> {
          for (long user : List.of(1L, 2L)) {
            assertThatThrownBy(() -> histories.append(user, MESSAGE)).isInstanceOf(JsonFault.class);
            assertThatThrownBy(() -> histories.list(user)).isInstanceOf(JsonFault.class);
          }
          histories.append(3, MESSAGE);
          assertThat(histories.list(3)).containsExactly(MESSAGE);
        });
    assertThat(users.cells()).containsEntry(1L, "[{]").containsEntry(2L, " ");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void histories_are_lists_whatever_is_done_to_them(boolean onServer) throws Exception {
    Users users =
        onServer
            ? Users.on(PostgresServer.shared().freshDatabase())
            : Users.in(folder.resolve("users.db"));
    users.add(0, "[{\"content\": \"in the cell\"} ,\n{} ]\n");
    try (Connection connection = users.database().open()) {
      Random random = new Random(onServer ? 1 : 2);
      Histories histories = users.histories(connection);
      List<List<Message>> model =
          new ArrayList<>(List.of(new ArrayList<>(histories.list(0)), new ArrayList<>()));
      for (int i = 0; i < 150; i++) {
        int user = random.nextInt(2);
        change(histories, user, model.get(user), random, i);
        check(histories, user, model.get(user), random);
        if (onServer && i % 20 == 19) {
          Folding.run(users.database());
        }
      }
    }
  }

  private static void change(
      Histories histories, long user, List<Message> model, Random random, int number) {
    Message next = Message.of("user", number + "\\\"]}\u0000\n🌒".repeat(random.nextInt(3)), TIME);
    int what = random.nextInt(30);
    if (what == 0) {
      boolean isThere = histories.has(user);
      assertThat(histories.clear(user)).isEqualTo(isThere);
      model.clear();
    } else if (what < 8) {
      Message old = model.isEmpty() ? MESSAGE : model.get(random.nextInt(model.size()));
      assertThat(histories.replace(user, old, next)).isEqualTo(model.contains(old));
      Collections.replaceAll(model, old, next);
    } else {
      histories.append(user, next);
      model.add(next);
    }
  }

  private static void check(Histories histories, long user, List<Message> model, Random random) {
    assertThat(histories.list(user)).isEqualTo(model);
    int before = random.nextInt(model.size() + 2) - 1;
    int limit = random.nextInt(model.size() + 2) - 1;
    int to = Math.max(0, Math.min(before, model.size()));
    int from = Math.max(0, to - Math.max(0, limit));
    assertThat(histories.page(user, before, limit))
        .isEqualTo(new Histories.Page(model.subList(from, to), from, model.size()));
    assertThat(histories.find(user, message -> true, 3))
        .isEqualTo(model.subList(Math.max(0, model.size() - 3), model.size()));
  }

  @Test
  void four_bots_append_to_the_same_users_and_nothing_is_lost_doubled_or_out_of_order()
      throws Exception {
    Users users = Users.on(PostgresServer.shared().freshDatabase());
    users.add(1, "[{\"content\": \"x 0\"}]");
    Map<String, Integer> appended = together(users, 200, () -> null);
    checkAll(users, appended);
  }

  /** A statement that waited for another there fails instead of seeing what that did. */
  private static Address repeatableReads() throws SQLException {
    Address address = PostgresServer.shared().freshDatabase();
    address.execute(
        "alter database %s set default_transaction_isolation to 'repeatable read'"
            .formatted(address.database()));
    return address;
  }

  @Test
  void many_append_to_one_user_of_a_server_that_reads_repeatably_by_default() throws Exception {
    Users users = Users.on(repeatableReads());
    Map<Long, List<String>> written = new TreeMap<>();
    for (long writer = 0; writer < 32; writer++) {
      String name = "writer " + writer + ": ";
      written.put(writer, IntStream.range(0, 20).mapToObj(i -> name + i).toList());
    }
    atOnce(
        users,
        32,
        (histories, writer) -> {
          for (String words : written.get(writer)) {
            histories.append(7, Message.of("user", words, TIME));
          }
        });
    users.use(
        histories -> {
          List<String> contents = histories.list(7).stream().map(Message::content).toList();
          assertThat(contents).hasSize(32 * 20);
          assertThat(written.values())
              .allSatisfy(words -> assertThat(contents).containsSubsequence(words));
        });
  }

  @Test
  void many_empty_and_replace_what_others_append_where_reads_repeat_by_default() throws Exception {
    Users users = Users.on(repeatableReads());
    atOnce(
        users,
        16,
        (histories, writer) -> {
          Message first = Message.of("user", writer + " first", TIME);
          for (int i = 0; i < 10; i++) {
            histories.append(7, first);
            histories.replace(7, first, Message.of("user", writer + " second", TIME));
            if (writer == 0) {
              histories.clear(7);
            }
          }
        });
    users.use(
        histories ->
            assertThat(histories.list(7))
                .hasSize(histories.page(7, Histories.END, 1).total())
                .noneMatch(message -> message.content().endsWith("first")));
  }

  /** The tables for what is appended are made by whoever needs them first. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void many_who_begin_at_the_same_moment_all_get_through(boolean readsRepeat) throws Exception {
    int writers = 32;
    for (int round = 0; round < 5; round++) {
      Users users =
          Users.on(readsRepeat ? repeatableReads() : PostgresServer.shared().freshDatabase());
      atOnce(
          users,
          writers,
          (histories, own) -> {
            histories.append(own, Message.of("user", "first", TIME));
            histories.append(own, Message.of("user", "second", TIME));
          });
      users.use(
          histories -> {
            for (long user = 0; user < writers; user++) {
              assertThat(histories.list(user))
                  .extracting(Message::content)
                  .containsExactly("first", "second");
            }
          });
    }
  }

  /** What a writer does, who has a number. */
  private interface Writing {
    void to(Histories histories, long writer);
  }

  /** Lets so many writers begin at the same moment, and waits until all have done their work. */
  private static void atOnce(Users users, int writers, Writing writing) throws Exception {
    CyclicBarrier moment = new CyclicBarrier(writers);
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Callable<Void>> all = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        long number = writer;
        all.add(
            () -> {
              users.use(
                  histories -> {
                    await(moment);
                    writing.to(histories, number);
                  });
              return null;
            });
      }
      for (Future<Void> one : threads.invokeAll(all)) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void await(CyclicBarrier moment) {
    try {
      moment.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void migrations_that_come_between_lose_nothing() throws Exception {
    Users users = Users.on(PostgresServer.shared().freshDatabase());
    users.add(1, "[{\"content\": \"x 0\"}]");
    Map<String, Integer> appended =
        together(
            users,
            50,
            () -> {
              for (int i = 0; i < 8; i++) {
                Folding.run(users.database());
              }
              return null;
            });
    checkAll(users, appended);
    Folding.run(users.database());
    checkAll(users, appended);
  }

  @Test
  void a_history_adds_up_that_is_emptied_migrated_and_written_at_once() throws Exception {
    Users users = Users.on(PostgresServer.shared().freshDatabase());
    Callable<Void> emptying =
        () -> {
          for (int i = 0; i < 12; i++) {
            users.use(histories -> histories.clear(0));
            users.use(histories -> histories.clear(1));
            if (i % 2 == 0) {
              Folding.run(users.database());
            }
          }
          return null;
        };
    for (int round = 0; round < 3; round++) {
      together(users, 10, emptying);
      users.use(
          histories -> {
            for (int user = 0; user < 2; user++) {
              Histories.Page newest = histories.page(user, Histories.END, 1);
              List<Message> all = histories.list(user);
              // Whoever empties may be the last one.
              assertThat(all).hasSize(newest.total());
              assertThat(newest.messages())
                  .isEqualTo(all.subList(Math.max(0, all.size() - 1), all.size()));
            }
          });
    }
  }

  @Test
  void nobody_empties_what_is_being_counted() throws Exception {
    PostgresServer server = PostgresServer.shared();
    Address address = server.freshDatabase();
    Users users = Users.on(address);
    users.add(1, "[{}, {}]");
    users.use(histories -> histories.append(9, MESSAGE));
    Thread clearing = new Thread(() -> clear(users, 1));
    CellArrays.Text counting =
        new Counting(
            () -> {
              clearing.start();
              CellsIT.awaitThatItIsDoneOrWaits(clearing, server.asAdministrator(address));
              return 2;
            });
    try (Connection connection = users.database().open()) {
      users
          .database()
          .cells(users.database().jooq(connection))
          .arrays(new Cells.Column("users", "history"), "user_id", counting)
          .append(1, MESSAGE.json());
    }
    clearing.join();
    users.use(
        histories ->
            assertThat(histories.page(1, Histories.END, 1))
                .isEqualTo(new Histories.Page(List.of(), 0, 0)));
  }

  private static void clear(Users users, long user) {
    try {
      users.use(histories -> histories.clear(user));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does something else while it counts. */
  private record Counting(IntSupplier count) implements CellArrays.Text {
    @Override
    public byte[] utf8(Cells.Cell cell) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int count(byte[] text) {
      return count.getAsInt();
    }

    @Override
    public byte[] append(byte[] text, String element) {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] replace(byte[] text, String old, String replacement) {
      throw new UnsupportedOperationException();
    }
  }

  /** Four append to two users, as long as something else is done; returns how often each did. */
  private static Map<String, Integer> together(Users users, int least, Callable<Void> meanwhile)
      throws Exception {
    ExecutorService bots = Executors.newFixedThreadPool(4);
    AtomicBoolean ended = new AtomicBoolean();
    try {
      Map<String, Future<Integer>> all = new TreeMap<>();
      for (String name : List.of("a", "b", "c", "d")) {
        all.put(name, bots.submit(() -> appendAll(users, name, least, ended)));
      }
      try {
        meanwhile.call();
      } finally {
        ended.set(true);
      }
      Map<String, Integer> appended = new TreeMap<>();
      for (Map.Entry<String, Future<Integer>> one : all.entrySet()) {
        appended.put(one.getKey(), one.getValue().get());
      }
      return appended;
    } finally {
      bots.shutdownNow();
    }
  }

  private static int appendAll(Users users, String name, int least, AtomicBoolean ended)
      throws SQLException {
    int[] count = {0};
    users.use(
        histories -> {
          for (; count[0] < least || !ended.get(); count[0]++) {
            histories.append(count[0] % 2, Message.of("user", name + " " + count[0], TIME));
          }
        });
    return count[0];
  }

  private static void checkAll(Users users, Map<String, Integer> appended) throws SQLException {
    users.use(
        histories -> {
          for (int user = 0; user < 2; user++) {
            int half = user;
            List<String> contents = histories.list(user).stream().map(Message::content).toList();
            appended.forEach(
                (name, count) ->
                    assertThat(contents.stream().filter(c -> c.startsWith(name)))
                        .containsExactlyElementsOf(
                            IntStream.range(0, count)
                                .filter(i -> i % 2 == half)
                                .mapToObj(i -> name + " " + i)
                                .toList()));
            assertThat(contents.stream().filter(c -> c.startsWith("x"))).hasSize(user);
          }
        });
  }
}
