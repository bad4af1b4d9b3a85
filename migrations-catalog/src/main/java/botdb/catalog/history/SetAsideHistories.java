package botdb.catalog.history;

import static botdb.catalog.schema.current.tables.Users.USERS;

import botdb.catalog.json.JsonFault;
import botdb.catalog.migrations.LateHistory;
import botdb.catalog.setaside.SetAsideTable;
import botdb.migrations.Database;
import botdb.migrations.cells.Cells;
import botdb.migrations.cells.Cells.Cell;
import botdb.migrations.cells.Cells.Column;
import java.util.List;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Param;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/**
 * The histories that migrations set aside: list them, take their content out, put them back.
 *
 * <pre>{@code
 * SetAsideHistories aside = SetAsideHistories.in(database, dsl);
 * SetAsideHistory first = aside.list("42").get(0);
 * aside.putBack(first, repaired);   // before what user 42 has written since
 * }</pre>
 *
 * <p>Every method throws {@link DataAccessException} if the database fails.
 */
public final class SetAsideHistories {
  private static final String ROWS =
      """
      SELECT id, coalesce(CAST(key AS TEXT), 'null'), set_aside_at, migration, reason,
        coalesce(octet_length(cell), 0)
      FROM set_aside
      WHERE lower(table_name) = {0} AND lower(column_name) = {1} AND {2}
      ORDER BY id
      """;

  private static final String OF_USER = "coalesce(CAST(key AS TEXT), 'null') = {0}";

  private static final Column SET_ASIDE = new Column("set_aside", "cell");

  private static final Column HISTORY = new Column(USERS.getName(), USERS.HISTORY.getName());

  private final DSLContext dsl;
  private final Cells cells;
  private final MessageArrays arrays = new MessageArrays();

  private SetAsideHistories(DSLContext dsl, Cells cells) {
    this.dsl = dsl;
    this.cells = cells;
  }

  /** Returns the histories set aside in the database behind a context. */
  public static SetAsideHistories in(Database database, DSLContext dsl) {
    return new SetAsideHistories(dsl, database.cells(dsl));
  }

  /** Returns all of them, in the order in which they were set aside. */
  public List<SetAsideHistory> list() {
    return rows(DSL.trueCondition());
  }

  /** Returns those of one user, as {@link SetAsideHistory#user()} names him, the newest last. */
  public List<SetAsideHistory> list(String user) {
    return rows(DSL.condition(OF_USER, DSL.val(user)));
  }

  private List<SetAsideHistory> rows(Condition condition) {
    if (!SetAsideTable.exists(cells)) {
      return List.of();
    }
    Param<String> table = DSL.val(USERS.getName());
    Param<String> column = DSL.val(USERS.HISTORY.getName());
    return dsl.resultQuery(ROWS, table, column, condition)
        .fetch(
            row ->
                new SetAsideHistory(
                    row.get(0, Long.class),
                    row.get(1, String.class),
                    row.get(2, String.class),
                    row.get(3, String.class),
                    row.get(4, String.class),
                    row.get(5, Long.class)));
  }

  /**
   * Returns the content exactly as it was: a text in UTF-8, a blob as it is. What is no text in the
   * encoding of the database is returned as the bytes that lie there.
   */
  public byte[] content(SetAsideHistory aside) {
    Cell cell = cells.read(SET_ASIDE, DSL.condition("id = ?", aside.id()));
    try {
      return arrays.utf8(cell);
    } catch (JsonFault e) {
      return cell.bytes();
    }
  }

  /**
   * What was put back.
   *
   * @param messages how many messages came back
   * @param since how many messages were written since and stand after them
   */
  public record PutBack(int messages, int since) {}

  /**
   * Puts a history back before what was written since, and takes it out of {@code set_aside}; both
   * in one transaction under the write lock. Messages get what the migrations since then gave to
   * all others.
   *
   * @param text the history, repaired, in UTF-8
   * @throws NotPutBackException if the text is no JSON array of objects, or has no place to go to;
   *     nothing is changed
   */
  public PutBack putBack(SetAsideHistory aside, byte[] text) {
    byte[] older;
    try {
      older = LateHistory.bringUp(text, aside.migration());
    } catch (JsonFault e) {
      throw new NotPutBackException(
          "it cannot be read yet: " + e.describe(text),
          "export it, repair this place, then give the file to set-aside put-back");
    }
    return cells.locked(() -> putBackLocked(aside, older));
  }

  private PutBack putBackLocked(SetAsideHistory aside, byte[] older) {
    Condition isUser = userOf(aside);
    JoinedHistory joined = join(older, cells.readWhole(HISTORY, isUser));
    cells.writeWhole(HISTORY, isUser, joined.text());
    if (dsl.execute("DELETE FROM set_aside WHERE id = {0}", DSL.val(aside.id())) == 0) {
      throw isGone(); // somebody else was first, and this is rolled back
    }
    return new PutBack(joined.older(), joined.newer());
  }

  /** The one row that the history was taken from. */
  private Condition userOf(SetAsideHistory aside) {
    Object key =
        dsl.fetchValue("SELECT key_name FROM set_aside WHERE id = {0}", DSL.val(aside.id()));
    if (key == null) {
      throw isGone();
    }
    if (!USERS.USER_ID.getName().equalsIgnoreCase(key.toString())) {
      throw new NotPutBackException(
          "its row had no user_id, and cannot be told from others any more",
          "export it, and write it where it belongs");
    }
    Condition isUser = cells.isKeyOfSetAside(DSL.name(USERS.USER_ID.getName()), aside.id());
    int rows = dsl.fetchCount(USERS, isUser);
    if (rows != 1) {
      throw new NotPutBackException(
          rows == 0 ? "this user is not there any more" : rows + " rows are of this user",
          rows == 0
              ? "let him write first, which makes him a user again, then put it back"
              : "make them one row, then put it back");
    }
    return isUser;
  }

  private static NotPutBackException isGone() {
    return new NotPutBackException("it is not set aside any more", "see what set-aside list shows");
  }

  private JoinedHistory join(byte[] older, Cell since) {
    byte[] newer = since.bytes();
    try {
      newer = arrays.utf8(since);
      return JoinedHistory.of(older, newer);
    } catch (JsonFault e) {
      throw new NotPutBackException(
          "what stands in its place by now cannot be read: " + e.describe(newer),
          "repair or empty the present history first, then put it back");
    }
  }
}
