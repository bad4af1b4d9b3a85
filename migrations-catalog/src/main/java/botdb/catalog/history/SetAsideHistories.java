package botdb.catalog.history;

import static botdb.catalog.schema.current.tables.Users.USERS;

import botdb.catalog.json.CellEncoding;
import botdb.catalog.json.JsonFault;
import botdb.catalog.migrations.LateHistory;
import botdb.catalog.setaside.SetAsideTable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.Param;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The histories that migrations set aside: list them, take their content out, put them back.
 *
 * <pre>{@code
 * SetAsideHistories aside = SetAsideHistories.in(dsl);
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

  private final DSLContext dsl;
  private final CellEncoding encoding;

  private SetAsideHistories(DSLContext dsl, CellEncoding encoding) {
    this.dsl = dsl;
    this.encoding = encoding;
  }

  /** Returns the histories set aside in the database behind a context. */
  public static SetAsideHistories in(DSLContext dsl) {
    return new SetAsideHistories(dsl, CellEncoding.of(dsl));
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
    if (!dsl.connectionResult(SetAsideTable::exists)) {
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
    Cell cell = cell(DSL.name("set_aside"), DSL.name("cell"), DSL.condition("id = ?", aside.id()));
    try {
      return cell.utf8(encoding);
    } catch (JsonFault e) {
      return cell.bytes;
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
    return locked(() -> putBackLocked(aside, older));
  }

  private PutBack putBackLocked(SetAsideHistory aside, byte[] older) {
    Condition isUser = userOf(aside);
    Cell cell = cell(USERS.getUnqualifiedName(), USERS.HISTORY.getUnqualifiedName(), isUser);
    JoinedHistory joined = join(older, cell);
    boolean blob = cell.type.equals("blob");
    Param<?> value =
        blob ? DSL.val(joined.text()) : DSL.val(new String(joined.text(), StandardCharsets.UTF_8));
    dsl.execute(
        "UPDATE {0} SET {1} = {2} WHERE {3}",
        USERS, USERS.HISTORY.getUnqualifiedName(), value, isUser);
    dsl.execute("DELETE FROM set_aside WHERE id = {0}", DSL.val(aside.id()));
    return new PutBack(joined.older(), joined.newer());
  }

  /** The one row that the history was taken from. */
  private Condition userOf(SetAsideHistory aside) {
    Object key =
        dsl.fetchValue("SELECT key_name FROM set_aside WHERE id = {0}", DSL.val(aside.id()));
    if (key == null) {
      throw new NotPutBackException(
          "it is not set aside any more", "see what set-aside list shows");
    }
    if (!USERS.USER_ID.getName().equalsIgnoreCase(key.toString())) {
      throw new NotPutBackException(
          "its row had no user_id, and cannot be told from others any more",
          "export it, and write it where it belongs");
    }
    Condition isUser =
        DSL.condition(
            "{0} = (SELECT key FROM set_aside WHERE id = {1})",
            USERS.USER_ID.getUnqualifiedName(), DSL.val(aside.id()));
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

  private JoinedHistory join(byte[] older, Cell since) {
    byte[] newer = since.bytes;
    try {
      newer = since.utf8(encoding);
      return JoinedHistory.of(older, newer);
    } catch (JsonFault e) {
      throw new NotPutBackException(
          "what stands in its place by now cannot be read: " + e.describe(newer),
          "repair or empty the present history first, then put it back");
    }
  }

  /** A cell as it lies there; of no bytes if it is NULL. */
  private record Cell(String type, byte[] bytes) {

    byte[] utf8(CellEncoding encoding) {
      return type.equals("text") ? encoding.toUtf8(bytes) : bytes;
    }
  }

  private Cell cell(Name table, Name column, Condition condition) {
    Record row =
        dsl.fetchSingle(
            "SELECT typeof({0}), CAST({0} AS BLOB) FROM {1} WHERE {2}", column, table, condition);
    byte @Nullable [] bytes = row.get(1, byte[].class);
    return new Cell(row.get(0, String.class), bytes == null ? new byte[0] : bytes);
  }

  /**
   * Begins and ends in SQL: jOOQ's transactions begin the next one after the commit, and would
   * report that one's failure as if it were the commit's.
   */
  private <T> T locked(Supplier<T> work) {
    dsl.execute("BEGIN IMMEDIATE");
    try {
      T result = work.get();
      dsl.execute("COMMIT");
      return result;
    } catch (RuntimeException | Error e) {
      try {
        dsl.execute("ROLLBACK");
      } catch (DataAccessException rollback) {
        e.addSuppressed(rollback);
      }
      throw e;
    }
  }
}
