package botdb.migrations;

import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One numbered step of a database from the version before it to its own.
 *
 * <p>The class name is {@code Migration}, the number in three digits, and what it does in camel
 * case; the name under which it is recorded follows from it: {@code
 * Migration001AddTimestampToMessages} is {@code migration_001_add_timestamp_to_messages}. The class
 * has a constructor without parameters that the package of the catalog can reach; it is created
 * only when it is about to be applied.
 *
 * <pre>{@code
 * public final class Migration002AddLanguage implements Migration {
 *   @Override
 *   public void migrate(Context context) {
 *     context.dsl().alterTable(v001.USERS).add(v002.USERS.LANGUAGE).execute();
 *   }
 * }
 * }</pre>
 */
public interface Migration {

  /**
   * Changes the database.
   *
   * <p>Runs inside a transaction that the runner began and will commit together with the row in
   * {@code migrations}. Foreign keys are off while it runs; violations that were not there before
   * stop it. Whatever it throws rolls the transaction back.
   *
   * @param context the way to the database, valid until this method returns and on this thread only
   * @throws MigrationException.UnsuitableData if rows are not as the migration needs them
   */
  void migrate(Context context);

  /**
   * Returns the tables of which it deletes rows, or which it drops with them.
   *
   * <p>Every other table must have as many rows afterwards as before, or the migration is rolled
   * back.
   */
  default Set<String> losesRowsOf() {
    return Set.of();
  }

  /**
   * A migration of so many rows that one transaction would need too large a log: it is done in
   * several, and a killed one goes on where it stood.
   *
   * <p>{@link #migrate} does a part and says with {@link Context#continueFrom} where the next one
   * begins; that is kept in the database, in the transaction of the part. A part that says nothing
   * was the last. Between two of them others may write, and a program of the version before may be
   * started again: such a migration changes rows and not the schema, and its rows must be good for
   * both versions.
   */
  interface InSteps extends Migration {}

  /**
   * A migration that changes most of a database, and what fails in it fails it all.
   *
   * <p>In a file it is done in a transaction that is faster for that, and of which no part can be
   * undone. Where such a one fails, for whatever reason, and where the migration begins a nested
   * transaction, everything is undone and the migration called once more, in a transaction of the
   * ordinary kind: so it is to do nothing outside its database.
   */
  interface Rewrite extends Migration {}

  /** What becomes of rows that are not as a migration needs them. */
  enum DirtyData {
    /** They stop the migration, which changes nothing. */
    STOP,
    /**
     * The migration moves what stands in its way, unchanged, to where it can be brought back from,
     * and goes on; one that does not know how to stops.
     */
    SET_ASIDE
  }

  /**
   * What a migration may use while it runs: its database, inside its transaction.
   *
   * <p>{@code dsl().transaction(…)} nests as a savepoint; the runner's transaction is ended by the
   * runner alone.
   */
  final class Context {
    private final Database database;
    private final DSLContext dsl;
    private final String name;
    private final DirtyData dirtyData;
    private final Migrator.Listener listener;
    private final boolean inSteps;
    private final @Nullable String position;
    private @Nullable String next;
    private long done;
    private long total;

    Context(
        Database database,
        DSLContext dsl,
        String name,
        DirtyData dirtyData,
        Migrator.Listener listener,
        boolean inSteps,
        @Nullable String position) {
      this.database = database;
      this.dsl = dsl;
      this.name = name;
      this.dirtyData = dirtyData;
      this.listener = listener;
      this.inSteps = inSteps;
      this.position = position;
    }

    /** Returns the database, for what differs between engines; not to open it once more. */
    public Database database() {
      return database;
    }

    /** Returns jOOQ on the connection that holds the transaction. */
    public DSLContext dsl() {
      return dsl;
    }

    /** Returns the name under which the migration will be recorded. */
    public String name() {
      return name;
    }

    /** Returns what the owner wants to become of rows that stand in the way. */
    public DirtyData dirtyData() {
      return dirtyData;
    }

    /**
     * Tells whoever watches how far a long migration has come; cheap enough to be called for each
     * row.
     *
     * @param done rows finished so far
     * @param total rows that there are to do in all
     */
    public void progress(long done, long total) {
      this.done = done;
      this.total = total;
      listener.progress(name, done, total);
    }

    /** Returns whether the migration may be done in several transactions. */
    public boolean isInSteps() {
      return inSteps;
    }

    /** Returns where a migration in steps is to go on; null at its beginning. */
    public @Nullable String position() {
      return position;
    }

    /**
     * Says that a migration in steps has done a part and wants to be called again, in the next
     * transaction. Without {@link InSteps} it is a mistake that stops the migration.
     *
     * @param position what it will be told then
     */
    public void continueFrom(String position) {
      next = position;
    }

    @Nullable String next() {
      return next;
    }

    long done() {
      return done;
    }

    long total() {
      return total;
    }

    /**
     * Tells whoever watches that rows were in the way and are set aside.
     *
     * @param rows how many
     */
    public void reportSetAside(long rows) {
      listener.setAside(name, rows);
    }
  }
}
