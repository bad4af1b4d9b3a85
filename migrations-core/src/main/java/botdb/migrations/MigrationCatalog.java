package botdb.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The migrations of a program: an explicit list in order, checked when it is made.
 *
 * <p>Guarantees that numbers run from 001 without a gap or a double and that each name follows from
 * its class. No migration is created or linked here: the list holds classes, so that a start with
 * nothing to apply loads nothing of what they use.
 *
 * <pre>{@code
 * MigrationCatalog.of(
 *     new UsersBaseline(),
 *     List.of(Migration001AddTimestampToMessages.class, Migration002AddLanguage.class));
 * }</pre>
 */
public final class MigrationCatalog {
  private final Baseline baseline;
  private final List<Entry> entries;
  private final Map<String, Entry> byName;
  private final Editions editions;

  private MigrationCatalog(
      Baseline baseline, List<Entry> entries, Map<String, Entry> byName, Editions editions) {
    this.baseline = baseline;
    this.entries = entries;
    this.byName = byName;
    this.editions = editions;
  }

  /**
   * Makes a catalog of the migrations after a baseline.
   *
   * @param migrations their classes, in the order of their numbers
   * @throws MigrationException.InvalidCatalog if a number is missing or taken twice, or a class is
   *     named otherwise than {@link Migration} says
   */
  public static MigrationCatalog of(
      Baseline baseline, List<Class<? extends Migration>> migrations) {
    List<Entry> entries = new ArrayList<>(migrations.size());
    Map<String, Entry> byName = new HashMap<>();
    for (Class<? extends Migration> type : migrations) {
      Entry entry = entry(type);
      checkNumber(entry, entries);
      entries.add(entry);
      byName.put(entry.name, entry);
    }
    return new MigrationCatalog(baseline, List.copyOf(entries), byName, new NoEditions());
  }

  /**
   * Returns the same catalog with the editions of its migrations.
   *
   * <p>A database on which another edition of an applied migration ran is then refused.
   */
  public MigrationCatalog withEditions(Editions editions) {
    return new MigrationCatalog(baseline, entries, byName, editions);
  }

  private static Entry entry(Class<? extends Migration> type) {
    String className = type.getName().substring(type.getName().lastIndexOf('.') + 1);
    MigrationName name = MigrationName.ofClass(className.substring(className.lastIndexOf('$') + 1));
    if (name == null) {
      throw new MigrationException.InvalidCatalog(
          className + " is not the name of a migration",
          "name the class Migration, three digits, and what it does in camel case, acronyms as"
              + " words: Migration002AddLanguageToUsers",
          null);
    }
    return new Entry(name.number(), name.name(), type);
  }

  private static void checkNumber(Entry entry, List<Entry> before) {
    int expected = before.size() + 1;
    if (entry.number == expected) {
      return;
    }
    if (entry.number >= 1 && entry.number < expected) {
      throw new MigrationException.InvalidCatalog(
          "%03d is the number of both %s and %s"
              .formatted(entry.number, before.get(entry.number - 1).name, entry.name),
          "give the newer one the next free number",
          null);
    }
    throw new MigrationException.InvalidCatalog(
        "%s stands where number %03d is expected".formatted(entry.name, expected),
        "list the migrations in the order of their numbers, from 001 and without a gap",
        null);
  }

  /** Returns how many migrations there are, which is the newest version too. */
  public int size() {
    return entries.size();
  }

  /** Returns the names of all migrations, in the order of their numbers. */
  public List<String> names() {
    return entries.stream().map(Entry::name).toList();
  }

  Baseline baseline() {
    return baseline;
  }

  List<Entry> entries() {
    return entries;
  }

  @Nullable Entry find(String name) {
    return byName.get(name);
  }

  /** Returns the migration of a name that is in the catalog. */
  Entry get(String name) {
    return java.util.Objects.requireNonNull(byName.get(name), name);
  }

