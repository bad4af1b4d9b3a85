package botdb.it.fault;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;

/**
 * A bot as the Python one was: it reads a history as text, appends a message, writes the whole text
 * back, waits five seconds for others, knows nothing of migrations and never stops by itself.
 *
 * <p>Prints {@code stored USER NUMBER} for each message once it is committed, {@code busy} for each
 * that was refused.
 */
final class OldBot {
  static final int USERS = 20;

  private final String url;
  private int number;

  private OldBot(String url) {
    this.url = url;
  }

  /** Talks to the first users, one after the other, or hangs half-way, until it is killed. */
  public static void main(String[] arguments) throws Exception {
    OldBot bot = new OldBot("jdbc:sqlite:" + arguments[0]);
    if (arguments.length > 1) {
      bot.hang();
    }
    while (true) {
      bot.talk(bot.number % USERS + 1);
    }
  }

  /** Begins a write and never ends it. */
  private void hang() throws SQLException, InterruptedException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      store(connection, 1, append(history(connection, 1), number));
      System.out.println("hanging");
      new CountDownLatch(1).await();
    }
  }

  private void talk(int user) {
    String said;
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 5000");
      store(connection, user, append(history(connection, user), number));
      said = "stored " + user + " " + number;
    } catch (SQLException e) {
      said = e.getMessage().contains("BUSY") ? "busy" : "failed: " + e.getMessage();
    }
    System.out.println(said);
    System.out.flush();
    number++;
  }

  private static String history(Connection connection, int user) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT history FROM users WHERE user_id = ?")) {
      select.setInt(1, user);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getString(1) : "[]";
      }
    }
  }

  /** What it makes of a history with its message of a number. */
  static String append(String history, int number) {
    String message = "{\"role\": \"user\", \"content\": \"old bot " + number + ".\"}";
    String head = history.substring(0, history.length() - 1);
    return head + (head.equals("[") ? "" : ", ") + message + "]";
  }

  private static void store(Connection connection, int user, String history) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE users SET history = ? WHERE user_id = ?")) {
      update.setString(1, history);
      update.setInt(2, user);
      update.executeUpdate();
    }
  }
}
