package botdb.it.fault;

import botdb.it.Dump;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be read of a database, damaged or not.
 *
 * @param rows every row of {@code users}, its history as X
 * @param histories the histories in the same order, as SQL would write them
 * @param faults what SQLite's own check has to say
 */
record Users(List<String> rows, List<String> histories, List<String> faults) {

  /** Reads a database that nobody else uses; null if it cannot be read to the end. */
  static @Nullable Users read(Path database) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      List<String> cells =
          Dump.column(
              connection,
              "SELECT iif(lower(name) = 'history', '''X''', 'quote(\"' || name || '\")')"
                  + " FROM pragma_table_xinfo('users')");
      return new Users(
          Dump.column(connection, "SELECT " + String.join(" || '|' || ", cells) + " FROM users"),
          Dump.column(connection, "SELECT quote(history) FROM users"),
          Dump.column(connection, "PRAGMA integrity_check(1000)"));
    } catch (SQLException e) {
      return null;
    }
  }

  /** The histories without what the migration may have added to them. */
  List<String> withoutAdditions() {
    return histories.stream()
        .map(history -> history.replaceAll("(, )?\"timestamp\": null", ""))
        .toList();
  }
}
