package botdb.catalog.history;

import static botdb.catalog.schema.current.tables.Users.USERS;

import botdb.catalog.json.JsonArrayScanner;
import botdb.catalog.json.JsonDialect;
import botdb.catalog.json.JsonFault;
import botdb.migrations.cells.Cells;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * On which days the messages of all users were written.
 *
 * <p>Memory is needed for one history and one number a day. A history that cannot be read counts as
 * empty, and so does a message without a time.
 *
 * <pre>{@code
 * Map<String, Long> counts = MessageDays.count(database.cells(jooq), "2025-11-01", "2025-11-30");
 * }</pre>
 */
public final class MessageDays {
  private static final String TIMESTAMP = "timestamp";
  private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-1][0-9]-[0-3][0-9]");
  private static final int DAY_LENGTH = 10;

  private final MessageArrays arrays = new MessageArrays();
  private final Map<String, Long> counts = new TreeMap<>();
  private final String first;
  private final String last;

  private MessageDays(String first, String last) {
    this.first = first;
    this.last = last;
  }

  /**
   * Counts the messages of the days from a first to a last one, {@code 2025-11-05}; writes nothing.
   *
   * @return how many, for each day that has any
   * @throws org.jooq.exception.DataAccessException if the database fails
   */
  public static Map<String, Long> count(Cells cells, String first, String last) {
    MessageDays days = new MessageDays(first, last);
    Cells.Column histories = new Cells.Column(USERS.getName(), USERS.HISTORY.getName());
    // Looks into every cell as if for faults, and has nothing against any.
    cells.find(
        histories,
        cells.key(USERS.getName(), USERS.USER_ID.getName()),
        cell -> {
          days.add(days.utf8(cell));
          return null;
        },
        (key, fault) -> {});
    return days.counts;
  }

  private byte[] utf8(Cells.Cell cell) {
    try {
      return arrays.utf8(cell);
    } catch (JsonFault e) {
      return new byte[0];
    }
  }

  private void add(byte[] text) {
    Map<String, Long> found = new TreeMap<>();
    JsonArrayScanner scanner = new JsonArrayScanner(text, TIMESTAMP, JsonDialect.PYTHON);
    try {
      while (text.length > 0 && scanner.next()) {
        if (scanner.isNamed()) {
          add(text, scanner.namedValue(), found);
        }
      }
    } catch (JsonFault e) {
      return;
    }
    found.forEach((day, count) -> counts.merge(day, count, Long::sum));
  }

  /** A time is a day, a space and more; others are none. */
  private void add(byte[] text, int value, Map<String, Long> found) {
    int end = value + 1 + DAY_LENGTH;
    if (text[value] != '"' || end >= text.length || text[end] != ' ') {
      return;
    }
    String day = new String(text, value + 1, DAY_LENGTH, StandardCharsets.ISO_8859_1);
    if (day.compareTo(first) >= 0 && day.compareTo(last) <= 0 && DAY.matcher(day).matches()) {
      found.merge(day, 1L, Long::sum);
    }
  }
}
