package botdb.migrations;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Tells what an error of PostgreSQL means for the owner of the database, by its <a
 * href="https://www.postgresql.org/docs/14/errcodes-appendix.html">code</a>.
 */
record PostgresErrors(PostgresDatabase database) implements SqlErrors {
  private static final Set<String> MISSING = Set.of("42P01", "42703", "3F000");

  /** The classes whose messages may quote a value. */
  private static final Set<String> QUOTING = Set.of("22", "23", "P0", "XX");

  @Override
  public MigrationException explain(SQLException e, List<String> applied) {
    String name = database.name();
    String state = String.valueOf(e.getSQLState());
    return switch (state) {
      case "55P03", "57014" ->
          new MigrationException.Busy(name, database.patience().toSeconds(), applied, e);
      case "53100" -> new MigrationException.DiskFull(name, applied, e);
      case "28P01", "28000", "42501", "25006" ->
          new MigrationException.NotPermitted(name, words(e), applied, e);
      case "3D000" ->
          new MigrationException.DatabaseMissing(
              name,
              "check the address, or have the server create it: createdb " + database.database());
      default ->
          isUnreachable(state)
              ? new MigrationException.Unreachable(name, words(e), applied, e)
              : new MigrationException.DatabaseFailed(name, words(e), applied, e);
    };
  }

  /** Class 08, and what a server says that shuts down, starts up or has no room for one more. */
  static boolean isUnreachable(String state) {
    return state.startsWith("08")
        || Set.of("57P01", "57P02", "57P03", "57P05", "53300").contains(state);
  }

  /** Whether the connection is of no use any more, and another one may be. */
  static boolean isLost(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return isUnreachable(state) && !"53300".equals(state);
  }

  @Override
  public boolean isMissing(SQLException e) {
    return MISSING.contains(String.valueOf(e.getSQLState()));
  }

  @Override
  public @Nullable SQLException in(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof PSQLException postgres) {
        return postgres;
      }
    }
    return null;
  }

  /** The server's own words where they name tables and columns only, else the code. */
  @Override
  public String words(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    ServerErrorMessage server =
        e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    if (!QUOTING.contains(state.substring(0, Math.min(2, state.length())))) {
      String said = server == null ? e.getMessage() : "PostgreSQL says: " + server.getMessage();
      return String.valueOf(said).replaceAll("\\s+", " ");
    }
    StringBuilder words = new StringBuilder("PostgreSQL refuses it with the code " + state);
    if (server != null) {
      append(words, "table", server.getTable());
      append(words, "column", server.getColumn());
      append(words, "constraint", server.getConstraint());
    }
    return words.toString();
  }

  @Override
  public boolean isOwnCursor(SQLException e) {
    return false;
  }

  private static void append(StringBuilder words, String kind, @Nullable String name) {
    if (name != null) {
      words.append(", ").append(kind).append(' ').append(name);
    }
  }
}
