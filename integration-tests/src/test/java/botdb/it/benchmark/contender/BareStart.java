package botdb.it.benchmark.contender;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Opens a database and reads what is applied to it, with the driver alone. */
public final class BareStart {
  private BareStart() {}

  /** Prints how many migrations the database of the first argument names. */
  public static void main(String[] arguments) throws SQLException {
    System.out.println(applied("jdbc:sqlite:" + arguments[0]).size());
  }

  /** Returns the names in {@code migrations}. */
  public static List<String> applied(String url) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name FROM migrations")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}
