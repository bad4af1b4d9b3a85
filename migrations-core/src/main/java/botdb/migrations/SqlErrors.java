package botdb.migrations;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the errors of a database mean to its owner, and to the runner. */
interface SqlErrors {

  /**
   * Returns what to say of an error.
   *
   * @param applied what this run had already committed
   */
  MigrationException explain(SQLException error, List<String> applied);

  /** Returns the error of the database behind whatever was thrown; null if there is none. */
  @Nullable SQLException in(Throwable thrown);

  /** Returns the words of the database for an error, with nothing in them of what a row holds. */
  String words(SQLException error);

  /** Returns whether a table or a column that was named is not there. */
  boolean isMissing(SQLException error);

  /** Returns whether a statement was refused because another one of its own is still open. */
  boolean isOwnCursor(SQLException error);
}
