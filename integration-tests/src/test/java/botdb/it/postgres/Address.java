package botdb.it.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * Where a database is reached, and as whom.
 *
 * @param port on this machine: of a server, a cable or a pooler
 */
public record Address(int port, String database, String user, String password) {

  /** Returns it as {@code postgres://user:password@127.0.0.1:5432/database}. */
  public String url() {
    return "postgres://%s:%s@127.0.0.1:%d/%s".formatted(user, password, port, database);
  }

  /**
   * Returns it as {@code jdbc:postgresql://127.0.0.1:5432/database?user=user&password=password}.
   */
  public String jdbcUrl() {
    return jdbcUrlWithoutPassword() + "&password=" + password;
  }

  /** Returns it for those who have the password from elsewhere: {@code PGPASSWORD}. */
  public String jdbcUrlWithoutPassword() {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s".formatted(port, database, user);
  }

  /** Returns the same database for another user. */
  public Address as(String otherUser, String otherPassword) {
    return new Address(port, database, otherUser, otherPassword);
  }

  /** Returns the same database, reached through something in between. */
  public Address through(int otherPort) {
    return new Address(otherPort, database, user, password);
  }

  /** Connects; the caller closes. */
  public Connection connect() throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), login);
  }

  /** Runs statements, each in a transaction of its own. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Asks, and returns each row as {@code psql -tA} shows it: {@code 1|text|}. */
  public List<String> query(String sql) throws SQLException {
    try (Connection connection = connect()) {
      return query(connection, sql);
    }
  }

  /** Asks over a connection that is open already. */
  static List<String> query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      while (rows.next()) {
        StringBuilder line = new StringBuilder();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          String value = rows.getString(column);
          line.append(column == 1 ? "" : "|").append(value == null ? "" : value);
        }
        lines.add(line.toString());
      }
      return lines;
    }
  }
}
