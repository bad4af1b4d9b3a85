package botdb.migrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.sqlite.SQLiteConfig;

/**
 * The first rows of each table that a migration changed, found by comparing the database with a
 * copy of what it was.
 *
 * <p>Not by what SQLite tells while the migration runs: which row is which it does not tell of
 * tables without rowid, nor of those that are emptied, rebuilt or renamed.
 */
final class SqliteRowSamples {
  private final Path database;
  private final Path before;
  private final UnaryOperator<String> mask;

  SqliteRowSamples(Path database, Path before, UnaryOperator<String> mask) {
    this.database = database;
    this.before = before;
    this.mask = mask;
  }

  static Connection open(Path database) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return config.createConnection("jdbc:sqlite:" + database);
  }

  /** Keeps the database as it is now; somebody else may hold the write lock. */
  void keep() throws SQLException, IOException {
    Files.deleteIfExists(before);
    if (!Files.exists(database)) {
      Files.createFile(before); // SQLite takes an empty file for an empty database
      return;
    }
    try (Connection connection = open(database)) {
      SqliteCopy.copy(connection, database, before);
    }
  }

  /**
   * Compares the database with what was kept.
   *
   * @param ignored tables to leave out, in lower case
   */
  List<Rehearsal.Sample> take(Set<String> ignored) throws SQLException {
    try (Connection connection = open(database)) {
      attach(connection);
      List<Rehearsal.Sample> samples = new ArrayList<>();
      for (String table : tables(connection)) {
        if (!ignored.contains(table.toLowerCase(Locale.ROOT))) {
          samples.addAll(SqliteTableComparison.of(connection, table, mask).samples());
        }
      }
      return samples;
    }
  }

  private void attach(Connection connection) throws SQLException {
    try (PreparedStatement attach = connection.prepareStatement("ATTACH ? AS before")) {
      attach.setString(1, before.toString());
      attach.execute();
    }
  }

  private static Set<String> tables(Connection connection) throws SQLException {
    Set<String> tables = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    tables.addAll(
        Sql.texts(
            connection,
            """
            SELECT name FROM pragma_table_list
            WHERE schema IN ('main', 'before') AND type = 'table'
              AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
            """));
    return tables;
  }
}
