package botdb.migrations.sample;

import botdb.migrations.Migration;
import botdb.migrations.MigrationContext;
import org.jooq.DSLContext;

/** Drops a column. */
final class Migration010DropLanguage implements Migration {

  @Override
  public void migrate(MigrationContext context) {
    DSLContext dsl = context.dsl();
    dsl.alterTable("users").dropColumn("language").execute();
  }
}
