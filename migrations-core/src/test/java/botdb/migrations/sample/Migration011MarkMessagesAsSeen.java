package botdb.migrations.sample;

import botdb.migrations.Migration;
import org.jooq.DSLContext;

/** Rewrites a column of JSON. */
final class Migration011MarkMessagesAsSeen implements Migration {

  @Override
  public void migrate(Migration.Context context) {
    DSLContext dsl = context.dsl();
    dsl.execute(
        """
        UPDATE users
        SET history = (
            SELECT json_group_array(json_set(value, '$.seen', json('true')) ORDER BY key)
            FROM json_each(history))
        WHERE history <> '[]'
        """);
  }
}
