package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether the pages of a database hang together, as far as one pass over them shows. */
final class SqliteDamage {
  /**
   * What the check reports beside damage: rows that break a rule of their table. Databases in the
   * field have them, and every page of theirs is sound.
   */
  private static final Pattern BROKEN_RULE =
      Pattern.compile("(CHECK constraint failed in|(NULL|NUMERIC|TEXT|non-\\w+) value in) .*");

  private SqliteDamage() {}

  /** Looks at every page once, https://sqlite.org/pragma.html#pragma_quick_check. */
  static @Nullable String first(Connection connection) throws SQLException {
    return first(connection, "PRAGMA quick_check(1000)");
  }

  /** Compares indexes with their tables, too, which takes longer. */
  static @Nullable String anywhere(Connection connection) throws SQLException {
    return first(connection, "PRAGMA integrity_check(1000)");
  }

  /** Returns the first twenty of all that the longer check reports, broken rules among it. */
  static List<String> all(Connection connection) throws SQLException {
    List<String> faults = new ArrayList<>();
    for (String row : Sql.texts(connection, "PRAGMA integrity_check(20)")) {
      // One row may hold many faults, under a headline that names the database.
      row.lines()
          .filter(line -> !line.equals("ok") && !line.startsWith("***"))
          .forEach(faults::add);
    }
    return faults;
  }

  private static @Nullable String first(Connection connection, String check) throws SQLException {
    for (String line : Sql.texts(connection, check)) {
      if (!line.equals("ok") && !BROKEN_RULE.matcher(line).matches()) {
        return "SQLite says: " + line.replaceAll("\\s+", " ");
      }
    }
    return null;
  }
}
