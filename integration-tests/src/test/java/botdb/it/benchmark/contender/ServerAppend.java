package botdb.it.benchmark.contender;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Appends messages with the driver and the server's own {@code jsonb}, a commit each. */
public final class ServerAppend implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement update;

  private ServerAppend(Connection connection, PreparedStatement update) {
    this.connection = connection;
    this.update = update;
  }

  /**
   * Opens a database.
   *
   * @param address as the driver takes it
   */
  public static ServerAppend to(String address) throws SQLException {
    Connection connection = DriverManager.getConnection(address);
    return new ServerAppend(
        connection,
        connection.prepareStatement(
            "UPDATE users SET history = CAST(CAST(history AS jsonb) || CAST(? AS jsonb) AS text)"
                + " WHERE user_id = ?"));
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
