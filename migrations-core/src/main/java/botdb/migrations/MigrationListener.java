package botdb.migrations;

import java.time.Duration;

/**
 * Hears what a {@link Migrator} is doing, on the thread that does it.
 *
 * <p>A listener only watches: what it throws is thrown out of the migrator, after a rollback.
 */
public interface MigrationListener {

  /** A listener that does nothing. */
  MigrationListener SILENT = new MigrationListener() {};

  /**
   * Another process holds the database; called once, after a second of waiting.
   *
   * @param limit how long it will be waited for in all
   */
  default void waiting(Duration limit) {}

  /** A migration begins; it holds the write lock. */
  default void started(String name) {}

  /**
   * A migration has come this far.
   *
   * @param done rows finished so far
   * @param total rows that there are to do in all
   */
  default void progress(String name, long done, long total) {}

  /** A migration was committed. */
  default void applied(MigrationReport.Step step) {}
}
