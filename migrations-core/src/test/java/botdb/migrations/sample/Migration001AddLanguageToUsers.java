package botdb.migrations.sample;

import botdb.migrations.Migration;
import org.jooq.DSLContext;

/** Adds a column that every row needs a value for. */
final class Migration001AddLanguageToUsers implements Migration {

  @Override
  public void migrate(Migration.Context context) {
    DSLContext dsl = context.dsl();
    dsl.execute("ALTER TABLE users ADD COLUMN language TEXT NOT NULL DEFAULT 'en'");
  }
}
