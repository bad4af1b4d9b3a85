package botdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import botdb.it.Fixture;
import botdb.it.fault.Specimen.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that is full after so many bytes more, or that became read-only. */
@EnabledOnOs(OS.LINUX)
class FullDiskIT {
  private static final int MEGABYTES = 3;
  private static final int LARGE_MEGABYTES = 15;
  private static final long PAGE = 4096;
  private static final long ROOMY = 100_000_000;

  @TempDir private Path folder;

  private int stopped;
  private int succeeded;

  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal"})
  void stops_the_migration_and_leaves_the_database_as_it_was(String journalMode) throws Exception {
    Specimen specimen = Specimen.generate(folder, journalMode, MEGABYTES);
    Path mounted = Files.createDirectory(folder.resolve("disk"));
    try (SmallDisk disk = SmallDisk.mount(mounted, ROOMY)) {
      long size = Files.size(specimen.original());
      // A journal or log needs about as much again, and the database grows.
      int steps = Rounds.of(3, 60);
      for (int step = 0; step < steps; step++) {
        migrateWithRoomFor(step * size * 2 / steps / PAGE * PAGE, specimen, disk);
      }
      assertThat(stopped).isPositive();
    }
    Rounds.report(
        "%s: disk full at %d sizes: %d stopped and as before, %d had room enough, 0 between"
            .formatted(journalMode, stopped + succeeded, stopped, succeeded));
  }

  private void migrateWithRoomFor(long more, Specimen specimen, SmallDisk disk) throws Exception {
    disk.resize(ROOMY);
    specimen.copyTo(disk.folder());
    disk.resize(Files.size(specimen.original()) + more);
    Bot.Result result = migrate(disk);
    disk.resize(ROOMY);
    judge(result, specimen, disk);
  }

  private void judge(Bot.Result result, Specimen specimen, SmallDisk disk) throws Exception {
    State state = specimen.stateIn(disk.folder());
    if (result.status() == 0) {
      assertThat(state).isEqualTo(State.MIGRATED);
      succeeded++;
    } else {
      FailureMessage.assertTold(result);
      assertThat(result.err()).contains("users.db");
      assertThat(state).as(result.err()).isEqualTo(State.BEFORE);
      stopped++;
    }
    specimen.assertNextStartFinishes(disk.folder(), state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal"})
  void that_fills_up_during_the_migration_stops_it(String journalMode) throws Exception {
    Specimen specimen = Specimen.generate(folder, journalMode, LARGE_MEGABYTES);
    Path mounted = Files.createDirectory(folder.resolve("disk"));
    int rounds = Rounds.of(3, 60);
    try (SmallDisk disk = SmallDisk.mount(mounted, ROOMY)) {
      for (int round = 0; round < rounds; round++) {
        migrateWhileFilling(round / (double) rounds, specimen, disk);
      }
      assertThat(stopped).isPositive();
    }
    Rounds.report(
        "%s: disk filled up %d times at work: %d stopped and as before, %d were done by then, 0 between"
            .formatted(journalMode, stopped + succeeded, stopped, succeeded));
  }

  /** Takes all that is left as soon as a share of what a migration writes first is written. */
  private void migrateWhileFilling(double share, Specimen specimen, SmallDisk disk)
      throws Exception {
    specimen.copyTo(disk.folder());
    long used = disk.used() + (long) (share * Files.size(specimen.original()));
    Bot.Running bot = Specimen.startMigrate(disk.folder(), folder, Map.of());
    boolean ended = false;
    while (!ended && disk.used() <= used) {
      ended = bot.process().waitFor(1, TimeUnit.MILLISECONDS);
    }
    Path rest = disk.fill();
    Bot.Result result = bot.await();
    Files.delete(rest);
    judge(result, specimen, disk);
  }

  @Test
  void that_holds_the_temporary_files_of_wal_mode_is_reckoned_with() throws Exception {
    Specimen specimen = Specimen.generate(folder, "wal", MEGABYTES);
    Path round = Files.createDirectory(folder.resolve("round"));
    Path mounted = Files.createDirectory(folder.resolve("disk"));
    try (SmallDisk disk = SmallDisk.mount(mounted, MEGABYTES * 500_000)) {
      specimen.copyTo(round);
      Map<String, String> environment = Map.of("SQLITE_TMPDIR", disk.folder().toString());
      Bot.Result result = Specimen.startMigrate(round, folder, environment).await();
      FailureMessage.assertTold(result);
      assertThat(result.err()).contains("temporary file ");
      specimen.assertNextStartFinishes(round, State.BEFORE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal"})
  void that_is_read_only_is_called_so(String journalMode) throws Exception {
    Specimen specimen = Specimen.generate(folder, journalMode, 1);
    Path mounted = Files.createDirectory(folder.resolve("disk"));
    try (SmallDisk disk = SmallDisk.mount(mounted, ROOMY)) {
      specimen.copyTo(mounted);
      disk.makeReadOnly();
      Map<String, String> files = Fixture.bytes(mounted);
      Bot.Result result = migrate(disk);
      FailureMessage.assertTold(result);
      assertThat(result.err()).startsWith("users.db cannot be written: ").contains("read-only");
      assertThat(Fixture.bytes(mounted)).isEqualTo(files);
      disk.makeWritable();
      specimen.assertNextStartFinishes(mounted, State.BEFORE);
    }
    Rounds.report(journalMode + ": disk read-only: refused, unchanged, then migrated");
  }

  private Bot.Result migrate(SmallDisk disk) {
    return Specimen.startMigrate(disk.folder(), folder, Map.of()).await();
  }
}
