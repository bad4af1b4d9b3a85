package botdb.bot.http;

import botdb.catalog.json.JsonStrings;
import botdb.catalog.setaside.SetAsideTable;
import botdb.migrations.Database;
import botdb.migrations.MigrationCatalog;
import botdb.migrations.MigrationException;
import botdb.migrations.MigrationPlan;
import botdb.migrations.Migrator;
import java.util.List;

/**
 * Whether the bot can work: asks the database each time, and notices too if somebody has replaced
 * it, or a newer program migrated it.
 */
public final class Health {
  private final Database file;
  private final MigrationCatalog catalog;
  private final Migrator migrator;

  /** Makes the health of a bot on a database. */
  public Health(Database file, MigrationCatalog catalog) {
    this.file = file;
    this.catalog = catalog;
    this.migrator = Migrator.of(file, catalog);
  }

  String json() {
    List<String> names = catalog.names();
    return "{\"status\": \"ok\", \"version\": %d, \"migration\": %s, \"set_aside\": %d}"
        .formatted(names.size(), JsonStrings.quote(names.get(names.size() - 1)), setAside());
  }

  /** How many histories wait for somebody to repair them; asked only of a schema that fits. */
  private long setAside() {
    try {
      if (migrator.plan().state() != MigrationPlan.State.UP_TO_DATE) {
        throw new Problem(503, "database_changed", "the schema is not the one this bot works with");
      }
      return SetAsideTable.count(file);
    } catch (MigrationException e) {
      throw Problem.databaseUnavailable("the database cannot be read");
    }
  }
}
