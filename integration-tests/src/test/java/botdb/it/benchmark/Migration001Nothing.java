package botdb.it.benchmark;

import botdb.migrations.Migration;

/** Does nothing; a pattern for {@link NumberedMigrations}. */
public final class Migration001Nothing implements Migration {
  @Override
  public void migrate(Context context) {
    // That it was applied is all that counts.
  }
}
