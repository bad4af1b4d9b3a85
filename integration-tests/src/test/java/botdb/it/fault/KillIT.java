package botdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import botdb.it.fault.Specimen.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Killed at any moment of a migration, the program leaves nothing half done and nothing stuck. */
class KillIT {
  private static final long SEED = 1105;

  @TempDir private Path folder;

  private final Map<State, Integer> states = new EnumMap<>(State.class);
  private int killed;
  private int unfinished;
  private int backups;

  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal"})
  void leaves_the_database_as_before_or_migrated(String journalMode) throws Exception {
    int megabytes = Rounds.of(20, 50);
    Specimen specimen = Specimen.generate(folder, journalMode, megabytes);
    Timing timing = measure(specimen);
    int rounds = Rounds.of(5, 100);
    Random random = new Random(SEED);
    for (int round = 0; round < rounds; round++) {
      // One moment in each of as many equal parts: spread over all of it, and random still.
      double part = (round + random.nextDouble()) / rounds;
      killOnce(specimen, timing, round % 2 == 0 ? Since.FIRST_WRITE : Since.START, part);
    }
    Rounds.report(
        "%s: started %d times, killed %d times: %d as before, %d migrated, 0 between; %d left a journal or log; %d backups, all whole"
            .formatted(
                journalMode,
                rounds,
                killed,
                states.getOrDefault(State.BEFORE, 0),
                states.getOrDefault(State.MIGRATED, 0),
                unfinished,
                backups));
  }

  /** How long it takes from the start to the first write, and from there to the end. */
  private record Timing(long nanosToWrite, long nanosToEnd) {}

  private enum Since {
    START,
    FIRST_WRITE
  }

  private Timing measure(Specimen specimen) throws Exception {
    Path round = Files.createTempDirectory(folder, "measure");
    specimen.copyTo(round);
    long start = System.nanoTime();
    Bot.Running bot = Specimen.startMigrate(round, folder, Map.of());
    awaitFirstWrite(bot, round);
    long written = System.nanoTime();
    assertThat(bot.await().status()).isZero();
    Specimen.delete(round);
    return new Timing(written - start, System.nanoTime() - written);
  }

  private void killOnce(Specimen specimen, Timing timing, Since since, double part)
      throws Exception {
    Path round = Files.createTempDirectory(folder, "round");
    Path temporary = Files.createDirectory(round.resolve("tmp"));
    specimen.copyTo(round);
    Bot.Running bot = Specimen.startMigrate(round, temporary, Map.of());
    long nanos = timing.nanosToEnd;
    if (since == Since.START) {
      nanos += timing.nanosToWrite;
    } else {
      awaitFirstWrite(bot, round);
    }
    killed += bot.process().waitFor((long) (part * nanos), TimeUnit.NANOSECONDS) ? 0 : 1;
    bot.kill();
    unfinished += hasUnfinishedWrite(round) ? 1 : 0;
    State state = specimen.stateIn(round);
    states.merge(state, 1, Integer::sum);
    backups += specimen.assertBackupsAreWhole(round);
    assertThatLookingIsSafe(round, state);
    specimen.assertNextStartFinishes(round, state);
    assertThat(round.resolve(Specimen.NAME + "-journal")).doesNotExist();
    Specimen.delete(round);
  }

  /** Returns as soon as something was written to the database, its journal or its log. */
  private static void awaitFirstWrite(Bot.Running bot, Path round) throws Exception {
    Path database = round.resolve(Specimen.NAME);
    FileTime untouched = Files.getLastModifiedTime(database);
    boolean ended = false;
    while (!ended
        && Files.getLastModifiedTime(database).equals(untouched)
        && !hasUnfinishedWrite(round)) {
      ended = bot.process().waitFor(1, TimeUnit.MILLISECONDS);
    }
  }

  private static boolean hasUnfinishedWrite(Path round) {
    // A log that is empty is made by looking already.
    return round.resolve(Specimen.NAME + "-journal").toFile().length() > 0
        || round.resolve(Specimen.NAME + "-wal").toFile().length() > 0;
  }

  /** It tells the truth, or that the truth cannot be told without writing; and writes nothing. */
  private static void assertThatLookingIsSafe(Path round, State state) throws Exception {
    Map<String, String> files = hashes(round);
    Bot.Result looked = Bot.run(round, "status");
    assertThat(hashes(round)).isEqualTo(files);
    if (looked.status() == 0) {
      String word = state == State.BEFORE ? "  pending\n" : "  applied ";
      assertThat(looked.out()).startsWith("001  " + Specimen.MIGRATION + word);
    } else {
      assertThat(looked.status()).isEqualTo(1);
      assertThat(looked.err())
          .startsWith("users.db cannot be read without writing: a crash left a write unfinished\n")
          .contains("\n  to do     start migrate or serve");
    }
  }

  /** What lies in a folder, by its hash; the shared memory of a log is no part of it. */
  private static Map<String, String> hashes(Path round) throws Exception {
    Map<String, String> hashes = new TreeMap<>();
    for (String suffix : new String[] {"", "-journal", "-wal"}) {
      Path file = round.resolve(Specimen.NAME + suffix);
      if (Files.exists(file)) {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        hashes.put(suffix, HexFormat.of().formatHex(hash));
      }
    }
    return hashes;
  }
}
