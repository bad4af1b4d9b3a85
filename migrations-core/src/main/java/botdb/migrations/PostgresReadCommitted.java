package botdb.migrations;

import java.util.function.Supplier;
import org.jooq.DSLContext;

/**
 * A transaction whose statements see what others have committed, also while it waited for them.
 *
 * <p>Where reads repeat by default, a statement that has waited for a row fails instead: whoever
 * tries again then may wait for the next one, as often as there are others. This is said for each
 * transaction, as behind a pooler the next one may be in another session. jOOQ's own transactions
 * begin with a savepoint, behind which it would be too late.
 */
final class PostgresReadCommitted {
  private PostgresReadCommitted() {}

  /** Does something on a connection that is in no transaction. */
  static <T> T transaction(DSLContext dsl, Supplier<T> work) {
    return SqlTransaction.of(dsl, "BEGIN ISOLATION LEVEL READ COMMITTED", work);
  }
}
