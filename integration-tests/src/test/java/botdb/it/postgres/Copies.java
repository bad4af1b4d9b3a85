package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.Database;
import botdb.migrations.DatabaseCopy;
import botdb.migrations.DatabaseCopy.Unsaid;
import botdb.migrations.Schema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Copies of databases between files and a server.
 *
 * @param folder where the files are
 * @param address of a database on the server
 */
record Copies(Path folder, Address address) {
  static final String USERS =
      """
      CREATE TABLE users (
          user_id INTEGER PRIMARY KEY,
          username TEXT,
          history TEXT NOT NULL DEFAULT '[]',
          created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
      );
      """;

  DatabaseCopy.Report copy(String from, String to, Unsaid unsaid) {
    return DatabaseCopy.of(Database.parse(from), Database.parse(to), BotCatalog.migrations())
        .copy(unsaid);
  }

  DatabaseCopy.Report copyThere(Path from) {
    return copy(from.toString(), address.url(), Unsaid.REFUSE);
  }

  Path copyBack() {
    Path back = folder.resolve("back.db");
    copy(address.url(), back.toString(), Unsaid.REFUSE);
    return back;
  }

  Path create(String script) throws SQLException {
    Path file = folder.resolve("users.db");
    execute(file, script);
    return file;
  }

  static void execute(Path file, String script) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(script);
    }
  }

  static Schema schema(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      return Database.of(file).schema(connection);
    }
  }

  void assertNothingIsThere() throws SQLException {
    assertThat(
            address.query(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
        .isEmpty();
  }
}
