package botdb.catalog.operations;

import java.sql.Statement;
import org.jooq.DSLContext;

/** Statements that others wrote: jOOQ would look for parameters in them. */
final class RawSql {
  private RawSql() {}

  static void run(DSLContext dsl, String sql) {
    dsl.connection(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
          }
        });
  }

  static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
