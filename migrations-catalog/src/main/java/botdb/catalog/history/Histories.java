package botdb.catalog.history;

import static botdb.catalog.schema.current.tables.Users.USERS;

import botdb.catalog.Message;
import botdb.catalog.json.CellEncoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.Record2;
import org.jooq.impl.DSL;

/**
 * The histories of all users: read, page through, search, append, clear.
 *
 * <p>Appending is one atomic statement that splices the message in; several bots may append to one
 * user at once and nothing is lost. A user is created by his first message. Behind the array of a
 * long history, spaces are kept in reserve for the next messages: one part in eight, 8 KiB at most.
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

  private final DSLContext dsl;
  private final CellEncoding encoding;
  private final Splice splice;

  private Histories(DSLContext dsl, CellEncoding encoding) {
    this.dsl = dsl;
    this.encoding = encoding;
    this.splice = Splice.in(dsl);
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
    MessageTexts texts = MessageTexts.of(utf8(userId));
    int to = Math.max(0, Math.min(before, texts.count()));
    int from = Math.max(0, to - Math.max(0, limit));
    List<Message> messages = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      messages.add(texts.message(i));
    }
    return new Page(List.copyOf(messages), from, texts.count());
  }

  /**
   * Returns the newest messages that somebody wants, oldest first.
   *
   * <p>The whole history is checked; the messages are built one at a time, from the newest on, and
   * only until enough are found.
   *
   * @param limit how many messages at most
   */
  public List<Message> find(long userId, Predicate<Message> wanted, int limit) {
    MessageTexts texts = MessageTexts.of(utf8(userId));
    Deque<Message> found = new ArrayDeque<>();
    for (int i = texts.count() - 1; i >= 0 && found.size() < limit; i--) {
      Message message = texts.message(i);
      if (wanted.test(message)) {
        found.addFirst(message);
      }
    }
    return List.copyOf(found);
  }

  /**
   * Gives all messages of a user to somebody, oldest first, one at a time.
   *
   * @return how many there are
   */
  public int forEach(long userId, Consumer<Message> reader) {
    MessageTexts texts = MessageTexts.of(utf8(userId));
    for (int i = 0; i < texts.count(); i++) {
      reader.accept(texts.message(i));
    }
    return texts.count();
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
    if (encoding != CellEncoding.UTF_8 || !splice.append(userId, message)) {
      // Under the write lock, so that two first messages at once become one user with two messages.
      dsl.transaction(
          locked -> new Histories(locked.dsl(), encoding).appendOrCreate(userId, message));
    }
  }

  /** Whatever else there is, or is not: no user, no messages yet, white space, UTF-16, a blob. */
  private void appendOrCreate(long userId, Message message) {
    if (!dsl.fetchExists(USERS, USERS.USER_ID.eq(userId))) {
      dsl.insertInto(USERS)
          .set(USERS.USER_ID, userId)
          .set(USERS.HISTORY, List.of(message))
          .execute();
      return;
    }
    write(userId, MessageTexts.of(utf8(userId)).with(message));
  }

  /**
   * Puts a message into the place of another one, as one atomic statement; every other byte stays.
   *
   * @param old the message as it is stored, to the letter
   * @return whether it was there
   */
  public boolean replace(long userId, Message old, Message replacement) {
    // Inside a string the quotes of an object are escaped, so that no text can be mistaken for one.
    int replaced =
        dsl.execute(
            """
            UPDATE {0} SET {1} = replace({1}, {4}, {5})
            WHERE {2} = {3} AND typeof({1}) = 'text' AND instr({1}, {4}) > 0
            """,
            USERS,
            USERS.HISTORY.getUnqualifiedName(),
            USERS.USER_ID.getUnqualifiedName(),
            DSL.val(userId),
            DSL.val(old.json()),
            DSL.val(replacement.json()));
    return replaced > 0
        || dsl.transactionResult(
            locked ->
                new Histories(locked.dsl(), encoding).replaceInBlob(userId, old, replacement));
  }

  private boolean replaceInBlob(long userId, Message old, Message replacement) {
    List<Message> messages = new ArrayList<>(list(userId));
    if (!Collections.replaceAll(messages, old, replacement)) {
      return false;
    }
    writeBlob(userId, messages);
    return true;
  }

  private void writeBlob(long userId, List<Message> messages) {
    String texts = messages.stream().map(Message::json).collect(Collectors.joining(", "));
    write(userId, ("[" + texts + "]").getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a text in UTF-8; what was a blob stays one, everything else becomes text. */
  private void write(long userId, byte[] text) {
    dsl.execute(
        """
        UPDATE {0} SET {1} = iif(typeof({1}) = 'blob', {2}, CAST({3} AS TEXT)) WHERE {4} = {5}
        """,
        USERS,
        USERS.HISTORY.getUnqualifiedName(),
        DSL.val(text),
        encoding == CellEncoding.UTF_8
            ? DSL.val(text)
            : DSL.val(new String(text, StandardCharsets.UTF_8)),
        USERS.USER_ID.getUnqualifiedName(),
        DSL.val(userId));
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
