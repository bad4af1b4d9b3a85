package botdb.migrations;

import botdb.migrations.cells.Cells;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A database by its address: a file of SQLite, or a database on a server of PostgreSQL.
 *
 * <p>Everything in which the two differ is asked of this type, and answered by its two
 * implementations; the address alone decides which one it is, here and nowhere else. What is opened
 * for reading never creates or changes anything.
 *
 * <pre>{@code
 * Database database = Database.parse("users.db").withPatience(Duration.ofSeconds(10));
 * try (Connection connection = database.openReadOnly()) { … }
 * Database shared = Database.parse("postgres://bot@db.example.org/bot");
 * }</pre>
 */
public abstract sealed class Database permits SqliteFile, PostgresDatabase {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Duration patience;

  Database(Duration patience) {
    this.patience = patience;
  }

  /** Returns the database in a file, which need not exist. */
  public static Database of(Path path) {
    return SqliteFile.at(path, PATIENCE);
  }

  /**
   * Returns the database at the address that a user wrote: the path of a file, a URL that begins
   * with {@code jdbc:sqlite:}, or one that begins with {@code jdbc:postgresql:}, {@code
   * postgresql:} or {@code postgres:}.
   *
   * @throws MigrationException.UnusablePath if it is none of these
   */
  public static Database parse(String address) {
    return parse(address, System.getenv());
  }

  /**
   * Returns the database at an address.
   *
   * @param environment where {@code PGUSER}, {@code PGPASSWORD} and {@code PGPASSFILE} are looked
   *     for, in place of that of the process
   * @throws MigrationException.UnusablePath as {@link #parse(String)} does
   */
  public static Database parse(String address, Map<String, String> environment) {
    return isOnServer(address)
        ? PostgresDatabase.parse(address, environment, PATIENCE)
        : SqliteFile.parse(address, PATIENCE);
  }

  /** Here, so that the start on a file loads no class for servers. */
  static boolean isOnServer(String address) {
    String plain = address.startsWith("jdbc:") ? address.substring("jdbc:".length()) : address;
    return plain.startsWith("postgres:") || plain.startsWith("postgresql:");
  }

  /** Returns the database as messages call it; no password is in it. */
  public abstract String name();

  /** Returns the file that it is; null if it is on a server. */
  public abstract @Nullable Path file();

  /**
   * Returns the path beside which other files of this database lie, and whose name begins theirs:
   * the file itself, or of a database on a server its name, in the working directory.
   */
  public abstract Path beside();

  /**
   * Returns how much it takes on its disk, a log with the newest changes among it.
   *
   * @throws MigrationException if it cannot be asked
   */
  public abstract long bytes();

  /** Returns the same database with another time to wait for others; 60 s unless told. */
  public abstract Database withPatience(Duration patience);

  /** Returns how long is waited for others that hold the database. */
  public final Duration patience() {
    return patience;
  }

  /** Returns whether there is anything at the address. */
  public abstract boolean exists();

  /**
   * Opens the database for reading; writes nothing and creates nothing.
   *
   * @throws MigrationException.DatabaseMissing if there is none
   * @throws MigrationException if it cannot be opened
   */
  public abstract Connection openReadOnly();

  /**
   * Opens the database for writing, foreign keys enforced; creates the file where it is one and
   * missing, readable and writable by its owner only.
   *
   * @throws MigrationException if it cannot be opened
   */
  public abstract Connection open();

  /**
   * Opens the database for a program that serves: connections that are kept, ready whenever
   * something is to be done, by many threads at once.
   *
   * @param tool makes of jOOQ on one of the connections what works with it
   * @throws MigrationException if it cannot be opened
   */
  public abstract <T> Sessions<T> sessions(Function<DSLContext, T> tool);

  /**
   * The connections of a program that serves.
   *
   * <p>Work throws {@link org.jooq.exception.DataAccessException} if the database fails.
   */
  public interface Sessions<T> extends AutoCloseable {

    /** Does something that changes nothing; it may be begun a second time after a failure. */
    <R> R read(Function<T, R> work);

    /** Does something that writes, once. */
    <R> R write(Function<T, R> work);

    /** Returns whether reading and writing go on side by side; some file systems cannot do that. */
    boolean readsWhileWriting();

    /** Waits a moment for what is under way, then closes. */
    @Override
    void close();
  }

  /**
   * Returns the file beside which a lock tells that one program at a time serves it; null where
   * many may.
   */
  public abstract @Nullable Path servedAlone();

  /**
   * Has the driver take from a folder what it would unpack at every start; does nothing where there
   * is no such thing. Before the first connection is opened.
   *
   * @param cache is made if it is missing, and can be deleted at any time
   */
  public abstract void keepDriverIn(Path cache);

  /** Returns what an error on a connection to this database means for its owner. */
  public final MigrationException explain(SQLException error) {
    return errors().explain(error, List.of());
  }

