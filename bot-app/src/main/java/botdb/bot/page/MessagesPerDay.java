package botdb.bot.page;

import botdb.catalog.history.MessageDays;
import botdb.migrations.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * How many messages were written on each of the last days.
 *
 * @param first the first of the days
 * @param counts how many, a day each
 */
record MessagesPerDay(LocalDate first, List<Long> counts) {
  /** Copies the counts. */
  MessagesPerDay {
    counts = List.copyOf(counts);
  }

  /** Counts the days up to a last one. */
  static MessagesPerDay count(Database file, LocalDate last, int days) {
    LocalDate first = last.minusDays(days - 1L);
    Map<String, Long> found = count(file, first.toString(), last.toString());
    return new MessagesPerDay(
        first,
        LongStream.range(0, days)
            .mapToObj(day -> found.getOrDefault(first.plusDays(day).toString(), 0L))
            .toList());
  }

  private static Map<String, Long> count(Database file, String first, String last) {
    try (Connection connection = file.openReadOnly()) {
      return MessageDays.count(file.cells(file.jooq(connection)), first, last);
    } catch (SQLException e) {
      throw file.explain(e);
    }
  }

  LocalDate last() {
    return first.plusDays(counts.size() - 1L);
  }

  long most() {
    return counts.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  long sum() {
    return counts.stream().mapToLong(Long::longValue).sum();
  }
}
