package botdb.it.postgres;

import botdb.it.Ports;
import botdb.it.Secrets;
import botdb.it.fault.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server that runs on this machine, with databases for the tests.
 *
 * <p>It asks everybody for a password (SCRAM), and its clock stands in a zone that nobody would
 * expect. Most tests share one; those that stop or kill it have one of their own:
 *
 * <pre>{@code
 * Address database = PostgresServer.shared().freshDatabase();
 * database.execute("create table t (n bigint)");
 * }</pre>
 */
public final class PostgresServer implements AutoCloseable {
  private static final String ADMINISTRATOR = "postgres";
  private static final String OWNER = "bot";
  private static final long PATIENCE_SECONDS = 60;

  private static final String SETTINGS =
      """
      listen_addresses = '127.0.0.1'
      port = %d
      unix_socket_directories = ''
      max_connections = 100
      shared_buffers = 32MB
      dynamic_shared_memory_type = mmap
      password_encryption = scram-sha-256
      timezone = 'Asia/Kathmandu'
      log_line_prefix = '%%m [%%p] '
      """;

  /** Loses nothing when the server is killed; only the machine must not be switched off. */
  private static final String CHEAP = "fsync = off\nfull_page_writes = off\n";

  /** Made when the first test asks for it. */
  private static final class Shared {
    static final PostgresServer ONCE = create(CHEAP);
  }

  private final Guard guard;
  private final @Nullable SmallDisk disk;
  private final Path data;
  private final Path log;
  private final int port;
  private final AtomicInteger made = new AtomicInteger();
  private volatile @Nullable Process postmaster;

  private PostgresServer(Guard guard, @Nullable SmallDisk disk) throws IOException {
    this.guard = guard;
    this.disk = disk;
    this.data = (disk == null ? guard.folder() : disk.folder()).resolve("data");
    this.log = guard.folder().resolve("log");
    this.port = Ports.free();
  }

  /** Returns the server of all tests, which nobody stops: it ends with this process. */
  public static PostgresServer shared() {
    return Shared.ONCE;
  }

  /** Starts a server of a test's own, which syncs as everybody's does. */
  public static PostgresServer start() {
    return create("");
  }

  /**
   * Starts a server whose tables and log share a disk as small as that; leaves the test out,
   * loudly, where nothing may be mounted.
   */
  public static PostgresServer startOnDisk(long bytes) {
    return create(
        guard -> {
          Path mounted = Files.createDirectory(guard.folder().resolve(Guard.DISK));
          return new PostgresServer(guard, SmallDisk.mount(mounted, bytes));
        },
        "min_wal_size = 32MB\nmax_wal_size = 32MB\n");
  }

  private static PostgresServer create(String settings) {
    return create(guard -> new PostgresServer(guard, null), settings);
  }

  private interface Place {
    PostgresServer in(Guard guard) throws IOException;
  }

  private static PostgresServer create(Place place, String settings) {
    return Guard.ofNewFolder(
        "postgres",
        guard -> {
          PostgresServer server = place.in(guard);
          server.initialize(settings);
          server.startAgain();
          server
              .administrator()
              .execute(
                  "create role %s login password '%s'".formatted(OWNER, Secrets.DATABASE_PASSWORD));
          return server;
        });
  }