  /** Returns what else is to be known of errors on connections to this database. */
  abstract SqlErrors errors();

  /** Returns jOOQ on an open connection, which stays the caller's; it logs nothing. */
  public final DSLContext jooq(Connection connection) {
    // What jOOQ would log of a statement holds what people wrote.
    return DSL.using(connection, dialect(), new Settings().withExecuteLogging(false));
  }

  /** Returns what is in the cells of this database, by a context on a connection to it. */
  public abstract Cells cells(DSLContext dsl);

  /**
   * Counts the rows of a table in which a column is not NULL; 0 where there is no such column.
   * Writes nothing, and loads nothing of jOOQ.
   *
   * @throws MigrationException if the database is not there or cannot be read
   */
  public final long count(String table, String column) {
    try (Connection connection = openReadOnly()) {
      return Sql.count(connection, "SELECT count(" + column + ") FROM " + Sql.quote(table));
    } catch (SQLException e) {
      // Asking first whether the table is there would be a second query, for a rare answer.
      if (errors().isMissing(e)) {
        return 0;
      }
      throw explain(e);
    }
  }

  /**
   * Reads the schema of an open database; writes nothing.
   *
   * @throws SQLException if it cannot be read
   */
  public abstract Schema schema(Connection connection) throws SQLException;

  /**
   * Returns the schema that a script would create here.
   *
   * @param sqlite the script, written for SQLite as the snapshots are
   * @throws SQLException if SQLite refuses the script
   */
  public abstract Schema schemaOf(String sqlite) throws SQLException;

  /**
   * Looks for what is damaged in an open database; writes nothing.
   *
   * @return what is, a line each, as far as this database can tell
   */
  public abstract List<String> integrityFaults(Connection connection) throws SQLException;

  /**
   * Looks for rows that point to no row, and keys that nobody looks after; writes nothing.
   *
   * @return which, a line each
   */
  public abstract List<String> foreignKeyFaults(Connection connection) throws SQLException;

  /** Returns what a script means that is written for SQLite, as the snapshots are. */
  static Schema snapshot(String script) throws SQLException {
    return SqliteSchemaReader.schemaOf(script);
  }

  // --- Reading ---

  /** Something that is read from a connection. */
  interface Reading<T> {
    T from(Connection connection) throws SQLException;
  }

  /** Reads with patience on a connection of its own, which writes nothing. */
  abstract <T> T read(Migrator.Listener listener, Reading<T> reading) throws SQLException;

  /** Returns what tables and views there are. */
  abstract Tables tables();

  /** Returns the columns of a table or a view in their order, in lower case; empty without one. */
  public final List<String> columns(Connection connection, String table) throws SQLException {
    return tables().columns(connection, table);
  }

  // --- Writing ---

  abstract SQLDialect dialect();

  /** Returns a script, written for SQLite as the snapshots are, in the words of this database. */
  abstract String script(String sqlite);

  /** Opens the database for transactions of which only one goes on at a time, whoever begins it. */
  abstract WriteLock lock(Migrator.Listener listener);

  // --- Before the first change ---

  /**
   * Refuses where the disk has too little room.
   *
   * @param backup where a backup is to be; null if there will be none
   */
  abstract void requireRoom(Connection connection, @Nullable Path backup) throws SQLException;

  /** Refuses a damaged database, as far as one look at each page shows. */
  abstract void refuseDamage(Connection connection) throws SQLException;

  // --- Backups, rehearsals ---

  abstract BackupSource backupSource();

  /** The database, while a backup is made of it. */
  interface BackupSource extends AutoCloseable {

    /** Copies it into a file that does not exist; the file is on the disk afterwards. */
    void copyTo(Path target) throws SQLException, IOException;

    /** Refuses a copy that is not whole. */
    Contents check(Path copy) throws SQLException, IOException;

    /**
     * What a copy holds.
     *
     * @param version of the schema
     * @param checksum the same for two copies of the same; null if that of the file is
     */
    record Contents(int version, @Nullable String checksum) {}

    @Override
    void close() throws SQLException;
  }

  /** Puts a backup in the place of the database, as {@link Backups#restore} says. */
  abstract @Nullable Path restore(Path backup, Backups backups, MigrationCatalog catalog);

  /** Applies what is pending to a copy, as {@link Migrator#rehearse} says. */
  abstract Rehearsal rehearse(
      MigrationCatalog catalog,
      Migration.DirtyData dirtyData,
      Migrator.Listener listener,
      int to,
      UnaryOperator<String> mask);

  // --- Copies ---

  /** Opens the database as what is copied from. */
  abstract CopySource copySource(Migrator.Listener listener);

  /**
   * Opens the database as what is copied to.
   *
   * @throws MigrationException.CopyRefused if it is not empty
   */
  abstract CopyTarget copyTarget() throws SQLException;

  /** Returns whether another address leads to the same database. */
  abstract boolean isSameAs(Database other);
}
