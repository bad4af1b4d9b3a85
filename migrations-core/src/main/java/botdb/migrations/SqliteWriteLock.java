package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConnection;

/**
 * A connection that writes in transactions, each under SQLite's write lock.
 *
 * <p>Begins and ends in SQL and not through {@link Connection#setAutoCommit}: the driver's {@code
 * commit()} begins the next transaction at once and reports that one's failure as if it were the
 * commit's.
 */
final class SqliteWriteLock extends WriteLock {
  /**
   * What does not fit into the cache is written before the commit, and each time the journal has to
   * be on the disk first: with SQLite's own two megabytes 1,200 times for a database of a gigabyte.
   */
  private static final String CACHE = "PRAGMA cache_size = -16384";

  private static final String JOURNAL_MODE = "PRAGMA journal_mode";

  /** More than most transactions put into it; what is longer is cut off after each. */
  private static final String KEPT_JOURNAL = "PRAGMA journal_size_limit = 65536";

  private final SqliteFile file;
  private final SqlitePatience patience;
  private Connection connection;
  private boolean keepsJournal;
  private @Nullable SqliteWholeJournal whole;

  private SqliteWriteLock(SqliteFile file, SqlitePatience patience) {
    this.file = file;
    this.patience = patience;
    this.connection = connect();
  }

  private Connection connect() {
    Connection opened = file.open();
    try {
      Sql.run(opened, CACHE);
      return opened;
    } catch (SQLException e) {
      throw file.explain(e);
    }
  }

  /** Opens the database for writing; {@link #begin} takes the lock. */
  static SqliteWriteLock open(SqliteFile file, Migrator.Listener listener) {
    return new SqliteWriteLock(file, new SqlitePatience(file.patience(), listener));
  }

  /**
   * Rebuilding a table that others refer to deletes their rows while keys are on, and they can only
   * be switched outside a transaction: https://sqlite.org/lang_altertable.html, step 1. Every
   * connection begins with them on.
   */
  @Override
  void prepare() throws SQLException {
    Sql.run(connection, "PRAGMA foreign_keys = OFF");
    if (Sql.count(connection, "PRAGMA foreign_keys") != 0) {
      throw new SQLException("foreign keys could not be switched off");
    }
  }

  @Override
  void reconnect() throws SQLException {
    close();
    connection = connect();
    prepare();
  }

  @Override
  List<String> lastingWords() {
    return List.of("pragma", "temp", "attach", "load_extension");
  }

  @Override
  Connection connection() {
    return connection;
  }

  @Override
  void begin() throws SQLException {
    patience.waitFor(connection, () -> run("BEGIN IMMEDIATE"));
  }

  /**
   * With a journal of this program's own in place of SQLite's. The lock stays taken until that
   * journal is gone, which is later than the commit, and so until the connection is closed. Before
   * the transaction, to keep locks would be to keep others from ever ending theirs.
   */
  @Override
  boolean beginRewrite() throws SQLException {
    deleteJournal();
    if (!SqliteWholeJournal.paysFor(file.bytes())
        || !Sql.texts(connection, JOURNAL_MODE).contains("delete")) {
      return super.beginRewrite();
    }
    try {
      run(JOURNAL_MODE + " = OFF");
      begin();
      run("PRAGMA locking_mode = EXCLUSIVE");
      whole = SqliteWholeJournal.of(connection);
    } finally {
      if (whole == null) {
        reconnect(); // nothing may be written without a journal
      }
    }
    return whole != null || super.beginRewrite();
  }

  @Override
  void keepWhole() {
    if (whole != null) {
      whole.begin();
    }
  }

  @Override
  void awaitWhole() throws SQLException {
    if (whole != null) {
      whole.await();
    }
  }

  @Override
  boolean isUndoneAsAWhole() {
    return whole != null;
  }

  /** Commits; a reader that still holds the old state is waited for as well. */
  @Override
  void commit() throws SQLException {
    if (whole != null) {
      whole.end();
    }
    patience.waitFor(connection, () -> run("COMMIT"));
    if (whole == null) {
      keepJournal();
    } else {
      deleteWhole();
      reconnect();
    }
  }

  private void deleteWhole() throws SQLException {
    if (whole != null) {
      whole.delete();
      whole = null;
    }
  }

  /**
   * Where one transaction has been committed another one may follow. Its journal overwrites that of
   * the one before, whose header alone is cleared: to make and to delete a file each time takes
   * longer than the transaction of a small migration. The mode is the connection's and not that of
   * the file, unlike WAL, https://sqlite.org/pragma.html#pragma_journal_mode.
   */
  private void keepJournal() throws SQLException {
    if (!keepsJournal && Sql.texts(connection, JOURNAL_MODE).contains("delete")) {
      run(KEPT_JOURNAL);
      run(JOURNAL_MODE + " = PERSIST");
      keepsJournal = true;
    }
  }

  private void deleteJournal() throws SQLException {
    if (keepsJournal) {
      run(JOURNAL_MODE + " = DELETE");
      keepsJournal = false;
    }
  }

  @Override
  void rollback() throws SQLException {
    if (whole == null) {
      run("ROLLBACK");
    } else if (whole.isReliedOn()) {
      undoWhole();
    } else {
      deleteWhole();
      reconnect();
    }
  }

  /**
   * Leaves the database as it is to SQLite, which finds the journal when it is opened next and puts
   * every page back, here or, should this program end before, wherever that is.
   */
  private void undoWhole() throws SQLException {
    leaveWhole();
    reconnect();
    patience.waitFor(connection, () -> Sql.count(connection, "SELECT count(*) FROM sqlite_schema"));
  }

  private void leaveWhole() {
    try {
      if (whole != null) {
        whole.end();
      }
    } catch (SQLException e) {
      return; // what was changed is not wanted any more
    } finally {
      whole = null;
    }
  }

  /** Changes when another connection commits, and only then. */
  @Override
  Object stamp() throws SQLException {
    return Sql.count(connection, "PRAGMA data_version");
  }

  /** A cell is the whole of what it is. */
  @Override
  void settle() {}

  @Override
  long changes() throws SQLException {
    return connection.unwrap(SQLiteConnection.class).getDatabase().total_changes();
  }

  @Override
  ForeignKeyViolations violations() throws SQLException {
    return SqliteForeignKeys.violations(connection);
  }

  @Override
  CommitWatch watchCommits() throws SQLException {
    return SqliteCommitWatch.on(connection);
  }

  private Boolean run(String sql) throws SQLException {
    Sql.run(connection, sql);
    return true;
  }

  @Override
  public void close() throws SQLException {
    try {
      if (whole != null && !whole.isReliedOn()) {
        deleteWhole();
      }
      leaveWhole();
      deleteJournal();
    } finally {
      connection.close();
    }
  }
}
