package botdb.migrations;

import botdb.migrations.CopiedTable.Types;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedSet;

/** What the tables that are copied mean, by the facts that SQLite gives of them. */
final class CopiedSchema {
  private CopiedSchema() {}

  /** Returns the facts of the tables in a database that has nothing else; its own are left out. */
  static SortedSet<String> facts(List<CopiedTable> tables, Types types) throws SQLException {
    return Database.snapshot(CopiedTable.script(tables, types)).facts();
  }

  /** Returns a fact without the statement behind it, which may be long. */
  static String shown(String fact) {
    int statement = fact.indexOf(": ");
    return statement < 0 ? fact : fact.substring(0, statement);
  }
}
