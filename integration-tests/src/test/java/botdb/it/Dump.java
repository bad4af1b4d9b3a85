package botdb.it;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/** A whole database as text: every object of its schema, every cell of every table. */
public final class Dump {
  private static final String TIME_OF_DAY = "'\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d'$";

  private Dump() {}

  /**
   * Dumps a database; the times in {@code migrations}, which are those of the test, as NOW; {@code
   * migration_log} left out.
   */
  public static String of(Path database) throws SQLException {
    StringBuilder dump = new StringBuilder();
    write(database, line -> dump.append(line).append('\n'));
    return dump.toString();
  }

  /** Returns the SHA-256 of the dump, for a database whose dump is too long to be held. */
  public static String hash(Path database) throws SQLException {
    MessageDigest digest = sha256();
    write(database, line -> digest.update((line + '\n').getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Dumps every cell of every table, times and all; nothing of the schema. */
  public static String rows(Path database) throws SQLException {
    StringBuilder dump = new StringBuilder();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      for (String table :
          column(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")) {
        each(
            connection,
            "SELECT " + cells(connection, table) + " FROM \"" + table + "\" ORDER BY 1",
            row -> dump.append(table).append(": ").append(row).append('\n'));
      }
    }
    return dump.toString();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(Path database, Consumer<String> lines) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      each(
          connection,
          "SELECT type || ' ' || name || ' of ' || tbl_name || ': ' || coalesce(sql, '')"
              + " FROM sqlite_schema WHERE tbl_name <> 'migration_log' ORDER BY type, name",
          lines);
      for (String table :
          column(
              connection,
              "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'migration_log' ORDER BY name")) {
        writeRows(connection, table, lines);
      }
    }
  }

  private static void writeRows(Connection connection, String table, Consumer<String> lines)
      throws SQLException {
    boolean timed = table.equals("migrations");
    each(
        connection,
        "SELECT " + cells(connection, table) + " FROM \"" + table + "\" ORDER BY 1",
        row -> {
          if (!row.startsWith("'migration_log'|")) {
            lines.accept(table + ": " + (timed ? row.replaceFirst(TIME_OF_DAY, "'NOW'") : row));
          }
        });
  }

  private static String cells(Connection connection, String table) throws SQLException {
    return String.join(
        " || '|' || ",
        column(
            connection,
            "SELECT 'quote(\"' || name || '\")' FROM pragma_table_xinfo('" + table + "')"));
  }

  public static List<String> column(Connection connection, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    each(connection, query, texts::add);
    return texts;
  }

  private static void each(Connection connection, String query, Consumer<String> use)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        use.accept(rows.getString(1));
      }
    }
  }
}
