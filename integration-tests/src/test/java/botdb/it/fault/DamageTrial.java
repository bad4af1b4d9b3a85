package botdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.catalog.migrations.BotCatalog;
import botdb.it.Fixture;
import botdb.migrations.Database;
import botdb.migrations.MigrationException;
import botdb.migrations.Migrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Migrates damaged databases, in a virtual machine that may crash over them.
 *
 * <p>What is demanded: an end; a refusal of the closed set, or success. A file that is refused, or
 * has nothing pending, keeps every byte. After a success SQLite finds no fault that was not there
 * before, every row is there with every other column as it was, a history that the damage did not
 * change is what it is in a sound database, and one that it did change has gained nothing but
 * members {@code timestamp}.
 */
final class DamageTrial {
  private final Path folder;
  private final Map<String, Users> soundBefore = new TreeMap<>();
  private final Map<String, Users> soundAfter = new TreeMap<>();
  private int refused;
  private int migrated;
  private int untouched;

  private DamageTrial(Path folder) {
    this.folder = folder;
  }

  /** Arguments: a folder, the first seed, how many. */
  public static void main(String[] arguments) throws IOException {
    DamageTrial trial = new DamageTrial(Path.of(arguments[0]));
    long first = Long.parseLong(arguments[1]);
    int count = Integer.parseInt(arguments[2]);
    for (long seed = first; seed < first + count; seed++) {
      System.err.println("seed " + seed);
      trial.run(seed);
    }
    System.out.println(trial.refused + " " + trial.migrated + " " + trial.untouched);
  }

  private void run(long seed) throws IOException {
    Path look = Files.createTempDirectory(folder, "look");
    Path work = Files.createTempDirectory(folder, "work");
    Users before = Users.read(DamagedCopy.make(seed, look).database());
    DamagedCopy copy = DamagedCopy.make(seed, work);
    Map<String, String> files = Fixture.bytes(work);
    Migrator migrator = Migrator.of(Database.of(copy.database()), BotCatalog.migrations());
    try {
      look(migrator);
      assertThat(Fixture.bytes(work)).as("looking writes nothing").isEqualTo(files);
      if (migrator.migrate().steps().isEmpty()) {
        untouched++;
        assertThat(Fixture.bytes(work)).as("nothing to apply").isEqualTo(files);
      } else {
        migrated++;
        judge(copy, before, Users.read(copy.database()));
      }
    } catch (MigrationException e) {
      refused++;
      assertRefused(copy, e, files, before);
    }
    Specimen.delete(look);
    Specimen.delete(work);
  }

  private static void look(Migrator migrator) {
    try {
      migrator.plan();
    } catch (MigrationException e) {
      assertThat(e.getMessage()).contains("\n  to do     ");
    }
  }

  private static void assertRefused(
      DamagedCopy copy,
      MigrationException refusal,
      Map<String, String> files,
      @Nullable Users before) {
    assertThat(refusal.getMessage()).contains("\n  to do     ");
    if (copy.fixture().equals("hot-wal")) {
      // To open it is to bring its log into it: the bytes change, what they say does not.
      assertThat(Users.read(copy.database())).isEqualTo(before);
    } else {
      assertThat(Fixture.bytes(copy.database().getParent())).isEqualTo(files);
    }
  }

  private void judge(DamagedCopy copy, @Nullable Users before, @Nullable Users after)
      throws IOException {
    assertThat(after).as("migrated, and unreadable").isNotNull();
    if (before == null || after == null) {
      // There was no table users to be read: the migration made one.
      assertThat(after == null || after.rows().isEmpty()).isTrue();
      return;
    }
    assertThat(before.faults()).containsAll(after.faults());
    assertThat(after.rows()).isEqualTo(before.rows());
    assertThat(after.withoutAdditions()).isEqualTo(before.withoutAdditions());
    Users sound = sound(copy.fixture(), soundBefore, false);
    Users soundMigrated = sound(copy.fixture(), soundAfter, true);
    for (int i = 0; i < after.rows().size(); i++) {
      int same = sound.histories().indexOf(before.histories().get(i));
      if (same >= 0) {
        assertThat(after.histories().get(i)).isEqualTo(soundMigrated.histories().get(same));
      }
    }
  }

  private Users sound(String fixture, Map<String, Users> known, boolean migrate)
      throws IOException {
    Users users = known.get(fixture);
    if (users == null) {
      Path fresh = Files.createTempDirectory(folder, "sound");
      Path database = Fixture.copy(fixture, fresh);
      if (migrate) {
        Migrator.of(Database.of(database), BotCatalog.migrations()).migrate();
      }
      users = Users.read(database);
      Specimen.delete(fresh);
      assertThat(users).isNotNull();
      known.put(fixture, users);
    }
    return users;
  }
}
