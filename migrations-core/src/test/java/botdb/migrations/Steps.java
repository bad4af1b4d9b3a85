package botdb.migrations;

/** Migrations that several tests apply: the first two of a catalog, and third ones that fail. */
final class Steps {
  private Steps() {}

  static final class Migration001AddNotes implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, user_id, text)");
      context.dsl().execute("INSERT INTO notes (user_id) SELECT user_id FROM users");
    }
  }

  static final class Migration002AddTags implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("CREATE TABLE tags (name TEXT UNIQUE)");
    }
  }

  static final class Migration003Throw implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("DROP TABLE notes");
      throw new IllegalStateException("what somebody wrote");
    }
  }
}
