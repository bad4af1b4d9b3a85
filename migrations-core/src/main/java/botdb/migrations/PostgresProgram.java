package botdb.migrations;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;

/**
 * A program of PostgreSQL's own client, {@code pg_dump} or {@code pg_restore}, and its arguments.
 *
 * <p>Where the server is, who asks and the password it gets in its environment: the command line of
 * a process can be read by everybody on the machine.
 */
final class PostgresProgram {
  private static final String CLIENT =
      "install the client programs of PostgreSQL (the package postgresql-client) in the version of"
          + " the server or a newer one, or make a backup of your own and give --no-backup";

  /** The settings of the driver that the programs know as well, by the names that they have. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "user", "PGUSER",
          "password", "PGPASSWORD",
          "sslmode", "PGSSLMODE",
          "sslrootcert", "PGSSLROOTCERT",
          "sslcert", "PGSSLCERT",
          "sslkey", "PGSSLKEY",
          "options", "PGOPTIONS");

  private final PostgresDatabase database;
  private final List<String> command;

  private PostgresProgram(PostgresDatabase database, List<String> command) {
    this.database = database;
    this.command = command;
  }

  static PostgresProgram of(PostgresDatabase database, String name, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(arguments);
    return new PostgresProgram(database, command);
  }

  /** It ended in a failure; the message is what it said, without what rows hold. */
  static final class Failed extends IOException {
    private static final long serialVersionUID = 1;

    Failed(String words) {
      super(words);
    }
  }

  /** Takes what a program writes. */
  interface Output {
    void from(InputStream out) throws IOException, SQLException;
  }

  /**
   * Runs it to its end.
   *
   * @param output reads all that it writes
   * @throws MigrationException.BackupFailed if it is not there
   * @throws Failed if it fails, also after its output was read
   */
  void run(Output output) throws IOException, SQLException {
    Process process = start();
    FutureTask<String> errors = new FutureTask<>(() -> beginning(process.getErrorStream()));
    new Thread(errors, command.get(0)).start();
    try {
      process.getOutputStream().close();
      output.from(process.getInputStream());
      if (process.waitFor() != 0) {
        throw new Failed(words(errors.get()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + command.get(0) + " was at work");
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      process.destroyForcibly();
    }
  }

  private Process start() {
    ProcessBuilder builder = new ProcessBuilder(command);
    // These would win over what is said here.
    builder.environment().keySet().removeAll(List.of("PGSERVICE", "PGHOSTADDR"));
    builder.environment().putAll(environment(database.address()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new MigrationException.BackupFailed(
          database.name(), "there is no program " + command.get(0) + " on the PATH", CLIENT, e);
    }
  }

  private static Map<String, String> environment(PostgresAddress address) {
    URI uri = URI.create(address.url().substring("jdbc:".length()));
    Map<String, String> environment = new java.util.HashMap<>();
    environment.put("PGHOST", uri.getHost().replaceAll("[\\[\\]]", ""));
    environment.put("PGPORT", String.valueOf(uri.getPort()));
    environment.put("PGDATABASE", address.database());
    environment.put("PGAPPNAME", "botdb");
    environment.put("LC_ALL", "C");
    Properties properties = address.properties();
    SETTINGS.forEach(
        (ours, theirs) -> {
          String value = properties.getProperty(ours);
          if (value != null) {
            environment.put(theirs, value);
          }
        });
    return environment;
  }

  /** Reads all, so that nobody waits to write, and keeps as much as a message takes. */
  private static String beginning(InputStream in) throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    byte[] piece = new byte[4096];
    for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
      if (kept.size() < piece.length) {
        kept.write(piece, 0, length);
      }
    }
    return kept.toString(StandardCharsets.UTF_8);
  }

  /** What failed, and which versions do not fit; the words of the server may quote a row. */
  private String words(String errors) {
    String words =
        errors
            .lines()
            .filter(line -> line.contains(": error: ") || line.contains("detail: server version"))
            .collect(Collectors.joining("; "));
    return words.isEmpty() ? command.get(0) + " failed and did not say why" : words;
  }

  /** Whether the program is too old for the server, or for what another one has written. */
  static boolean isOfVersion(Failed failure) {
    return String.valueOf(failure.getMessage()).contains("version");
  }

  /** Returns what the failure of a program means that was asked for a backup. */
  static MigrationException.BackupFailed explain(PostgresDatabase database, Failed failure) {
    String words = String.valueOf(failure.getMessage());
    String remedy =
        isOfVersion(failure)
            ? CLIENT
            : "see to what it says and start again, or make a backup of your own and give --no-backup";
    return new MigrationException.BackupFailed(database.name(), words, remedy, failure);
  }
}
