package botdb.migrations;

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
 *   public void migrate(MigrationContext context) {
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
  void migrate(MigrationContext context);
}
