package botdb.bot.page;

import botdb.catalog.schema.current.tables.Users;
import botdb.migrations.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * How many messages were written on each of the last days.
 *
 * @param first the first of the days
 * @param counts how many, a day each
 */
record MessagesPerDay(LocalDate first, List<Long> counts) {
  /**
   * SQLite counts: memory is needed for one history and one number a day. A history that cannot be
   * read counts as empty.
   */
  private static final String QUERY =
      """
      SELECT substr(json_extract(message.value, '$.timestamp'), 1, 10) AS day, count(*)
      FROM %1$s, json_each(iif(json_valid(%1$s.%2$s, 2), %1$s.%2$s, '[]')) AS message
      WHERE message.type = 'object'
        AND json_extract(message.value, '$.timestamp') GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9] *'
        AND day BETWEEN ? AND ?
      GROUP BY day
      """
          .formatted(Users.USERS.getName(), Users.USERS.HISTORY.getName());

  /** Copies the counts. */
  MessagesPerDay {
    counts = List.copyOf(counts);
  }

  /** Counts the days up to a last one. */
  static MessagesPerDay count(Database file, LocalDate last, int days) {
    LocalDate first = last.minusDays(days - 1L);
    Map<String, Long> found = new TreeMap<>();
    try (Connection connection = file.openReadOnly();
        PreparedStatement query = connection.prepareStatement(QUERY)) {
      query.setString(1, first.toString());
      query.setString(2, last.toString());
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getString(1), rows.getLong(2));
        }
      }
    } catch (SQLException e) {
      throw file.explain(e);
    }
    return new MessagesPerDay(
        first,
        LongStream.range(0, days)
            .mapToObj(day -> found.getOrDefault(first.plusDays(day).toString(), 0L))
            .toList());
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
