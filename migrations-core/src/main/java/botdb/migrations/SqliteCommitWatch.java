package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;

/** Hears of every commit from SQLite itself. */
final class SqliteCommitWatch implements WriteLock.CommitWatch, SQLiteCommitListener {
  private final SQLiteConnection connection;
  private boolean seen;

  private SqliteCommitWatch(SQLiteConnection connection) {
    this.connection = connection;
  }

  static SqliteCommitWatch on(Connection connection) throws SQLException {
    SqliteCommitWatch watch = new SqliteCommitWatch(connection.unwrap(SQLiteConnection.class));
    watch.connection.addCommitListener(watch);
    return watch;
  }

  @Override
  public boolean seen() {
    return seen;
  }

  @Override
  public void onCommit() {
    seen = true;
  }

  @Override
  public void onRollback() {
    // What is rolled back does not stay.
  }

  @Override
  public void close() {
    connection.removeCommitListener(this);
  }
}
