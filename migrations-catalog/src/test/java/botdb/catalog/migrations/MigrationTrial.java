package botdb.catalog.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.catalog.TestDatabase;
import botdb.migrations.Migrator;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * One migration on rows of the version before it.
 *
 * <pre>{@code
 * MigrationTrial.of(2, folder)
 *     .before("INSERT INTO users (user_id) VALUES (1)")
 *     .after("SELECT user_id, language FROM users", "1|en");
 * }</pre>
 */
final class MigrationTrial {
  private static final int NEWEST = BotCatalog.migrations().size();

  private final int number;
  private final TestDatabase database;
  private final Migrator migrator;

  private MigrationTrial(int number, TestDatabase database) {
    this.number = number;
    this.database = database;
    this.migrator = Migrator.of(database.file(), BotCatalog.migrations());
  }

  /** Begins with an empty database of the version before a migration. */
  static MigrationTrial of(int number, Path folder) throws SQLException {
    assertThat(number).as("the number of the migration").isBetween(1, NEWEST);
    return new MigrationTrial(number, TestDatabase.ofVersion(folder, number - 1));
  }

  /** Adds rows, and applies the migration. */
  MigrationTrial before(String rows) throws SQLException {
    assertThat(rows).as(whatToFillIn()).isNotBlank();
    database.run(rows);
    migrator.migrate(number);
    return this;
  }

  /** Expects of a query the rows that it must give afterwards. */
  MigrationTrial after(String query, String... rows) throws SQLException {
    assertThat(query).as(whatToFillIn()).isNotBlank();
    assertThat(database.rows(query)).as(query).isEqualTo(List.of(rows));
    return this;
  }

  private String whatToFillIn() {
    return "fill in the test of %s: before(…) takes the INSERTs of some rows of version %03d,"
            .formatted(BotCatalog.migrations().names().get(number - 1), number - 1)
        + " after(…) a query and the rows that it must give in version %03d".formatted(number);
  }
}
