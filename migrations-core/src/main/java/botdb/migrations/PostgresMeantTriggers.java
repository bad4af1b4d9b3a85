package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The triggers of two versions of a table, which only SQLite can be told of: what they do, a server
 * is told by its owner, under the same name.
 *
 * @param before the words of each by its name in lower case
 * @param after those of the next version
 */
record PostgresMeantTriggers(Map<String, List<String>> before, Map<String, List<String>> after) {
  private static final String THERE =
      "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(quote_ident(?))"
          + " AND NOT tgisinternal AND lower(tgname) = ?";

  static PostgresMeantTriggers of(List<String> before, List<String> after) {
    return new PostgresMeantTriggers(read(before), read(after));
  }

  private static Map<String, List<String>> read(List<String> statements) {
    Map<String, List<String>> triggers = new TreeMap<>();
    for (String statement : statements) {
      List<String> words = SqlTokens.of(statement);
      if (isTrigger(words)) {
        int name = words.indexOf("trigger") + 1;
        boolean isOptional = words.subList(name, name + 3).equals(List.of("if", "not", "exists"));
        triggers.put(words.get(isOptional ? name + 3 : name), words);
      }
    }
    return triggers;
  }

  /** Returns the statements of something else. */
  static List<String> without(List<String> statements) {
    return statements.stream().filter(statement -> !isTrigger(SqlTokens.of(statement))).toList();
  }

  private static boolean isTrigger(List<String> words) {
    return words.size() > 2 && words.subList(0, 3).contains("trigger");
  }

  /**
   * Needs those to be there that are new or say something else.
   *
   * @throws MigrationException.UnsuitableData naming those that are not
   */
  void requireNew(Connection connection, String table) throws SQLException {
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, List<String>> trigger : after.entrySet()) {
      boolean isNew = !trigger.getValue().equals(before.get(trigger.getKey()));
      if (isNew && Sql.texts(connection, THERE, table, trigger.getKey()).isEmpty()) {
        missing.add(
            "trigger %s of %s is written for SQLite alone".formatted(trigger.getKey(), table));
      }
    }
    if (!missing.isEmpty()) {
      throw new MigrationException.UnsuitableData(
          missing, "create triggers of these names that do the same here, then start again");
    }
  }

  /** Drops those that the next version has no more. */
  void dropOld(Connection connection, String table) throws SQLException {
    for (String name : before.keySet()) {
      if (!after.containsKey(name)) {
        for (String there : Sql.texts(connection, THERE, table, name)) {
          Sql.run(connection, "DROP TRIGGER " + Sql.quote(there) + " ON " + Sql.quote(table));
        }
      }
    }
  }
}
