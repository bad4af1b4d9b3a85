package botdb.migrations.sample;

import botdb.migrations.Migration;
import org.jooq.DSLContext;

/** Drops a column. */
final class Migration010DropLanguage implements Migration {

  @Override
  public void migrate(Migration.Context context) {
    DSLContext dsl = context.dsl();
    dsl.alterTable("users").dropColumn("language").execute();
  }
}
