package botdb.migrations;

import botdb.migrations.cells.Cells;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;

/**
 * A database on a server of PostgreSQL, in the schema that the search path names first.
 *
 * <p>Uses only what PostgreSQL 14 has and what speaks its protocol shares: no advisory locks, no
 * table locks, no state of a session, so that a pooler may stand between which gives each
 * transaction another connection.
 */
sealed class PostgresDatabase extends Database permits PostgresRehearsed {
  private static final String CONNECT_SECONDS = "10";

  /** A server that says nothing for so long while somebody only looks has gone. */
  private static final String READ_SECONDS = "600";

  private final PostgresAddress address;

  PostgresDatabase(PostgresAddress address, Duration patience) {
    super(patience);
    this.address = address;
  }

  static Database parse(String address, Map<String, String> environment, Duration patience) {
    return new PostgresDatabase(PostgresAddress.parse(address, environment), patience);
  }

  @Override
  public String name() {
    return address.name();
  }

  @Override
  public @Nullable Path file() {
    return null;
  }

  @Override
  public Path beside() {
    return Path.of(address.database().replaceAll("[^\\w.-]", "_"));
  }

  @Override
  public long bytes() {
    try (Connection connection = openReadOnly()) {
      return Sql.count(connection, "SELECT pg_database_size(current_database())");
    } catch (SQLException e) {
      throw explain(e);
    }
  }

  @Override
  public PostgresDatabase withPatience(Duration patience) {
    return new PostgresDatabase(address, patience);
  }

  /** Its name on the server. */
  String database() {
    return address.database();
  }

  PostgresAddress address() {
    return address;
  }

  /** Whether there is a table or a view; the database itself must be there. */
  @Override
  public boolean exists() {
    try (Connection connection = openReadOnly()) {
      return !tables().isEmpty(connection);
    } catch (SQLException e) {
      throw explain(e);
    }
  }

  /** One transaction, which sees the database as it is when it begins, and is never committed. */
  @Override
  public Connection openReadOnly() {
    Connection connection = connect(Map.of("socketTimeout", READ_SECONDS));
    try {
      connection.setAutoCommit(false);
      // In its own words: the driver's would be those of the session, which a pooler hands on.
      Sql.run(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      return connection;
    } catch (SQLException e) {
      try (connection) {
        throw explain(e);
      } catch (SQLException closing) {
        throw explain(e);
      }
    }
  }

  @Override
  public Connection open() {
    Connection connection = connect(Map.of());
    try {
      requireUtf8(connection);
      return connection;
    } catch (SQLException e) {
      throw explain(e);
    }
  }

  /** Else the server would refuse what people write, one character at a time. */
  private void requireUtf8(Connection connection) throws SQLException {
    String encoding = connection.unwrap(PGConnection.class).getParameterStatus("server_encoding");
    if (encoding != null && !encoding.equals("UTF8")) {
      connection.close();
      throw new MigrationException.UnsuitableSchema(
          name(),
          "its encoding is %s and not UTF8".formatted(encoding),
          "create a database WITH ENCODING 'UTF8' and use that one");
    }
  }

  @Override
  public <T> Sessions<T> sessions(Function<DSLContext, T> tool) {
    return PostgresSessions.open(this, tool);
  }

  @Override
  public @Nullable Path servedAlone() {
    return null;
  }

  @Override
  public void keepDriverIn(Path cache) {
    // It is all Java.
  }

  private Connection connect(Map<String, String> more) {
    Properties properties = properties();
    more.forEach(properties::putIfAbsent);
    try {
      Connection connection = new Driver().connect(address.url(), properties);
      if (connection == null) {
        throw new SQLException("the driver does not take the address");
      }
      return connection;
    } catch (SQLException e) {
      throw explain(e);
    }
  }

  /** Returns what the driver is told, user and password among it. */
  Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", "botdb");
    properties.setProperty("connectTimeout", CONNECT_SECONDS);
    // The one before ends with the network's answer; a server that then says nothing ends this one.
    properties.setProperty("loginTimeout", CONNECT_SECONDS);
    properties.setProperty("tcpKeepAlive", "true");
    // What a server says of a row that it refuses may hold what people wrote.
    properties.setProperty("logServerErrorDetail", "false");
    // A statement that is prepared on one connection of a pooler is not there on the next one.
    properties.setProperty("prepareThreshold", "0");
    properties.putAll(address.properties());
    return properties;
  }

  @Override
  public Schema schema(Connection connection) throws SQLException {
    return PostgresSchema.read(connection);
  }

  @Override
  public Schema schemaOf(String sqlite) throws SQLException {
    return PostgresSnapshot.of(sqlite);
  }

  @Override
  public List<String> integrityFaults(Connection connection) throws SQLException {
    return PostgresFaults.integrity(connection);
  }

  @Override
  public List<String> foreignKeyFaults(Connection connection) throws SQLException {
    return PostgresFaults.foreignKeys(connection);
  }

  // --- Reading ---

  @Override
  <T> T read(Migrator.Listener listener, Reading<T> reading) throws SQLException {
    try (Connection connection = openReadOnly()) {
      return reading.from(connection);
    }
  }

  // --- What errors mean ---

  @Override
  Tables tables() {
    return new PostgresTables();
  }

  @Override
  SqlErrors errors() {
    return new PostgresErrors(this);
  }

  // --- Writing ---

  @Override
  SQLDialect dialect() {
    return SQLDialect.POSTGRES;
  }

  @Override
  String script(String sqlite) {
    return PostgresScript.of(sqlite);
  }

  @Override
  WriteLock lock(Migrator.Listener listener) {
    return new PostgresWriteLock(this, listener);
  }

  @Override
  public Cells cells(DSLContext dsl) {
    return new PostgresCells(dsl);
  }

  @Override
  void requireRoom(Connection connection, @Nullable Path backup) {
    // The disk of a server cannot be looked at from here.
  }

  @Override
  void refuseDamage(Connection connection) {
    // The server checks each page that it reads.
  }

  // --- Backups, rehearsals ---

  @Override
  BackupSource backupSource() {
    return PostgresBackupSource.open(this);
  }

  @Override
  @Nullable Path restore(Path backup, Backups backups, MigrationCatalog catalog) {
    return new PostgresRestoration(this, backups, catalog).restore(backup);
  }

  @Override
  Rehearsal rehearse(
      MigrationCatalog catalog,
      Migration.DirtyData dirtyData,
      Migrator.Listener listener,
      int to,
      UnaryOperator<String> mask) {
    return new PostgresRehearsal(this, catalog, dirtyData, listener).rehearse(to, mask);
  }

  // --- Copies ---

  @Override
  CopySource copySource(Migrator.Listener listener) {
    return new PostgresCopySource(this, openReadOnly());
  }

  @Override
  CopyTarget copyTarget() throws SQLException {
    return PostgresCopyTarget.open(this);
  }

  @Override
  boolean isSameAs(Database other) {
    return name().equals(other.name());
  }
}
