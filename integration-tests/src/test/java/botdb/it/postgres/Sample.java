package botdb.it.postgres;

import botdb.migrations.Backups;
import botdb.migrations.Database;
import botdb.migrations.Migration;
import botdb.migrations.MigrationCatalog;
import botdb.migrations.Migrator;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** A small catalog, and a database for it as an owner may have made it his own. */
final class Sample {
  static final String LANGUAGE = "migration_001_add_language_to_users";
  static final String NOTES = "migration_002_create_notes";

  /** Whatever a schema may hold beside tables, depending on each other. */
  private static final String[] OWNED = {
    "create type mood as enum ('calm', 'merry')",
    "create function shout(text) returns text immutable language sql as 'select upper($1)'",
    "create table users (user_id bigint primary key, username text, mood mood default 'calm',"
        + " history text not null default '[]', loud text generated always as (shout(username)) stored,"
        + " constraint short check (length(username) < 30))",
    "create index users_by_name on users (lower(username))",
    "create table \"Odd \"\"one\" (id bigserial primary key, number bigint generated always as identity,"
        + " user_id bigint references users on delete cascade, \"a b\" bytea, at timestamp)",
    "create table nothing ()",
    "create view merry as select user_id from users where mood = 'merry'",
    "create view merrier as select count(*) as n from merry",
    "create materialized view names as select username from users",
    "create function note() returns trigger language plpgsql as $$ begin\n"
        + "  insert into \"Odd \"\"one\" (user_id) values (new.user_id); -- {one}\n"
        + "  return new;\nend $$",
    "create trigger noted after insert on users for each row execute function note()",
    "comment on table users is E'COPY x.y (z) FROM stdin;\\n\\\\.\\n'",
    "insert into users (user_id, username, mood, history) values"
        + " (-7, 'Ann', 'merry', '[\"a\\tb\"]'), (8, null, null, E'two\\nlines\\tand \\\\\\\\N'),"
        + " (9, 'день 🌒', 'calm', '\\.')",
    "insert into \"Odd \"\"one\" (user_id, \"a b\", at) values (8, '\\x00ff', '2025-11-05 15:30:45')",
    "refresh materialized view names"
  };

  private Sample() {}

  /** Makes the database of an owner. */
  static Address owned(Address database) throws SQLException {
    database.execute(OWNED);
    return database;
  }

  static Database database(Address address) {
    return Database.parse(address.url());
  }

  static Backups backups(Address address, Path folder) {
    return Backups.of(database(address)).in(folder);
  }

  static MigrationCatalog catalog(List<Class<? extends Migration>> migrations) {
    return MigrationCatalog.of(new Users(), migrations);
  }

  /** Both migrations. */
  static MigrationCatalog catalog() {
    return catalog(List.of(Migration001AddLanguageToUsers.class, Migration002CreateNotes.class));
  }

  static Migrator migrator(Address address, MigrationCatalog catalog) {
    return Migrator.of(database(address), catalog);
  }

  private static final class Users implements MigrationCatalog.Baseline {
    @Override
    public String table() {
      return "users";
    }

    @Override
    public Set<String> columns() {
      return Set.of("history");
    }

    @Override
    public String sql() {
      return "CREATE TABLE users (user_id INTEGER PRIMARY KEY, history TEXT NOT NULL DEFAULT '[]');";
    }
  }

  static final class Migration001AddLanguageToUsers implements Migration {
    @Override
    public void migrate(Context context) {
      context.dsl().execute("ALTER TABLE users ADD COLUMN language text");
      context.dsl().execute("UPDATE users SET language = 'en' WHERE user_id > 0");
    }
  }

  static final class Migration002CreateNotes implements Migration {
    @Override
    public void migrate(Context context) {
      context.dsl().execute("CREATE TABLE notes (id bigserial PRIMARY KEY, user_id bigint)");
      context.dsl().execute("INSERT INTO notes (user_id) SELECT user_id FROM users");
    }
  }

  static final class Migration001Throw implements Migration {
    @Override
    public void migrate(Context context) {
      context.dsl().execute("DROP TABLE nothing");
      throw new IllegalStateException("what somebody wrote");
    }
  }
}
