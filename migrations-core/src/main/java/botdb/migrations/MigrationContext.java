package botdb.migrations;

import org.jooq.DSLContext;

/**
 * What a migration may use while it runs: its database, inside its transaction.
 *
 * <p>{@code dsl().transaction(…)} nests as a savepoint; the runner's transaction is ended by the
 * runner alone.
 */
public final class MigrationContext {
  private final DSLContext dsl;
  private final String name;
  private final MigrationListener listener;

  MigrationContext(DSLContext dsl, String name, MigrationListener listener) {
    this.dsl = dsl;
    this.name = name;
    this.listener = listener;
  }

  /** Returns jOOQ on the connection that holds the transaction. */
  public DSLContext dsl() {
    return dsl;
  }

  /**
   * Tells whoever watches how far a long migration has come; cheap enough to be called for each
   * row.
   *
   * @param done rows finished so far
   * @param total rows that there are to do in all
   */
  public void progress(long done, long total) {
    listener.progress(name, done, total);
  }
}
