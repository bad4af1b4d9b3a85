package botdb.it.postgres;

import botdb.it.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * PgBouncer in front of a server, in transaction mode: the next transaction of a client may run in
 * another session of the server, so that nothing which belongs to a session can be relied on.
 */
public final class Pooler implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private static final String SETTINGS =
      """
      [databases]
      * = host=127.0.0.1 port=%d
      [pgbouncer]
      listen_addr = 127.0.0.1
      listen_port = %d
      unix_socket_dir =
      auth_type = scram-sha-256
      auth_file = %s
      pool_mode = transaction
      default_pool_size = 8
      server_round_robin = 1
      ignore_startup_parameters = extra_float_digits
      """;

  private final Guard guard;
  private final Address address;

  private Pooler(Guard guard, Address address) {
    this.guard = guard;
    this.address = address;
  }

  /**
   * Starts one for a database and its user; leaves the test out, loudly, where PgBouncer is not
   * installed.
   */
  public static Pooler inFrontOf(Address database) {
    String program = program();
    return Guard.ofNewFolder("pgbouncer", guard -> start(program, database, guard));
  }

  private static Pooler start(String program, Address database, Guard guard) throws IOException {
    int port = Ports.free();
    Path users = guard.folder().resolve("users");
    Path settings = guard.folder().resolve("settings");
    String user = "\"%s\" \"%s\"\n".formatted(database.user(), database.password());
    Command.give(Files.writeString(users, user));
    Command.give(Files.writeString(settings, SETTINGS.formatted(database.port(), port, users)));
    Pooler pooler = new Pooler(guard, database.through(port));
    Path log = guard.folder().resolve("log");
    Process process = Command.of(program, settings.toString()).in(guard.folder()).start(log);
    pooler.awaitReady(process, log);
    return pooler;
  }

  private static String program() {
    // Distributions keep it where the PATH of a user does not lead.
    Stream<String> folders =
        Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin"));
    List<Path> found =
        folders.map(f -> Path.of(f, "pgbouncer")).filter(Files::isExecutable).toList();
    if (found.isEmpty()) {
      String message = "NOT TESTED behind a pooler: pgbouncer is not installed";
      System.err.println(message);
      Assumptions.abort(message);
    }
    return found.get(0).toString();
  }

  private void awaitReady(Process process, Path log) throws IOException {
    long begin = System.nanoTime();
    while (!isReady()) {
      if (!process.isAlive()
          || System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
        throw new IllegalStateException("the pooler does not start: " + Files.readString(log));
      }
      Command.pause(process);
    }
  }

  private boolean isReady() {
    try (Connection connection = address.connect()) {
      return connection.isValid(0);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Returns the database as it is reached through the pooler. */
  public Address address() {
    return address;
  }

  @Override
  public void close() {
    guard.close();
  }
}
