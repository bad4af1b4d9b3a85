package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/** What a transaction has to know of the session that it goes on in, and of those beside it. */
final class PostgresSession {
  private static final int SHOWN = 5;
  private static final int LOOKS = 100;

  private PostgresSession() {}

  /** Returns the schema in which tables are created that name none. */
  static String schema(Connection connection) throws SQLException {
    return String.valueOf(Sql.texts(connection, "SELECT current_schema()").get(0));
  }

  /** Makes the transaction look for names in these schemas alone, and create them in the first. */
  static void searchIn(Connection connection, String... schemas) throws SQLException {
    Sql.run(
        connection,
        "SET LOCAL search_path TO "
            + Stream.of(schemas).map(Sql::quote).collect(Collectors.joining(", ")));
  }

  /**
   * Lets the transaction wait for a program for as long as that takes, whatever the server says.
   */
  static void stayIdle(Connection connection) throws SQLException {
    Sql.run(connection, "SET LOCAL idle_in_transaction_session_timeout = 0");
  }

  /**
   * Refuses where something between here and the server gives the sessions out.
   *
   * <p>The programs of PostgreSQL make settings in their session that would stay for whoever gets
   * it next, an empty search path among them.
   */
  static void refusePooler(Connection connection, PostgresDatabase database) throws SQLException {
    long said = connection.unwrap(PGConnection.class).getBackendPID();
    if (Sql.count(connection, "SELECT pg_backend_pid()") != said) {
      throw new MigrationException.BackupFailed(
          database.name(),
          "a pooler stands between here and the server, and pg_dump needs a session of its own",
          "give the address of the server itself, or make a backup of your own and give --no-backup",
          null);
    }
  }

  /**
   * Refuses while others are connected to the database.
   *
   * <p>A session that was closed is still seen for a moment.
   */
  static void refuseOthers(Connection connection, PostgresDatabase database) throws SQLException {
    List<String> others = others(connection);
    for (int look = 1; look < LOOKS && !others.isEmpty(); look++) {
      Sql.texts(connection, "SELECT pg_sleep(0.02)::text");
      others = others(connection);
    }
    if (!others.isEmpty()) {
      String more = others.size() > SHOWN ? ", and " + (others.size() - SHOWN) + " more" : "";
      throw new MigrationException.Busy(
          database.name(),
          String.join(", ", others.subList(0, Math.min(SHOWN, others.size()))) + more);
    }
  }

  private static List<String> others(Connection connection) throws SQLException {
    // What a transaction has seen of the others once, it would see to its end.
    Sql.texts(connection, "SELECT pg_stat_clear_snapshot()::text");
    return Sql.texts(
        connection,
        "SELECT pid || coalesce(' of ' || nullif(application_name, ''), '')"
            + " || coalesce(' at ' || host(client_addr), '')"
            + " FROM pg_stat_activity WHERE datname = current_database()"
            + " AND pid <> pg_backend_pid() AND backend_type = 'client backend' ORDER BY pid");
  }
}
