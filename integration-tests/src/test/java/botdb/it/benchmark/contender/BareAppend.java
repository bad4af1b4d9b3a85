package botdb.it.benchmark.contender;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Appends messages with the driver and SQLite's own function, durable as the bot's appends are. */
public final class BareAppend implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement update;

  private BareAppend(Connection connection, PreparedStatement update) {
    this.connection = connection;
    this.update = update;
  }

  /** Opens a database and puts it into WAL mode. */
  public static BareAppend to(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
    }
    return new BareAppend(
        connection,
        connection.prepareStatement(
            "UPDATE users SET history = json_insert(history, '$[#]', json(?)) WHERE user_id = ?"));
  }

  /** Appends one message in a transaction of its own; returns how many users it was. */
  public int append(long user, String json) throws SQLException {
    update.setString(1, json);
    update.setLong(2, user);
    return update.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    update.close();
    connection.close();
  }
}
