package botdb.catalog.operations;

import botdb.migrations.MigrationException.UnsuitableData;
import java.sql.SQLException;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Whether all views and triggers of a database make sense.
 *
 * <p>SQLite looks at them only when it renames something, and so something is renamed.
 *
 * @param fault what SQLite says of the first that does not; null if all do
 */
record SchemaProbe(@Nullable String fault) {

  static SchemaProbe of(DSLContext dsl) {
    dsl.execute("SAVEPOINT botdb_probe");
    try {
      dsl.execute("CREATE TABLE botdb_probe (x)");
      dsl.execute("ALTER TABLE botdb_probe RENAME TO botdb_probed");
      return new SchemaProbe(null);
    } catch (DataAccessException e) {
      SQLException cause = e.getCause(SQLException.class);
      return new SchemaProbe(String.valueOf((cause == null ? e : cause).getMessage()));
    } finally {
      dsl.execute("ROLLBACK TO botdb_probe");
      dsl.execute("RELEASE botdb_probe");
    }
  }

  /**
   * Refuses a fault that was not there before.
   *
   * @throws UnsuitableData naming the view or the trigger
   */
  void refuseNew(DSLContext dsl, String table) {
    String now = of(dsl).fault;
    if (now != null && !now.equals(fault)) {
      throw new UnsuitableData(
          List.of("SQLite says: " + now),
          "this view or trigger needs what table %s no longer has; change or drop it, then start again"
              .formatted(table));
    }
  }
}
