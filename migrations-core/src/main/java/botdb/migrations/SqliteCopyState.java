package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A database between two migrations, without its rows.
 *
 * @param bytes what its pages come to
 * @param violations foreign keys that point nowhere, and how many rows hold them
 */
record SqliteCopyState(Schema schema, long bytes, List<String> violations) {
  private static final String PLACE = " is number ";

  static final SqliteCopyState NOTHING =
      new SqliteCopyState(new Schema(new TreeSet<>()), 0, List.of());

  static SqliteCopyState of(Connection connection) throws SQLException {
    return new SqliteCopyState(
        SqliteSchemaReader.schema(connection),
        Sql.count(
            connection, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"),
        SqliteForeignKeys.violations(connection).places());
  }

  /** What went and what came, in the order of the facts. */
  List<String> differencesTo(SqliteCopyState after) {
    List<String> lines = new ArrayList<>();
    addMissing(lines, "- ", schema, after.schema);
    addMissing(lines, "+ ", after.schema, schema);
    return lines;
  }

  private static void addMissing(List<String> lines, String sign, Schema here, Schema there) {
    for (String fact : here.facts()) {
      if (!there.facts().contains(fact) && !isImplied(fact, there)) {
        lines.add(sign + fact);
      }
    }
  }

  /** The place of a column says nothing more where the column itself is missing. */
  private static boolean isImplied(String fact, Schema there) {
    int place = fact.indexOf(PLACE);
    return place > 0
        && there.facts().stream()
            .noneMatch(other -> other.startsWith(fact.substring(0, place + 1)));
  }
}
