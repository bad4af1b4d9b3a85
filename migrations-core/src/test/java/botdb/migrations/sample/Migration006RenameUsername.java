package botdb.migrations.sample;

import botdb.migrations.Migration;
import org.jooq.DSLContext;

/** Renames a column that a view reads. */
final class Migration006RenameUsername implements Migration {

  @Override
  public void migrate(Migration.Context context) {
    DSLContext dsl = context.dsl();
    dsl.alterTable("users").renameColumn("username").to("nickname").execute();
  }
}
