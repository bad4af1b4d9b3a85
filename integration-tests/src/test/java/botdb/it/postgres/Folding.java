package botdb.it.postgres;

import botdb.migrations.Database;
import botdb.migrations.Migration;
import botdb.migrations.MigrationCatalog;
import botdb.migrations.Migrator;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;

/** A migration that does nothing, so that all that happens is what happens before one. */
final class Folding {
  private static final MigrationCatalog CATALOG =
      MigrationCatalog.of(new Baseline(), List.of(Migration001DoNothing.class));

  private Folding() {}

  static void run(Database database) throws SQLException {
    Migrator.of(database, CATALOG).migrate();
    try (Connection connection = database.open();
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM migrations");
    }
  }

  static final class Migration001DoNothing implements Migration {
    @Override
    public void migrate(Context context) {
      context.dsl().fetch("SELECT 1");
    }
  }

  private static final class Baseline implements MigrationCatalog.Baseline {
    @Override
    public String table() {
      return "users";
    }

    @Override
    public Set<String> columns() {
      return Set.of("history");
    }

    @Override
    public String sql() {
      return Users.TABLE;
    }
  }
}
