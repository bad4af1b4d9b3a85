package botdb.catalog.migrations;

import botdb.migrations.Migration;
import botdb.migrations.MigrationCatalog;
import java.util.List;
import java.util.Set;

/** The migrations of the bot's database, in the order in which they are applied. */
public final class BotCatalog {
  private static final List<Class<? extends Migration>> MIGRATIONS =
      List.of( //
          Migration001AddTimestampToMessages.class);

  private BotCatalog() {}

  /** Returns the catalog; creates no migration and loads nothing of what they use. */
  public static MigrationCatalog migrations() {
    return MigrationCatalog.of(new UsersBaseline(), MIGRATIONS).withEditions(new Lock());
  }

  static List<Class<? extends Migration>> types() {
    return MIGRATIONS;
  }

  /** Returns {@code migrations.lock}: what each migration does, as a fingerprint. */
  static String lock() {
    String lock = Resource.text("migrations.lock");
    if (lock == null) {
      throw new IllegalStateException("migrations.lock is missing in the jar");
    }
    return lock;
  }

  private static final class Lock implements MigrationCatalog.Editions {
    @Override
    public String text() {
      return lock();
    }
  }

  /** The database of the old Python bot: whatever it was later grown to, it has a history. */
  private static final class UsersBaseline implements MigrationCatalog.Baseline {
    @Override
    public String table() {
      return "users";
    }

    @Override
    public Set<String> columns() {
      return Set.of("history");
    }

    @Override
    public String sql() {
      return Snapshots.sql(0);
    }
  }
}
