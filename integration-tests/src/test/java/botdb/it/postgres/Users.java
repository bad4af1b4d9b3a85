package botdb.it.postgres;

import botdb.catalog.history.Histories;
import botdb.migrations.Database;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The table {@code users} in a database of a test, on either engine. */
record Users(Database database) {
  static final String TABLE =
      "CREATE TABLE users (user_id BIGINT PRIMARY KEY, username TEXT,"
          + " history TEXT DEFAULT '[]', created_at TEXT)";

  /** Creates an empty one on a server. */
  static Users on(Address address) throws SQLException {
    address.execute(TABLE);
    return new Users(Database.parse(address.url()));
  }

  /** Creates an empty one in a file. */
  static Users in(Path file) throws SQLException {
    Users users = new Users(Database.of(file));
    users.execute(TABLE.replace("BIGINT", "INTEGER"));
    return users;
  }

  void execute(String... statements) throws SQLException {
    try (Connection connection = database.open();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  void add(long user, @Nullable String history) throws SQLException {
    try (Connection connection = database.open();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO users (user_id, history) VALUES (?, ?)")) {
      insert.setLong(1, user);
      insert.setString(2, history);
      insert.executeUpdate();
    }
  }

  /** Adds the users of a file that have histories of text in UTF-8. */
  Users addThoseOf(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT user_id, history FROM users WHERE typeof(history) IN ('text', 'null')"
                    + " AND coalesce(instr(CAST(history AS BLOB), x'00'), 0) = 0")) {
      while (rows.next()) {
        add(rows.getLong(1), rows.getString(2));
      }
    }
    return this;
  }

  /** Does something with the histories, over a connection of its own. */
  void use(Consumer<Histories> work) throws SQLException {
    try (Connection connection = database.open()) {
      work.accept(histories(connection));
    }
  }

  Histories histories(Connection connection) {
    return Histories.in(database.cells(database.jooq(connection)));
  }

  /** What lies in the cells. */
  Map<Long, String> cells() throws SQLException {
    try (Connection connection = database.openReadOnly();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT user_id, history FROM users")) {
      Map<Long, String> cells = new TreeMap<>();
      while (rows.next()) {
        byte[] cell = rows.getBytes(2);
        cells.put(
            rows.getLong(1), cell == null ? "NULL" : new String(cell, StandardCharsets.UTF_8));
      }
      return cells;
    }
  }
}
