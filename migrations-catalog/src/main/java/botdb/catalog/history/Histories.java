package botdb.catalog.history;

import static botdb.catalog.schema.current.tables.Users.USERS;

import botdb.catalog.Message;
import botdb.catalog.json.CellEncoding;
import botdb.catalog.json.JsonArrayScanner;
import botdb.catalog.json.JsonDialect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.jooq.impl.DSL;

/**
 * The histories of all users: read, page through, append, clear.
 *
 * <p>Appending is one atomic statement that splices the message in; several bots may append to one
 * user at once and nothing is lost. A user is created by his first message.
 *
 * <pre>{@code
 * Histories histories = Histories.in(DSL.using(file.open(), SQLDialect.SQLITE));
 * histories.append(42, Message.of("user", "Hello!", LocalDateTime.now(ZoneOffset.UTC)));
 * histories.page(42, Histories.END, 20).messages();   // the newest twenty, oldest first
 * }</pre>
 *
 * <p>Every method throws {@link org.jooq.exception.DataAccessException} if the database fails, and
 * those that read {@link botdb.catalog.json.JsonFault} if a history is no JSON array of objects.
 */
public final class Histories {

  /** The position after the newest message of any history. */
  public static final int END = Integer.MAX_VALUE;

  private static final String WHITE_SPACE = "' ' || char(9, 10, 13)";

  private static final String TRIMMED = "rtrim({1}, " + WHITE_SPACE + ")";

  /** The array without its last bracket. */
  private static final String OPEN = "substr(" + TRIMMED + ", 1, length(" + TRIMMED + ") - 1)";

  private static final String APPEND =
      """
      UPDATE {0}
      SET {1} = CASE coalesce({1}, '')
        WHEN '' THEN '[' || {4} || ']'
        ELSE %1$s || iif(trim(%1$s, %2$s) = '[', '', ', ') || {4} || ']'
      END
      WHERE {2} = {3}
        AND (coalesce({1}, '') = '' OR (typeof({1}) = 'text' AND trim({1}, %2$s) GLOB '[[]*]'))
      """
          .formatted(OPEN, WHITE_SPACE);

  private final DSLContext dsl;
  private final CellEncoding encoding;

  private Histories(DSLContext dsl, CellEncoding encoding) {
    this.dsl = dsl;
    this.encoding = encoding;
  }

  /** Returns the histories of the database behind a context. */
  public static Histories in(DSLContext dsl) {
    return new Histories(dsl, CellEncoding.of(dsl));
  }

  /**
   * A stretch of a history.
   *
   * @param messages the messages, oldest first
   * @param first the position of the first of them, from 0; what to page back from
   * @param total how many messages the whole history has
   */
  public record Page(List<Message> messages, int first, int total) {}

  /** Returns all messages of a user, oldest first; none for a user who is not there. */
  public List<Message> list(long userId) {
    return page(userId, END, Integer.MAX_VALUE).messages();
  }

  /**
   * Returns the newest messages before a position.
   *
   * <p>The whole history is checked; only the messages of the page are built.
   *
   * @param before the position after the last message wanted; {@link #END} for the newest
   * @param limit how many messages at most
   */
  public Page page(long userId, int before, int limit) {
    byte[] text = utf8(userId);
    int[] starts = new int[64];
    int[] ends = new int[64];
    int count = 0;
    JsonArrayScanner scanner = new JsonArrayScanner(text, "", JsonDialect.PYTHON);
    while (text.length > 0 && scanner.next()) {
      if (count == starts.length) {
        starts = Arrays.copyOf(starts, count * 2);
        ends = Arrays.copyOf(ends, count * 2);
      }
      starts[count] = scanner.start();
      ends[count++] = scanner.end();
    }
    int to = Math.max(0, Math.min(before, count));
    int from = Math.max(0, to - Math.max(0, limit));
    List<Message> messages = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      messages.add(
          Message.parse(new String(text, starts[i], ends[i] - starts[i], StandardCharsets.UTF_8)));
    }
    return new Page(List.copyOf(messages), from, count);
  }

  /** The cell as UTF-8; empty where there is none. */
  private byte[] utf8(long userId) {
    Record2<String, byte[]> cell =
        dsl.select(
                DSL.field("typeof({0})", String.class, USERS.HISTORY),
                DSL.field("CAST({0} AS BLOB)", byte[].class, USERS.HISTORY))
            .from(USERS)
            .where(USERS.USER_ID.eq(userId))
            .fetchOne();
    if (cell == null || cell.value2() == null) {
      return new byte[0];
    }
    return "text".equals(cell.value1()) ? encoding.toUtf8(cell.value2()) : cell.value2();
  }

  /**
   * Appends a message; creates the user if he is not there.
   *
   * @throws botdb.catalog.json.JsonFault if the history of the user is no JSON array of objects; it
   *     is left as it is
   */
  public void append(long userId, Message message) {
    if (splice(dsl, userId, message) == 0) {
      // Under the write lock, so that two first messages at once become one user with two messages.
      dsl.transaction(
          locked -> new Histories(locked.dsl(), encoding).appendOrCreate(userId, message));
    }
  }

  private void appendOrCreate(long userId, Message message) {
    if (splice(dsl, userId, message) > 0) {
      return;
    }
    if (dsl.fetchExists(USERS, USERS.USER_ID.eq(userId))) {
      appendToBlob(userId, message);
      return;
    }
    dsl.insertInto(USERS).set(USERS.USER_ID, userId).set(USERS.HISTORY, List.of(message)).execute();
  }

  /**
   * Blobs cannot be joined in SQL: the list is read, which refuses what is none, and written again.
   */
  private void appendToBlob(long userId, Message message) {
    List<Message> messages = new ArrayList<>(list(userId));
    messages.add(message);
    String texts = messages.stream().map(Message::json).collect(Collectors.joining(", "));
    byte[] bytes = ("[" + texts + "]").getBytes(StandardCharsets.UTF_8);
    dsl.execute(
        "UPDATE {0} SET {1} = {2} WHERE {3} = {4}",
        USERS,
        USERS.HISTORY.getUnqualifiedName(),
        DSL.val(bytes),
        USERS.USER_ID.getUnqualifiedName(),
        DSL.val(userId));
  }

  private static int splice(DSLContext context, long userId, Message message) {
    return context.execute(
        APPEND,
        USERS,
        USERS.HISTORY.getUnqualifiedName(),
        USERS.USER_ID.getUnqualifiedName(),
        DSL.val(userId),
        DSL.val(message.json()));
  }

  /**
   * Empties the history of a user; the user stays.
   *
   * @return whether he is there
   */
  public boolean clear(long userId) {
    return dsl.update(USERS).set(USERS.HISTORY, List.of()).where(USERS.USER_ID.eq(userId)).execute()
        > 0;
  }
}
