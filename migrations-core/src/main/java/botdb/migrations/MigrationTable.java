package botdb.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code migrations}: what was applied, and when.
 *
 * <p>Its shape is that of the Python bot, column for column, since scripts read it by position.
 */
final class MigrationTable {
  static final String NAME = "migrations";

  static final List<String> COLUMNS = List.of("id", "name", "applied_at");

  private static final String CREATE =
      """
      CREATE TABLE migrations (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          name TEXT UNIQUE NOT NULL,
          applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
      )""";

  private MigrationTable() {}

  /**
   * Reads what is applied; nothing if there is no table.
   *
   * @throws MigrationException.UnsuitableSchema if the name belongs to something else
   */
  static List<MigrationPlan.AppliedRow> read(Connection connection, Database database)
      throws SQLException {
    List<MigrationPlan.AppliedRow> rows = new ArrayList<>();
    // Asking first whether the table is there would be one more read at every start.
    try {
      database
          .tables()
          .readPairs(
              connection,
              "name",
              "applied_at",
              NAME,
              "",
              (name, appliedAt) -> rows.add(row(name, appliedAt, database)));
    } catch (SQLException e) {
      if (!database.errors().isMissing(e)) {
        throw e;
      }
      checkShape(connection, database);
    }
    return rows;
  }

  private static MigrationPlan.AppliedRow row(
      @Nullable String name, @Nullable String appliedAt, Database database) {
    if (name == null) {
      throw new MigrationException.UnsuitableSchema(
          database.name(), "its table migrations has a row without a name");
    }
    return new MigrationPlan.AppliedRow(name, appliedAt);
  }

  /**
   * Refuses to write into something else of the same name.
   *
   * @throws MigrationException.UnsuitableSchema if the name belongs to something else
   */
  static void checkShape(Connection connection, Database database) throws SQLException {
    String kind = database.tables().kind(connection, NAME);
    if (kind == null) {
      return;
    }
    if (!kind.equals("table")) {
      throw new MigrationException.UnsuitableSchema(database.name(), "migrations is a view");
    }
    if (!database.columns(connection, NAME).equals(COLUMNS)) {
      throw new MigrationException.UnsuitableSchema(
          database.name(), "its table migrations has other columns than id, name, applied_at");
    }
  }

  static void createIfAbsent(Connection connection, Database database) throws SQLException {
    if (database.tables().kind(connection, NAME) == null) {
      Sql.run(connection, database.script(CREATE));
    }
  }

  static void insert(Connection connection, String name) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO migrations (name) VALUES (?)")) {
      insert.setString(1, name);
      insert.executeUpdate();
    }
  }

  /** Deletes the rows of a migration, whichever way its name is written. */
  static void delete(Connection connection, String name) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM migrations WHERE name IN (?, ? || '.py')")) {
      delete.setString(1, name);
      delete.setString(2, name);
      delete.executeUpdate();
    }
  }
}
