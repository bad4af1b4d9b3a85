package botdb.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteOpenMode;

/**
 * The address of an SQLite database, and the only place where connections to it are opened.
 *
 * <p>What is opened for reading never creates or changes a file. What is opened for writing
 * respects permissions that say read-only, for the superuser as well.
 *
 * <pre>{@code
 * SqliteFile file = SqliteFile.parse("users.db").withPatience(Duration.ofSeconds(10));
 * try (Connection connection = file.openReadOnly()) { … }
 * }</pre>
 */
public final class SqliteFile {
  private static final String URL_PREFIX = "jdbc:sqlite:";

  private static final Set<PosixFilePermission> WRITE =
      PosixFilePermissions.fromString("-w--w--w-");

  private final Path path;
  private final Path location;
  private final Duration patience;
  private final @Nullable Opened opened;

  private SqliteFile(Path path, Path location, Duration patience, @Nullable Opened opened) {
    this.path = path;
    this.location = location;
    this.patience = patience;
    this.opened = opened;
  }

  /** Returns the address of a file, which need not exist. */
  public static SqliteFile of(Path path) {
    if (path.toAbsolutePath().toString().contains("?")) {
      throw new MigrationException.UnusablePath(
          path,
          "has a question mark in its path, which the driver cuts off",
          "rename the file or the folder");
    }
    return new SqliteFile(path, path, Duration.ofSeconds(60), null);
  }

  /**
   * Returns the address that a user wrote: a path, or a URL that begins with {@code jdbc:sqlite:}.
   *
   * @throws MigrationException.UnusablePath if it is neither
   */
  public static SqliteFile parse(String pathOrUrl) {
    String path =
        pathOrUrl.startsWith(URL_PREFIX) ? pathOrUrl.substring(URL_PREFIX.length()) : pathOrUrl;
    try {
      Path file = Path.of(path);
      if (path.isBlank() || path.startsWith(":") || path.contains(":/")) {
        throw new MigrationException.UnusablePath(
            file, "is not the path of a file", "give a path such as users.db");
      }
      return of(file);
    } catch (InvalidPathException e) {
      throw new MigrationException.UnusablePath(
          Path.of("users.db"), "is what the path should look like", "give a path such as users.db");
    }
  }

  /** Returns the same file with another time to wait for other processes; 60 s unless told. */
  public SqliteFile withPatience(Duration patience) {
    return new SqliteFile(path, location, patience, opened);
  }

  /** Returns a file that is opened in place of this one, and goes by its name in every message. */
  SqliteFile standIn(Path location, Opened opened) {
    return new SqliteFile(path, location, patience, opened);
  }

  /** Is told of every connection that is opened. */
  interface Opened {
    void opened(SQLiteConnection connection) throws SQLException;
  }

  /** Returns the path as it was given. */
  public Path path() {
    return path;
  }

  /** Returns how long a connection waits for other processes. */
  public Duration patience() {
    return patience;
  }

  /** Returns whether there is anything at the path. */
  public boolean exists() {
    return Files.exists(location);
  }

  /** Returns what an error of SQLite on a connection to this file means for its owner. */
  public MigrationException explain(SQLException error) {
    return SqlErrors.translate(error, this);
  }

  /**
   * Opens the database for reading; writes nothing and creates nothing.
   *
   * @throws MigrationException.DatabaseMissing if there is none
   * @throws MigrationException.UnusablePath if the path is no regular file
   */
  public Connection openReadOnly() {
    if (!exists()) {
      throw new MigrationException.DatabaseMissing(path);
    }
    checkRegular();
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    if (!isAtRest()) {
      config.setReadOnly(true);
      return open(config);
    }
    Connection connection = open(config);
    try {
      Sql.run(connection, "PRAGMA query_only = ON");
      return connection;
    } catch (SQLException e) {
      throw SqlErrors.translate(e, this);
    }
  }

  /**
   * Opens the database for writing, foreign keys enforced; creates the file if there is none,
   * readable and writable by its owner only.
   *
   * @throws MigrationException.UnusablePath if the path is no regular file or in no folder
   * @throws MigrationException.ReadOnly if file or folder are marked read-only
   */
  public Connection open() {
    checkWritable();
    if (!exists()) {
      NewFile.create(location);
    }
    SQLiteConfig config = new SQLiteConfig();
    config.enforceForeignKeys(true);
    // What reads first and writes then must not find its snapshot outdated half-way.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    return open(config);
  }

  private Connection open(SQLiteConfig config) {
    config.setBusyTimeout(Patience.millis(patience));
    try {
      Connection connection = config.createConnection(URL_PREFIX + location.toAbsolutePath());
      if (opened != null) {
        opened.opened(connection.unwrap(SQLiteConnection.class));
      }
      return connection;
    } catch (SQLException e) {
      throw SqlErrors.translate(e, this);
    }
  }

  /**
   * Whether no journal and no log lies beside the database, so that a connection finds nothing to
   * bring into it.
   *
   * <p>Every connection to a database in WAL mode makes a log, and a read-only one leaves it
   * behind, empty. One that could write and may not takes it away again. Whether the mode is WAL
   * stands in the header, which must not be read from here: closing the file would drop every lock
   * that this process holds on it, https://sqlite.org/howtocorrupt.html, section 2.2.
   */
  private boolean isAtRest() {
    return !Files.exists(beside("-wal")) && !Files.exists(beside("-journal"));
  }

  private Path beside(String suffix) {
    return location.resolveSibling(location.getFileName() + suffix);
  }

  private void checkRegular() {
    if (Files.isDirectory(location)) {
      throw new MigrationException.UnusablePath(
          path, "is a folder", "give the path of the file, such as " + path.resolve("users.db"));
    }
    if (!Files.isRegularFile(location)) {
      throw new MigrationException.UnusablePath(
          path, "is not a regular file", "give the path of a database file");
    }
  }

  void checkWritable() {
    Path folder = location.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new MigrationException.UnusablePath(
          path, "is in a folder that does not exist", "create the folder, or check the path");
    }
    if (exists()) {
      checkRegular();
      checkMode(location, "the file is read-only");
    }
    // SQLite puts its journal beside the database: without that there is no rollback.
    checkMode(folder, "its folder is read-only");
  }

  /**
   * The superuser may write everything, and a container often runs as one: ask the mode as well.
   */
  private void checkMode(Path target, String fact) {
    boolean writable = Files.isWritable(target);
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(target);
      writable &= mode.stream().anyMatch(WRITE::contains);
    } catch (UnsupportedOperationException e) {
      // A file system without modes: what the operating system says is all there is to know.
    } catch (IOException e) {
      throw new MigrationException.ReadOnly(path, fact, e);
    }
    if (!writable) {
      throw new MigrationException.ReadOnly(path, fact, null);
    }
  }
}
