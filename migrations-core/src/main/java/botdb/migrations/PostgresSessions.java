package botdb.migrations;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * A pool of connections, each for one piece of work at a time.
 *
 * <p>Nothing waits for ever: a statement that takes too long is cancelled, which leaves nothing of
 * it; a server that says nothing more loses the connection a little later. A lost connection is
 * replaced, and the pool goes on by itself when the server is back.
 */
final class PostgresSessions<T> implements Database.Sessions<T> {
  private static final int MOST = 10;
  private static final Duration CONNECTION = Duration.ofSeconds(5);
  private static final Duration VALIDATION = Duration.ofSeconds(2);
  private static final Duration KEEPALIVE = Duration.ofMinutes(1);
  private static final Duration LIFETIME = Duration.ofMinutes(15);

  /** By the client, since a setting of the session would not hold behind a pooler. */
  private static final int STATEMENT_SECONDS = 10;

  /** Longer than a statement may take, so that it can be cancelled. */
  private static final int SILENCE_SECONDS = 15;

  private static final String TOO_MANY = "53300";

  private final PostgresDatabase database;
  private final HikariDataSource pool;

  /**
   * The pool gives a connection back to the thread that had it last rather than to those who wait,
   * one of whom may wait for ever. With as many turns as connections nobody waits for the pool.
   */
  private final Semaphore turns = new Semaphore(MOST, true);

  private final Function<DSLContext, T> tool;

  private PostgresSessions(
      PostgresDatabase database, HikariDataSource pool, Function<DSLContext, T> tool) {
    this.database = database;
    this.pool = pool;
    this.tool = tool;
  }

  static <T> PostgresSessions<T> open(PostgresDatabase database, Function<DSLContext, T> tool) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("botdb");
    config.setDriverClassName("org.postgresql.Driver");
    config.setJdbcUrl(database.address().url());
    Properties properties = database.properties();
    properties.putIfAbsent("socketTimeout", String.valueOf(SILENCE_SECONDS));
    config.setDataSourceProperties(properties);
    config.setMaximumPoolSize(MOST);
    config.setConnectionTimeout(CONNECTION.toMillis());
    config.setValidationTimeout(VALIDATION.toMillis());
    config.setKeepaliveTime(KEEPALIVE.toMillis());
    config.setMaxLifetime(LIFETIME.toMillis());
    try {
      return new PostgresSessions<>(database, new HikariDataSource(config), tool);
    } catch (RuntimeException e) {
      SQLException cause = database.errors().in(e);
      throw cause == null ? e : database.explain(cause);
    }
  }

  /** Once more where the connection was lost: reading twice does no harm. */
  @Override
  public <R> R read(Function<T, R> work) {
    return use(work, 2);
  }

  /** Never again by itself: nobody knows what became of a statement whose answer was lost. */
  @Override
  public <R> R write(Function<T, R> work) {
    return use(work, 1);
  }

  private <R> R use(Function<T, R> work, int attempts) {
    Connection connection = connection();
    try {
      return work.apply(tool.apply(jooq(connection)));
    } catch (DataAccessException e) {
      SQLException failure = database.errors().in(e);
      if (failure == null || !PostgresErrors.isLost(failure)) {
        throw e;
      }
      // The others are likely to be lost as well.
      pool.getHikariPoolMXBean().softEvictConnections();
      if (attempts == 1) {
        throw e;
      }
    } finally {
      giveBack(connection);
    }
    return use(work, attempts - 1);
  }

  private Connection connection() {
    takeTurn();
    try {
      return pool.getConnection();
    } catch (SQLException e) {
      turns.release();
      SQLException failure = database.errors().in(e);
      throw noConnection(failure == null ? allInUse(e) : failure);
    }
  }

  private void takeTurn() {
    try {
      if (!turns.tryAcquire(CONNECTION.toMillis(), TimeUnit.MILLISECONDS)) {
        throw noConnection(allInUse(null));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw noConnection(allInUse(e));
    }
  }

  private static DataAccessException noConnection(SQLException failure) {
    return new DataAccessException("there is no connection to the server", failure);
  }

  private static SQLException allInUse(@Nullable Throwable cause) {
    return new SQLException("all connections to the server are in use", TOO_MANY, cause);
  }

  private void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // The pool has thrown it away; what was done on it is done.
    } finally {
      turns.release();
    }
  }

  private DSLContext jooq(Connection connection) {
    DSLContext dsl = database.jooq(connection);
    dsl.settings().setQueryTimeout(STATEMENT_SECONDS);
    return dsl;
  }

  @Override
  public boolean readsWhileWriting() {
    return true;
  }

  @Override
  public void close() {
    pool.close();
  }
}
