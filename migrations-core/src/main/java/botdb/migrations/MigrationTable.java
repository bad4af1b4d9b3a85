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

  private static final List<String> COLUMNS = List.of("id", "name", "applied_at");

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
  static List<MigrationPlan.AppliedRow> read(Connection connection, SqliteFile file)
      throws SQLException {
    List<MigrationPlan.AppliedRow> rows = new ArrayList<>();
    // Asking first whether the table is there would be one more read at every start. By the rows
    // and
    // not by the index of the names, whose order is another.
    try {
      TextPairs.read(
          connection,
          "name",
          "applied_at",
          "migrations NOT INDEXED",
          (name, appliedAt) -> rows.add(row(name, appliedAt, file)));
    } catch (SQLException e) {
      if (SqlErrors.primaryCode(e) != SqlErrors.ERROR) {
        throw e;
      }
      checkShape(connection, file);
    }
    return rows;
  }

  private static MigrationPlan.AppliedRow row(
      @Nullable String name, @Nullable String appliedAt, SqliteFile file) {
    if (name == null) {
      throw new MigrationException.UnsuitableSchema(
          file.path(), "its table migrations has a row without a name");
    }
    return new MigrationPlan.AppliedRow(name, appliedAt);
  }

  /**
   * Refuses to write into something else of the same name.
   *
   * @throws MigrationException.UnsuitableSchema if the name belongs to something else
   */
  static void checkShape(Connection connection, SqliteFile file) throws SQLException {
    List<String> kinds = kinds(connection);
    if (kinds.isEmpty()) {
      return;
    }
    if (!kinds.get(0).equals("table")) {
      throw new MigrationException.UnsuitableSchema(file.path(), "migrations is a view");
    }
    if (!Sql.texts(connection, "SELECT lower(name) FROM pragma_table_xinfo('migrations')")
        .equals(COLUMNS)) {
      throw new MigrationException.UnsuitableSchema(
          file.path(), "its table migrations has other columns than id, name, applied_at");
    }
  }

  private static List<String> kinds(Connection connection) throws SQLException {
    return Sql.texts(
        connection,
        "SELECT type FROM sqlite_schema WHERE type IN ('table', 'view')"
            + " AND lower(name) = 'migrations'");
  }

  static void createIfAbsent(Connection connection) throws SQLException {
    if (kinds(connection).isEmpty()) {
      Sql.run(connection, CREATE);
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
