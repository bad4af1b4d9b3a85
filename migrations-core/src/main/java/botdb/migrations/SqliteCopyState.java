package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;

/**
 * A database between two migrations, without its rows.
 *
 * @param bytes what its pages come to
 * @param violations foreign keys that point nowhere, and how many rows hold them
 */
record SqliteCopyState(Schema schema, long bytes, List<String> violations) {
  static final SqliteCopyState NOTHING =
      new SqliteCopyState(new Schema(new TreeSet<>()), 0, List.of());

  static SqliteCopyState of(Connection connection) throws SQLException {
    return new SqliteCopyState(
        SqliteSchemaReader.schema(connection),
        Sql.count(
            connection, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"),
        SqliteForeignKeys.violations(connection).places());
  }
}
