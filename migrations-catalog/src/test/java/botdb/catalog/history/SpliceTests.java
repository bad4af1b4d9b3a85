package botdb.catalog.history;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.catalog.Message;
import botdb.catalog.TestDatabase;
import botdb.catalog.migrations.Snapshots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpliceTests {
  private static final LocalDateTime TIME = LocalDateTime.of(2025, 11, 5, 15, 30, 45);
  private static final Message MESSAGE = Message.of("user", "ёж 😀 ? {0} ' %s", TIME);
  private static final int SPARE = 8192;
  private static final int PAGE = 4096;
  private static final int FRAME = PAGE + 24;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 250, 300, 340, 1000})
  void leaves_the_messages_as_they_are_and_behind_them_nothing_but_spaces(int before)
      throws SQLException {
    try (TestDatabase database = history(array(before))) {
      Histories histories = Histories.in(database.cells());
      int longest = 0;
      for (int i = 1; i <= 120; i++) {
        histories.append(1, MESSAGE);
        String text = text(database);
        String trimmed = text.stripTrailing();
        assertThat(trimmed.equals(array(before + i)))
            .as("the messages after append %d", i)
            .isTrue();
        int spare = text.length() - trimmed.length();
        int size = trimmed.getBytes(StandardCharsets.UTF_8).length;
        assertThat(spare).isLessThanOrEqualTo(Math.min(SPARE, (size + SPARE) / 8));
        longest = Math.max(longest, spare);
      }
      assertThat(histories.page(1, Histories.END, 1).total()).isEqualTo(before + 120);
      if (before == 1) {
        assertThat(longest).as("spaces behind a short history").isZero();
      } else {
        assertThat(longest).as("spaces behind a long history").isPositive();
      }
    }
  }

  /** The messages to come find room: the cell keeps its size, and most of its pages stay. */
  @Test
  void writes_only_the_pages_that_change() throws SQLException, IOException {
    try (TestDatabase database = history(array(3000))) {
      database.rows("PRAGMA journal_mode = WAL");
      database.rows("PRAGMA wal_autocheckpoint = 0");
      Histories histories = Histories.in(database.cells());
      Path log = Path.of(database.file().file() + "-wal");
      database.dsl().execute("UPDATE users SET username = 'a'");
      long whole = grownBy(log, () -> histories.append(1, MESSAGE));
      assertThat(whole).isGreaterThan(array(3000).length());
      for (int i = 0; i < SPARE / (MESSAGE.json().length() + 20); i++) {
        assertThat(grownBy(log, () -> histories.append(1, MESSAGE)))
            .as("append %d", i)
            .isBetween((long) FRAME, 3L * FRAME);
      }
    }
  }

  private static long grownBy(Path log, Runnable work) throws IOException {
    long before = Files.size(log);
    work.run();
    return Files.size(log) - before;
  }

  /** What another program left there, and what is shorter than a message. */
  @ParameterizedTest
  @CsvSource({"0", "1", "70", "71", "72", "73", "74", "75", "76", "77", "78", "79", "80", "8192"})
  void fills_the_spaces_that_it_finds(int spaces) throws SQLException {
    try (TestDatabase database = history(array(1) + " ".repeat(spaces))) {
      Histories.in(database.cells()).append(1, MESSAGE);
      int growth = array(2).getBytes(StandardCharsets.UTF_8).length;
      growth -= array(1).getBytes(StandardCharsets.UTF_8).length;
      assertThat(text(database)).isEqualTo(array(2) + " ".repeat(Math.max(0, spaces - growth)));
    }
  }

  /** More spaces than it ever leaves: the whole history is read then, and written without them. */
  @Test
  void takes_no_more_spaces_for_its_own_than_it_leaves() throws SQLException {
    try (TestDatabase database = history(array(1) + " ".repeat(SPARE + 1))) {
      Histories.in(database.cells()).append(1, MESSAGE);
      assertThat(text(database)).isEqualTo(array(2));
    }
  }

  @Test
  void what_is_read_replaced_and_cleared_does_not_mind_the_spaces() throws SQLException {
    try (TestDatabase database = history(array(1000))) {
      Histories histories = Histories.in(database.cells());
      histories.append(1, Message.of("assistant", "…", TIME));
      Message last = Message.of("assistant", "done", TIME);
      assertThat(histories.replace(1, Message.of("assistant", "…", TIME), last)).isTrue();
      histories.append(1, MESSAGE);
      assertThat(histories.page(1, Histories.END, 2).messages()).containsExactly(last, MESSAGE);
      assertThat(text(database).endsWith(" ")).isTrue();
      assertThat(database.rows("SELECT json_valid(history), json_array_length(history) FROM users"))
          .containsExactly("1|1002");
      histories.clear(1);
      assertThat(text(database)).isEqualTo("[]");
    }
  }

  private TestDatabase history(String text) throws SQLException {
    TestDatabase database = TestDatabase.of(folder, Snapshots.sql(1));
    database.dsl().execute("INSERT INTO users (user_id, history) VALUES (1, ?)", text);
    return database;
  }

  private static String array(int messages) {
    return "[" + String.join(", ", Collections.nCopies(messages, MESSAGE.json())) + "]";
  }

  private static String text(TestDatabase database) throws SQLException {
    return database.rows("SELECT history FROM users").get(0);
  }
}
