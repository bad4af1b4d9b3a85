package botdb.bot;

import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.Database;
import botdb.migrations.Migrator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Real database files for tests. */
public final class TestDatabase {
  public static final String USERS =
      "CREATE TABLE users (user_id INTEGER PRIMARY KEY, username TEXT, history TEXT NOT NULL DEFAULT"
          + " '[]', created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)";

  private TestDatabase() {}

  /** A database of the old bot, never migrated. */
  public static Path old(Path folder) {
    return with(
        folder,
        USERS,
        "INSERT INTO users (user_id, history) VALUES (42, '[{\"role\": \"user\", \"content\": \"Hi\"}]')");
  }

  /** A database as the newest migration leaves it. */
  public static Path migrated(Path folder) {
    Path file = old(folder);
    Migrator.of(Database.of(file), BotCatalog.migrations()).migrate();
    run(file, "UPDATE migrations SET applied_at = '2025-11-05 15:30:45'");
    return file;
  }

  public static Path with(Path folder, String... statements) {
    Path file = folder.resolve("users.db");
    run(file, statements);
    return file;
  }

  public static void run(Path file, String... statements) {
    try (Connection connection = Database.of(file).open();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA foreign_keys = OFF");
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of the rows. */
  public static List<String> query(Path file, String sql) {
    try (Connection connection = Database.of(file).openReadOnly();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
