package botdb.it.fault;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** Databases of the old bot as large as wanted, the same each time. */
public final class Generated {
  private static final long SEED = 20251105;
  private static final int BYTES_OF_A_MEGABYTE = 1_000_000;

  private Generated() {}

  /** Creates a database of about this size, at rest in a journal mode. */
  public static void database(Path path, String journalMode, int megabytes) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = " + journalMode);
      connection.setAutoCommit(false);
      statement.execute(
          """
          CREATE TABLE users (
              user_id INTEGER PRIMARY KEY,
              username TEXT,
              history TEXT NOT NULL DEFAULT '[]',
              created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
          )""");
      statement.execute("CREATE INDEX users_by_name ON users (username)");
      fill(connection, (long) megabytes * BYTES_OF_A_MEGABYTE);
      connection.commit();
    }
  }

  private static void fill(Connection connection, long bytes) throws SQLException {
    Random random = new Random(SEED);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO users VALUES (?, ?, CAST(? AS TEXT), '2025-11-05 15:30:45')")) {
      long written = 0;
      for (int user = 1; written < bytes; user++) {
        byte[] history = history(random);
        insert.setLong(1, user);
        insert.setString(2, "user " + random.nextInt());
        insert.setBytes(3, history);
        insert.executeUpdate();
        written += history.length;
      }
    }
  }

  /** Up to a hundred messages; some users have none, some messages a time already. */
  private static byte[] history(Random random) {
    StringBuilder json = new StringBuilder("[");
    int messages = random.nextInt(100);
    for (int i = 0; i < messages; i++) {
      json.append(i == 0 ? "" : ", ")
          .append("{\"role\": \"user\", \"content\": \"")
          .append("слово ёжик 🦔 \\n".repeat(random.nextInt(20)))
          .append(random.nextInt(10) == 0 ? "\", \"timestamp\": \"2025-11-05 15:30:45" : "")
          .append("\"}");
    }
    return json.append(']').toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
