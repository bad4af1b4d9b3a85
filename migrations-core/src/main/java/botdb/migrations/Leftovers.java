package botdb.migrations;

import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import org.jooq.ConnectionProvider;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jspecify.annotations.Nullable;

/**
 * Watches whether a migration may have left something on its connection that the next one would
 * meet: an open cursor, a setting, a temporary table, a function.
 *
 * <p>Only what surely leaves nothing counts as clean: statements that went through jOOQ, that have
 * ended, and whose text has none of the words by which such things are made. Opening a connection
 * anew reads the whole schema again, which for a thousand migrations took longer than they did.
 */
final class Leftovers implements ExecuteListener, ConnectionProvider {
  private static final long serialVersionUID = 1;

  private final transient Connection connection;
  private final transient List<String> lasting;
  private int open;
  private boolean suspect;

  Leftovers(Connection connection, List<String> lasting) {
    this.connection = connection;
    this.lasting = lasting;
  }

  boolean arePossible() {
    return suspect || open > 0;
  }

  @Override
  public void start(ExecuteContext context) {
    open++;
  }

  @Override
  public void executeStart(ExecuteContext context) {
    inspect(context.sql());
    for (String sql : context.batchSQL()) {
      inspect(sql);
    }
  }

  private void inspect(@Nullable String sql) {
    String text = sql == null ? "" : sql.toLowerCase(Locale.ROOT);
    for (String word : lasting) {
      suspect |= text.contains(word);
    }
  }

  @Override
  public void end(ExecuteContext context) {
    open--;
  }

  /** Whether it is the migration that asks for the connection, and not a statement of it. */
  boolean isMigrationAsking() {
    return open == 0;
  }

  /** What a migration does with a connection in its hands, nobody sees. */
  @Override
  public Connection acquire() {
    suspect |= isMigrationAsking();
    return connection;
  }

  @Override
  public void release(Connection released) {
    // It is the runner's.
  }
}