  /**
   * Looks how a database stands to this catalog, and refuses one that is not for this program.
   *
   * @param applied what was applied in this run
   * @throws MigrationException.Superseded if a newer program wrote it
   * @throws MigrationException.OtherEdition if another edition of an applied migration ran on it
   */
  MigrationPlan plan(Connection connection, Database database, List<String> applied)
      throws SQLException {
    List<MigrationPlan.AppliedRow> rows = MigrationTable.read(connection, database);
    MigrationPlan plan = MigrationPlan.of(this, rows);
    if (plan.state() == MigrationPlan.State.SUPERSEDED) {
      throw new MigrationException.Superseded(database.name(), plan, applied);
    }
    checkEditions(connection, rows, database);
    return plan;
  }

  /**
   * Refuses a database on which another edition of an applied migration ran.
   *
   * <p>A row without an edition, as the Python bot leaves it, is accepted. Nothing is read where
   * this catalog has no editions to compare with.
   *
   * @throws MigrationException.OtherEdition naming both
   */
  void checkEditions(Connection connection, List<MigrationPlan.AppliedRow> rows, Database database)
      throws SQLException {
    Map<String, String> known = rows.isEmpty() ? Map.of() : readEditions();
    if (known.isEmpty()) {
      return;
    }
    Map<String, @Nullable String> applied = MigrationLog.editions(connection, database);
    for (MigrationPlan.AppliedRow row : rows) {
      String own = known.get(row.migration());
      String edition = applied.get(row.name());
      if (own != null && edition != null && !own.equals(edition)) {
        throw MigrationException.OtherEdition.applied(
            database.name(), row.migration(), edition, own);
      }
    }
  }

  /** Refuses to go on with what another edition of a migration has begun. */
  void checkBegun(Map<String, MigrationProgress.Stand> stands, Database database) {
    Map<String, String> known = stands.isEmpty() ? Map.of() : readEditions();
    stands.forEach(
        (migration, stand) -> {
          String own = known.get(migration);
          if (own != null && stand.edition() != null && !own.equals(stand.edition())) {
            throw MigrationException.OtherEdition.begun(
                database.name(), migration, stand.edition(), own);
          }
        });
  }

  /** The edition of each migration by its name: {@code 001 migration_001_x 9f86d081…} in a line. */
  Map<String, String> readEditions() {
    Map<String, String> known = new HashMap<>();
    for (String line : editions.text().split("\n")) {
      String[] words = line.split(" ");
      if (words.length == 3 && !line.startsWith("#")) {
        known.put(words[1], words[2]);
      }
    }
    return known;
  }

  private record NoEditions() implements Editions {
    @Override
    public String text() {
      return "";
    }
  }

  /**
   * What each migration of a catalog does, as a fingerprint that a build computes and keeps in a
   * file.
   *
   * <p>Asked only when something is pending, or when a database knows the editions it was given.
   */
  public interface Editions {

    /** A line for each migration: its number, its name and its fingerprint, a space between. */
    String text();
  }

  /** A migration that exists, not yet created. */
  record Entry(int number, String name, Class<? extends Migration> type) {

    boolean isInSteps() {
      return Migration.InSteps.class.isAssignableFrom(type);
    }

    boolean isRewrite() {
      return Migration.Rewrite.class.isAssignableFrom(type);
    }

    Migration create() {
      try {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        return constructor.newInstance();
      } catch (ReflectiveOperationException e) {
        throw new MigrationException.InvalidCatalog(
            type.getName() + " cannot be created",
            "give it a constructor without parameters that throws nothing",
            e);
      }
    }
  }

  /**
   * Version 000: what a new database gets before its first migration, and what an existing one must
   * have.
   *
   * <p>Asked only when something is pending.
   */
  public interface Baseline {

    /** The table by which the baseline is known; where it exists, nothing is created. */
    String table();

    /** The columns without which an existing table is refused. */
    Set<String> columns();

    /** The statements that create the baseline, as SQLite's own shell would read them. */
    String sql();
  }
}