  private void initialize(String settings) throws IOException {
    Path password = guard.folder().resolve("password");
    Command.give(Files.writeString(password, Secrets.DATABASE_PASSWORD));
    Command.of(
            Binaries.get().program("initdb"),
            "--pgdata=" + data,
            "--username=" + ADMINISTRATOR,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync")
        .in(guard.folder())
        .run();
    Path file = data.resolve("postgresql.conf");
    Files.writeString(file, Files.readString(file) + SETTINGS.formatted(port) + settings);
  }

  /** Returns the address of a new and empty database, for its owner, who has no other rights. */
  public Address freshDatabase() throws SQLException {
    Address address =
        new Address(port, "db" + made.incrementAndGet(), OWNER, Secrets.DATABASE_PASSWORD);
    administrator()
        .execute(
            "create database %s template template0 encoding 'UTF8' owner %s"
                .formatted(address.database(), OWNER));
    return address;
  }

  /** Removes a database, and throws out who is in it. */
  public void drop(Address address) throws SQLException {
    administrator().execute("drop database " + address.database() + " with (force)");
  }

  /**
   * Returns a database as a new role reaches it that has no rights in it but those of everybody.
   */
  public Address asNewRole(Address address) throws SQLException {
    String role = "role" + made.incrementAndGet();
    administrator()
        .execute("create role %s login password '%s'".formatted(role, Secrets.DATABASE_PASSWORD));
    return address.as(role, Secrets.DATABASE_PASSWORD);
  }

  /** Returns a database as the administrator reaches it, who may do everything. */
  public Address asAdministrator(Address address) {
    return address.as(ADMINISTRATOR, Secrets.DATABASE_PASSWORD);
  }

  private Address administrator() {
    return new Address(port, "postgres", ADMINISTRATOR, Secrets.DATABASE_PASSWORD);
  }

  /** Returns the port that it listens on, the same after every start. */
  public int port() {
    return port;
  }

  /** Returns the folder of all that is its own. */
  Path folder() {
    return guard.folder();
  }

  /** Returns what the server has written into its log. */
  public String log() throws IOException {
    return Files.readString(log);
  }

  /** Returns the disk that is its own, of one that was started on one. */
  public SmallDisk disk() {
    return Objects.requireNonNull(disk, "the server has no disk of its own");
  }

  /** Stops it in an orderly way; who is connected is thrown out ({@code 57P01}). */
  public void stop() {
    end("INT");
  }

  /** Stops it without a checkpoint: its next start has to recover from the log. */
  public void stopAtOnce() {
    end("QUIT");
  }

  /**
   * Kills the postmaster ({@code kill -9}), and waits until all that it had started has noticed.
   */
  public void kill() {
    // Who is let in between the look at what it has started and its end would not be waited for.
    signal("STOP");
    end("KILL");
  }

  private void end(String signal) {
    Process process = running();
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    signal(signal);
    all.forEach(one -> one.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join());
  }

  private void signal(String signal) {
    Command.of("sh", "-c", "kill -" + signal + " " + running().pid()).run();
  }

  /** Starts it on the data that it has, and waits until it lets people in. */
  public void startAgain() {
    if (postmaster != null && postmaster.isAlive()) {
      throw new IllegalStateException("the server is running");
    }
    postmaster =
        Command.of(Binaries.get().program("postgres"), "-D", data.toString()).in(data).start(log);
    if (!becomesReady()) {
      throw new IllegalStateException("the server does not start: " + said());
    }
  }

  /** Stops it in an orderly way and starts it again. */
  public void restart() {
    stop();
    startAgain();
  }

  /**
   * Starts it anew after a fault, which may have ended it or may be about to: it lets people in
   * until it has noticed, and then throws them out.
   */
  public void bringBack() {
    if (running().isAlive()) {
      end("QUIT");
    }
    startAgain();
  }

  /** Waits until it lets people in, or has ended. */
  private boolean becomesReady() {
    long begin = System.nanoTime();
    while (!isReady()) {
      if (!running().isAlive()) {
        return false;
      }
      if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        throw new IllegalStateException("the server lets nobody in: " + said());
      }
      Command.pause(running());
    }
    return true;
  }

  private boolean isReady() {
    try (Connection connection = administrator().connect()) {
      return connection.isValid(0);
    } catch (SQLException e) {
      return false;
    }
  }

  private String said() {
    try {
      return log();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process running() {
    return Objects.requireNonNull(postmaster, "the server is not running");
  }

  /** Stops it and removes its data. */
  @Override
  public void close() {
    guard.close();
  }
}
