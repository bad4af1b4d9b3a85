package botdb.catalog.migrations;

import botdb.catalog.json.JsonColumn;
import botdb.catalog.json.MemberAddition;
import botdb.catalog.schema.v000.tables.Users;
import botdb.migrations.Migration;

/**
 * Gives every message a {@code timestamp}, null for those whose time nobody noted.
 *
 * <p>A message that has one keeps it, so that the migration may be applied twice.
 */
public final class Migration001AddTimestampToMessages implements Migration.Rewrite {

  /** What it does to one history, also to one that comes back after it ran. */
  static final MemberAddition TIMESTAMP = new MemberAddition("timestamp", "null");

  @Override
  public void migrate(Migration.Context context) {
    JsonColumn.between(Users.USERS.HISTORY, botdb.catalog.schema.v001.tables.Users.USERS.HISTORY)
        .rowsNamed("user", Users.USERS.USER_ID)
        .add(TIMESTAMP, context);
  }
}
