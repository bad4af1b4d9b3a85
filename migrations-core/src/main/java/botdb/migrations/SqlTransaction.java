package botdb.migrations;

import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;

/**
 * A transaction that is begun and ended in SQL.
 *
 * <p>Those of jOOQ begin with a savepoint, behind which nothing more can be said of the
 * transaction, or, on SQLite, begin the next one after the commit and report that one's failure as
 * if it were the commit's.
 */
final class SqlTransaction {
  private SqlTransaction() {}

  /** Does something between these words and a commit, or undoes it if it fails. */
  static <T> T of(DSLContext dsl, String begin, Supplier<T> work) {
    dsl.execute(begin);
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
