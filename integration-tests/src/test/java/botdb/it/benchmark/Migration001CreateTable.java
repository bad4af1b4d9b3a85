package botdb.it.benchmark;

import botdb.migrations.Migration;

/** Creates a table; a pattern for {@link NumberedMigrations}. */
public final class Migration001CreateTable implements Migration {
  @Override
  public void migrate(Context context) {
    context.dsl().execute("CREATE TABLE made_by_Migration001 (id INTEGER PRIMARY KEY, name TEXT)");
  }
}
