package botdb.catalog.migrations;

import botdb.catalog.json.JsonChange;
import java.util.List;
import java.util.Map;

/**
 * Does to a history that comes back late what the migrations did to all the others meanwhile.
 *
 * <p>A migration that rewrites histories is listed here as well.
 */
public final class LateHistory {
  private static final Map<String, JsonChange> REWRITES =
      Map.of(
          "migration_001_add_timestamp_to_messages", Migration001AddTimestampToMessages.TIMESTAMP);

  private LateHistory() {}

  /**
   * Returns a history as the newest version of the schema has it.
   *
   * @param text a JSON array of objects in UTF-8
   * @param migration the name of the first migration that did not see it
   * @throws botdb.catalog.json.JsonFault if the text is no JSON array of objects
   * @throws IllegalArgumentException if there is no such migration
   */
  public static byte[] bringUp(byte[] text, String migration) {
    List<String> names = BotCatalog.migrations().names();
    int first = names.indexOf(migration);
    if (first < 0) {
      throw new IllegalArgumentException(migration + " is not in the catalog");
    }
    byte[] history = text;
    for (String name : names.subList(first, names.size())) {
      JsonChange rewrite = REWRITES.get(name);
      if (rewrite != null) {
        history = rewrite.apply(history);
      }
    }
    return history;
  }
}
