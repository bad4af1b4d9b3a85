package botdb.migrations.sample;

import botdb.migrations.Migration;
import botdb.migrations.MigrationContext;
import org.jooq.DSLContext;

/** Renames a column that a view reads. */
final class Migration006RenameUsername implements Migration {

  @Override
  public void migrate(MigrationContext context) {
    DSLContext dsl = context.dsl();
    dsl.alterTable("users").renameColumn("username").to("nickname").execute();
  }
}
