package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteConnection;

/** Waits for other processes, and says so once when it takes longer than a second. */
final class SqlitePatience {
  private static final Duration UNNOTICED = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

  private final Duration limit;
  private final Migrator.Listener listener;
  private boolean said;

  SqlitePatience(Duration limit, Migrator.Listener listener) {
    this.limit = limit;
    this.listener = listener;
  }

  /** Something that SQLite may refuse because another process holds the database. */
  interface SqlCall<T> {
    T call() throws SQLException;
  }

  <T> T waitFor(Connection connection, SqlCall<T> call) throws SQLException {
    Duration first = said || limit.compareTo(UNNOTICED) < 0 ? limit : UNNOTICED;
    setTimeout(connection, first);
    try {
      return call.call();
    } catch (SQLException e) {
      if (SqliteErrors.primaryCode(e) != SqliteErrors.BUSY || first.equals(limit)) {
        throw e;
      }
    }
    said = true;
    listener.waiting(limit);
    setTimeout(connection, limit.minus(first));
    return call.call();
  }

  /** A time as SQLite counts it: in an int, which is enough for 24 days. */
  static int millis(Duration timeout) {
    return (int) (timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout).toMillis();
  }

  private static void setTimeout(Connection connection, Duration timeout) throws SQLException {
    connection.unwrap(SQLiteConnection.class).setBusyTimeout(millis(timeout));
  }
}
