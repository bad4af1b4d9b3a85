package botdb.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code migration_log}: what the runner remembers beside what {@code migrations} may
 * hold.
 *
 * <p>Only added to. A database that the Python bot migrated has none.
 */
final class MigrationLog {
  static final String NAME = "migration_log";

  static final List<String> COLUMNS =
      List.of(
          "id",
          "event",
          "migration",
          "edition",
          "started_at",
          "ended_at",
          "rows",
          "backup",
          "program",
          "detail");

  private static final String CREATE =
      """
      CREATE TABLE migration_log (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          event TEXT NOT NULL CHECK (event IN ('applied', 'failed', 'forgotten', 'restored')),
          migration TEXT,
          edition TEXT,
          started_at TEXT NOT NULL,
          ended_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP,
          rows INTEGER,
          backup TEXT,
          program TEXT NOT NULL,
          detail TEXT
      )""";

  private MigrationLog() {}

  static boolean exists(Connection connection, Database database) throws SQLException {
    return !database.columns(connection, NAME).isEmpty();
  }

  static void createIfAbsent(Connection connection, Database database) throws SQLException {
    if (!exists(connection, database)) {
      Sql.run(connection, database.script(CREATE));
    }
  }

  /**
   * Refuses to write into something else of the same name.
   *
   * @throws MigrationException.UnsuitableSchema if the name belongs to something else
   */
  static void checkShape(Connection connection, Database database) throws SQLException {
    List<String> columns = database.columns(connection, NAME);
    if (!columns.isEmpty() && !columns.containsAll(COLUMNS)) {
      throw new MigrationException.UnsuitableSchema(
          database.name(), "its table migration_log is not the one of this program");
    }
  }

  /** Reads the edition in which each migration was applied last; none if there is no log. */
  static Map<String, @Nullable String> editions(Connection connection, Database database)
      throws SQLException {
    Map<String, @Nullable String> editions = new HashMap<>();
    try {
      database
          .tables()
          .readPairs(
              connection,
              "migration",
              "edition",
              NAME,
              "WHERE event = 'applied'",
              (migration, edition) -> editions.put(String.valueOf(migration), edition));
    } catch (SQLException e) {
      if (!database.errors().isMissing(e)) {
        throw e;
      }
      // There is no such table, or it is somebody else's, which writing refuses.
    }
    return editions;
  }

  static void applied(
      Connection connection,
      String migration,
      @Nullable String edition,
      String startedAt,
      long rows,
      @Nullable String backup)
      throws SQLException {
    add(connection, "applied", migration, edition, startedAt, rows, backup, null);
  }

  static void failed(
      Connection connection,
      String migration,
      String startedAt,
      @Nullable String backup,
      String code)
      throws SQLException {
    add(connection, "failed", migration, null, startedAt, null, backup, code);
  }

  static void forgotten(
      Connection connection, String migration, @Nullable String edition, @Nullable String backup)
      throws SQLException {
    add(connection, "forgotten", migration, edition, Times.now(), null, backup, null);
  }

  static void restored(Connection connection, String from) throws SQLException {
    add(connection, "restored", null, null, Times.now(), null, from, null);
  }

  private static void add(
      Connection connection,
      String event,
      @Nullable String migration,
      @Nullable String edition,
      String startedAt,
      @Nullable Long rows,
      @Nullable String backup,
      @Nullable String detail)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            INSERT INTO migration_log
                (event, migration, edition, started_at, rows, backup, program, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)) {
      insert.setString(1, event);
      insert.setString(2, migration);
      insert.setString(3, edition);
      insert.setString(4, startedAt);
      insert.setObject(5, rows);
      insert.setString(6, backup);
      insert.setString(7, ProgramVersion.get());
      insert.setString(8, detail);
      insert.executeUpdate();
    }
  }
}
