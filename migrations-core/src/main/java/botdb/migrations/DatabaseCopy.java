package botdb.migrations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies a database as it stands to another address, of the same or of another kind.
 *
 * <p>Guarantees: the source is read in one snapshot and never written; the target is empty before,
 * and after a failure or a crash as well; every table comes over with every row of it, and what is
 * applied there stays applied. At the end the number of rows and a checksum of all of them are
 * compared, both sides read anew.
 *
 * <pre>{@code
 * DatabaseCopy.Report report =
 *     DatabaseCopy.of(Database.parse("users.db"), Database.parse("postgres://bot@host/bot"), catalog)
 *         .copy(DatabaseCopy.Unsaid.REFUSE);
 * }</pre>
 */
public final class DatabaseCopy {
  private final Database from;
  private final Database to;
  private final MigrationCatalog catalog;
  private final Migrator.Listener listener;

  private DatabaseCopy(
      Database from, Database to, MigrationCatalog catalog, Migrator.Listener listener) {
    this.from = from;
    this.to = to;
    this.catalog = catalog;
    this.listener = listener;
  }

  /** What becomes of that for which the target has no words: views, triggers, some keys. */
  public enum Unsaid {
    /** It stops the copy before a row is written. */
    REFUSE,
    /** It is left behind, and reported. */
    LEAVE_BEHIND
  }

  /**
   * What was copied.
   *
   * @param rows of each table
   * @param left what was left behind, a line each
   */
  public record Report(Map<String, Long> rows, List<String> left) {

    /** Copies the collections. */
    public Report {
      rows = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(rows));
      left = List.copyOf(left);
    }
  }

  /**
   * Returns a copy that works in silence.
   *
   * @param catalog the migrations that may be applied in the source
   */
  public static DatabaseCopy of(Database from, Database to, MigrationCatalog catalog) {
    return new DatabaseCopy(from, to, catalog, Migrator.Listener.SILENT);
  }

  /** Returns the same copy with somebody who watches how far it has come. */
  public DatabaseCopy withListener(Migrator.Listener listener) {
    return new DatabaseCopy(from, to, catalog, listener);
  }

  /**
   * Copies.
   *
   * @throws MigrationException.CopyRefused if the target is not empty, or the source has something
   *     that the target cannot hold
   * @throws MigrationException.Superseded if the source was written by a newer program
   * @throws MigrationException.CopyFailed if what arrived is not what was there
   * @throws MigrationException if one of the two cannot be opened, read or written
   */
  public Report copy(Unsaid unsaid) {
    return new CopyRun(from, to, catalog, listener).copy(unsaid);
  }
}
