package botdb.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  private static final String ROWS =
      "SELECT group_concat(quote(CAST(name AS TEXT)) || ',' || quote(CAST(applied_at AS TEXT))"
          + " || ',', '' ORDER BY id) FROM migrations";

  private static final String EDITIONS =
      "SELECT group_concat(quote(migration) || ',' || quote(edition) || ',', '' ORDER BY id)"
          + " FROM migration_log WHERE event = 'applied'";

  private static final String READ = "SELECT (" + ROWS + "), (" + EDITIONS + ")";

  private static final String READ_WITHOUT_LOG = "SELECT (" + ROWS + "), NULL";

  /**
   * Reads what is applied, and in which edition where that was noted; nothing if there is no table.
   *
   * @throws MigrationException.UnsuitableSchema if the name belongs to something else
   */
  static List<MigrationPlan.AppliedRow> read(Connection connection, SqliteFile file)
      throws SQLException {
    // Asking first which tables are there would be one more read at every start.
    try {
      return read(connection, file, READ);
    } catch (SQLException e) {
      rethrowUnlessTableIsMissing(e);
    }
    try {
      return read(connection, file, READ_WITHOUT_LOG);
    } catch (SQLException e) {
      rethrowUnlessTableIsMissing(e);
      checkShape(connection, file);
      return List.of();
    }
  }

  private static void rethrowUnlessTableIsMissing(SQLException e) throws SQLException {
    if (SqlErrors.primaryCode(e) != SqlErrors.ERROR) {
      throw e;
    }
  }

  private static List<MigrationPlan.AppliedRow> read(
      Connection connection, SqliteFile file, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      QuotedTexts rows = new QuotedTexts(row.getString(1));
      QuotedTexts editions = new QuotedTexts(row.getString(2));
      return rows(rows, editions(editions), file);
    }
  }

  /** The edition of each migration in which it was applied last. */
  private static Map<String, @Nullable String> editions(QuotedTexts texts) {
    Map<String, @Nullable String> editions = new HashMap<>();
    while (texts.hasNext()) {
      String migration = texts.next();
      editions.put(String.valueOf(migration), texts.next());
    }
    return editions;
  }

  private static List<MigrationPlan.AppliedRow> rows(
      QuotedTexts texts, Map<String, @Nullable String> editions, SqliteFile file) {
    List<MigrationPlan.AppliedRow> applied = new ArrayList<>();
    while (texts.hasNext()) {
      String name = texts.next();
      if (name == null) {
        throw new MigrationException.UnsuitableSchema(
            file.path(), "its table migrations has a row without a name");
      }
      applied.add(new MigrationPlan.AppliedRow(name, texts.next(), editions.get(name)));
    }
    return applied;
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
