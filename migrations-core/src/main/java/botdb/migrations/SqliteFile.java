package botdb.migrations;

import botdb.migrations.cells.Cells;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * A database of SQLite in a file, and the only place where connections to it are opened.
 *
 * <p>What is opened for writing respects permissions that say read-only, for the superuser as well.
 */
final class SqliteFile extends Database {
  private static final String URL_PREFIX = "jdbc:sqlite:";

  private static final Set<PosixFilePermission> WRITE =
      PosixFilePermissions.fromString("-w--w--w-");

  private final Path path;
  private final Path location;
  private final @Nullable Opened opened;

  private SqliteFile(Path path, Path location, Duration patience, @Nullable Opened opened) {
    super(patience);
    this.path = path;
    this.location = location;
    this.opened = opened;
  }

  static SqliteFile at(Path path, Duration patience) {
    if (path.toAbsolutePath().toString().contains("?")) {
      throw new MigrationException.UnusablePath(
          path.toString(),
          "has a question mark in its path, which the driver cuts off",
          "rename the file or the folder");
    }
    return new SqliteFile(path, path, patience, null);
  }

  static SqliteFile parse(String pathOrUrl, Duration patience) {
    String path =
        pathOrUrl.startsWith(URL_PREFIX) ? pathOrUrl.substring(URL_PREFIX.length()) : pathOrUrl;
    try {
      Path file = Path.of(path);
      if (path.isBlank() || path.startsWith(":") || path.contains(":/")) {
        // An address of something else may hold a password.
        throw new MigrationException.UnusablePath(
            path.contains(":/") ? "what is given" : file.toString(),
            "is not the path of a file",
            "give a path such as users.db, or postgres://user@host:5432/database");
      }
      return at(file, patience);
    } catch (InvalidPathException e) {
      throw new MigrationException.UnusablePath(
          "users.db", "is what the path should look like", "give a path such as users.db");
    }
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public Path file() {
    return path;
  }

  @Override
  public Path beside() {
    return path;
  }

  @Override
  public long bytes() {
    return size(location) + size(beside("-wal"));
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      return 0; // there is no log
    }
  }

  @Override
  public SqliteFile withPatience(Duration patience) {
    return new SqliteFile(path, location, patience, opened);
  }

  /** Returns a file that is opened in place of this one, and goes by its name in every message. */
  SqliteFile standIn(Path location, Opened opened) {
    return new SqliteFile(path, location, patience(), opened);
  }

  /** Is told of every connection that is opened. */
  interface Opened {
    void opened(SQLiteConnection connection) throws SQLException;
  }

  /** Returns the path as it was given. */
  Path path() {
    return path;
  }

  @Override
  public boolean exists() {
    return Files.exists(location);
  }

  @Override
  public Connection openReadOnly() {
    if (!exists()) {
      throw new MigrationException.DatabaseMissing(name());
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
      throw explain(e);
    }
  }

  @Override
  public Connection open() {
    checkWritable();
    if (!exists()) {
      SqliteNewFile.create(location);
    }
    SQLiteConfig config = new SQLiteConfig();
    config.enforceForeignKeys(true);
    // What reads first and writes then must not find its snapshot outdated half-way.
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    return open(config);
  }

  @Override
  public <T> Sessions<T> sessions(Function<DSLContext, T> tool) {
    return SqliteSessions.open(this, tool);
  }

  @Override
  public Path servedAlone() {
    return path;
  }

  @Override
  public void keepDriverIn(Path cache) {
    SqliteLibrary.keepIn(cache);
  }

  private Connection open(SQLiteConfig config) {
    config.setBusyTimeout(SqlitePatience.millis(patience()));
    try {
      // Not by way of the driver, which registers itself first, and that takes a while.
      String file = location.toAbsolutePath().toString();
      SQLiteConnection connection =
          new JDBC4Connection(URL_PREFIX + file, file, config.toProperties());
      if (opened != null) {
        opened.opened(connection);
      }
      return connection;
    } catch (SQLException e) {
      throw explain(e);
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
          name(), "is a folder", "give the path of the file, such as " + path.resolve("users.db"));
    }
    if (!Files.isRegularFile(location)) {
      throw new MigrationException.UnusablePath(
          name(), "is not a regular file", "give the path of a database file");
    }
  }

  void checkWritable() {
    Path folder = location.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new MigrationException.UnusablePath(
          name(), "is in a folder that does not exist", "create the folder, or check the path");
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
      throw new MigrationException.ReadOnly(name(), fact, e);
    }
    if (!writable) {
      throw new MigrationException.ReadOnly(name(), fact, null);
    }
  }

  // --- What the runner asks ---

  @Override
  public Schema schema(Connection connection) throws SQLException {
    return SqliteSchemaReader.schema(connection);
  }

  @Override
  public Schema schemaOf(String sqlite) throws SQLException {
    return Schema.ofScript(sqlite);
  }

  @Override
  public List<String> integrityFaults(Connection connection) throws SQLException {
    return SqliteDamage.all(connection);
  }

  @Override
  public List<String> foreignKeyFaults(Connection connection) throws SQLException {
    return SqliteForeignKeys.faults(connection);
  }

  @Override
  <T> T read(Migrator.Listener listener, Reading<T> reading) throws SQLException {
    try (Connection connection = openReadOnly()) {
      SqlitePatience patience = new SqlitePatience(patience(), listener);
      return patience.waitFor(connection, () -> reading.from(connection));
    }
  }

  @Override
  Tables tables() {
    return new SqliteTables();
  }

  @Override
  SqlErrors errors() {
    return new SqliteErrors(this);
  }

  @Override
  public Cells cells(DSLContext dsl) {
    return new SqliteCells(dsl);
  }

  @Override
  SQLDialect dialect() {
    return SQLDialect.SQLITE;
  }

  @Override
  String script(String sqlite) {
    return sqlite;
  }

  @Override
  WriteLock lock(Migrator.Listener listener) {
    return SqliteWriteLock.open(this, listener);
  }

  @Override
  void requireRoom(Connection connection, @Nullable Path backup) throws SQLException {
    SqliteDiskSpace.requireForMigration(this, connection, backup);
  }

  @Override
  void refuseDamage(Connection connection) throws SQLException {
    String damage = SqliteDamage.first(connection);
    if (damage != null) {
      throw new MigrationException.Corrupt(name(), damage, List.of(), null);
    }
  }

  @Override
  BackupSource backupSource() {
    return SqliteBackupSource.open(this);
  }

  @Override
  @Nullable Path restore(Path backup, Backups backups, MigrationCatalog catalog) {
    return new SqliteRestoration(this, backups, catalog).restore(backup);
  }

  @Override
  Rehearsal rehearse(
      MigrationCatalog catalog,
      Migration.DirtyData dirtyData,
      Migrator.Listener listener,
      int to,
      UnaryOperator<String> mask) {
    checkWritable();
    return new SqliteRehearsal(this, catalog, dirtyData, listener).rehearse(to, mask);
  }

  @Override
  CopySource copySource(Migrator.Listener listener) {
    return SqliteCopySource.open(this, listener);
  }

  @Override
  CopyTarget copyTarget() throws SQLException {
    return SqliteCopyTarget.open(this);
  }

  @Override
  boolean isSameAs(Database other) {
    Path path = other.file();
    try {
      return path != null && exists() && Files.exists(path) && Files.isSameFile(location, path);
    } catch (IOException e) {
      return false; // what cannot be looked at cannot be opened either
    }
  }
}
