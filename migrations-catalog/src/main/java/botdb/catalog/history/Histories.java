package botdb.catalog.history;

import static botdb.catalog.schema.current.tables.Users.USERS;

import botdb.catalog.Message;
import botdb.migrations.cells.CellArrays;
import botdb.migrations.cells.Cells;
import botdb.migrations.cells.Cells.Column;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The histories of all users: read, page through, search, append, clear.
 *
 * <p>Appending is one atomic statement; several bots may append to one user at once and nothing is
 * lost. A user is created by his first message. In a file the message is spliced in, and behind the
 * array of a long history spaces are kept in reserve for the next messages: one part in eight, 8
 * KiB at most. On a server it is a row of its own until the next migration puts it into the cell.
 *
 * <pre>{@code
 * Histories histories = Histories.in(database.cells(database.jooq(connection)));
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

  private final CellArrays arrays;

  private Histories(CellArrays arrays) {
    this.arrays = arrays;
  }

  /** Returns the histories of the database behind a context. */
  public static Histories in(Cells cells) {
    Column column = new Column(USERS.getName(), USERS.HISTORY.getName());
    return new Histories(cells.arrays(column, USERS.USER_ID.getName(), new MessageArrays()));
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
   * <p>Only the messages of the page are built. Where they are in the cell the whole of it is
   * checked, and where they were appended to it nothing else is read.
   *
   * @param before the position after the last message wanted; {@link #END} for the newest
   * @param limit how many messages at most
   */
  public Page page(long userId, int before, int limit) {
    Stored texts = Stored.of(arrays.stretch(userId, before, limit));
    int to = Math.max(0, Math.min(before, texts.total()));
    int from = Math.max(0, to - Math.max(0, limit));
    List<Message> messages = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      messages.add(texts.message(i));
    }
    return new Page(List.copyOf(messages), from, texts.total());
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
    Stored texts = whole(userId);
    Deque<Message> found = new ArrayDeque<>();
    for (int i = texts.total() - 1; i >= 0 && found.size() < limit; i--) {
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
    Stored texts = whole(userId);
    for (int i = 0; i < texts.total(); i++) {
      reader.accept(texts.message(i));
    }
    return texts.total();
  }

  private Stored whole(long userId) {
    return Stored.of(arrays.stretch(userId, END, END));
  }

  /** Returns whether there is such a user. */
  public boolean has(long userId) {
    return arrays.has(userId);
  }

  /**
   * Appends a message; creates the user if he is not there.
   *
   * @throws botdb.catalog.json.JsonFault if the history of the user is no JSON array of objects; it
   *     is left as it is
   */
  public void append(long userId, Message message) {
    arrays.append(userId, message.json());
  }

  /**
   * Puts a message into the place of another one, as one atomic change; every other byte stays.
   *
   * @param old the message as it is stored, to the letter; of several such, the newest at least is
   *     replaced
   * @return whether it was there
   */
  public boolean replace(long userId, Message old, Message replacement) {
    return arrays.replace(userId, old.json(), replacement.json());
  }

  /**
   * Empties the history of a user; the user stays.
   *
   * @return whether he is there
   */
  public boolean clear(long userId) {
    return arrays.clear(userId);
  }
}
