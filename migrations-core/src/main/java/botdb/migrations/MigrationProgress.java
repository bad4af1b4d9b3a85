package botdb.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code migration_progress}: how far a migration in steps has come. It is there only
 * while there is one under way.
 */
final class MigrationProgress {
  static final String NAME = "migration_progress";

  static final List<String> COLUMNS =
      List.of("migration", "edition", "position", "steps", "rows", "done", "total", "started_at");

  static final String CREATE =
      """
      CREATE TABLE migration_progress (
          migration TEXT PRIMARY KEY,
          edition TEXT,
          position TEXT NOT NULL,
          steps INTEGER NOT NULL,
          rows INTEGER NOT NULL,
          done INTEGER NOT NULL,
          total INTEGER NOT NULL,
          started_at TEXT NOT NULL
      )""";

  private MigrationProgress() {}

  /**
   * Where a migration stands.
   *
   * @param position what it said of itself, for itself
   * @param steps transactions committed
   * @param rows rows changed in them
   * @param done of {@code total}, as it counts
   * @param startedAt when the first step began
   */
  record Stand(
      @Nullable String edition,
      String position,
      long steps,
      long rows,
      long done,
      long total,
      String startedAt) {}

  /**
   * Reads how far each migration has come; empty if none is under way.
   *
   * @throws MigrationException.UnsuitableSchema if the name belongs to something else
   */
  static Map<String, Stand> read(Connection connection, Database database) throws SQLException {
    List<String> columns = database.columns(connection, NAME);
    if (!columns.isEmpty() && !columns.equals(COLUMNS)) {
      throw new MigrationException.UnsuitableSchema(
          database.name(), "its table migration_progress is not the one of this program");
    }
    Map<String, Stand> stands = new HashMap<>();
    if (columns.isEmpty()) {
      return stands;
    }
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT migration, edition, position, steps, rows, done, total, started_at"
                    + " FROM migration_progress");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        stands.put(
            rows.getString(1),
            new Stand(
                rows.getString(2),
                rows.getString(3),
                rows.getLong(4),
                rows.getLong(5),
                rows.getLong(6),
                rows.getLong(7),
                rows.getString(8)));
      }
    }
    return stands;
  }

  static void save(Connection connection, Database database, String migration, Stand stand)
      throws SQLException {
    if (database.columns(connection, NAME).isEmpty()) {
      Sql.run(connection, database.script(CREATE));
    }
    delete(connection, migration);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO migration_progress VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, migration);
      insert.setString(2, stand.edition);
      insert.setString(3, stand.position);
      insert.setLong(4, stand.steps);
      insert.setLong(5, stand.rows);
      insert.setLong(6, stand.done);
      insert.setLong(7, stand.total);
      insert.setString(8, stand.startedAt);
      insert.executeUpdate();
    }
  }

  /** A migration is finished; the last one takes the table with it. */
  static void finish(Connection connection, Database database, String migration)
      throws SQLException {
    if (database.columns(connection, NAME).isEmpty()) {
      return;
    }
    delete(connection, migration);
    if (Sql.count(connection, "SELECT count(*) FROM migration_progress") == 0) {
      Sql.run(connection, "DROP TABLE migration_progress");
    }
  }

  private static void delete(Connection connection, String migration) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM migration_progress WHERE migration = ?")) {
      delete.setString(1, migration);
      delete.executeUpdate();
    }
  }
}
