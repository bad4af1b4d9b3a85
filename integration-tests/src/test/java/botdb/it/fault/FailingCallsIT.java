package botdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import botdb.it.fault.FailingCalls.Duration;
import botdb.it.fault.FailingCalls.Fault;
import botdb.it.fault.Specimen.State;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Writes, syncs and the like fail, once or from some moment on, on the files of the database. */
@EnabledOnOs(OS.LINUX)
class FailingCallsIT {
  private static final int ENOSPC = 28;
  private static final int EIO = 5;
  private static final int HALF = 0;

  @TempDir private Path folder;

  private int migrated;
  private int before;
  private int succeeded;

  @ParameterizedTest
  @CsvSource({"delete, 5", "wal, 5", "delete, 20"})
  void leave_the_database_as_before_or_migrated(String journalMode, int megabytes)
      throws Exception {
    FailingCalls calls = FailingCalls.compile(folder);
    Specimen specimen = Specimen.generate(folder, journalMode, megabytes);
    for (Fault fault : faults()) {
      long n = first(fault);
      while (n <= last(fault) && failOnce(calls, specimen, fault, n)) {
        n = next(fault, n);
      }
    }
    Rounds.report(
        "%s, %d MB: %d calls failed: %d as before, %d migrated (%d of them with success), 0 between"
            .formatted(journalMode, megabytes, before + migrated, before, migrated, succeeded));
  }

  /** Of the thousands of writes every power of two fails, of the others each; or two of them. */
  private static long next(Fault fault, long n) {
    return fault.isWrite() ? n * Rounds.of(16, 2) : n + Rounds.of(7, 1);
  }

  private static long first(Fault fault) {
    return Rounds.of(fault.isWrite() ? 8 : 4, 1);
  }

  private static long last(Fault fault) {
    return Rounds.of(fault.isWrite() ? 128 : 11, Integer.MAX_VALUE);
  }

  private static List<Fault> faults() {
    List<Fault> faults = new ArrayList<>();
    faults.add(new Fault("write", ENOSPC, Duration.FOR_EVER));
    faults.add(new Fault("write", HALF, Duration.FOR_EVER));
    faults.add(new Fault("sync", EIO, Duration.ONCE));
    if (Rounds.areMany()) {
      faults.add(new Fault("write", ENOSPC, Duration.ONCE));
      faults.add(new Fault("write", EIO, Duration.ONCE));
      faults.add(new Fault("write", EIO, Duration.FOR_EVER));
      faults.add(new Fault("write", HALF, Duration.ONCE));
      faults.add(new Fault("sync", EIO, Duration.FOR_EVER));
      faults.add(new Fault("sync", ENOSPC, Duration.ONCE));
      for (String call : List.of("truncate", "unlink", "open")) {
        faults.add(new Fault(call, EIO, Duration.ONCE));
        faults.add(new Fault(call, ENOSPC, Duration.FOR_EVER));
      }
    }
    return faults;
  }

  /** Returns whether the program came as far as the n-th call. */
  private boolean failOnce(FailingCalls calls, Specimen specimen, Fault fault, long n)
      throws Exception {
    Path round = Files.createTempDirectory(folder, "round");
    Path seen = round.resolve("seen");
    specimen.copyTo(round);
    Bot.Result result = Specimen.migrate(round, calls.environment(fault, n, seen));
    boolean reached = FailingCalls.wasReached(seen);
    try {
      if (reached) {
        judge(specimen, round, result);
      } else {
        assertThat(result.status()).as(result.err()).isZero();
      }
    } catch (AssertionError e) {
      throw new AssertionError("%s, at call %d: %s".formatted(fault, n, result), e);
    }
    Specimen.delete(round);
    return reached;
  }

  private void judge(Specimen specimen, Path round, Bot.Result result) throws Exception {
    State state = specimen.stateIn(round);
    if (result.status() == 0) {
      assertThat(state).isEqualTo(State.MIGRATED);
      succeeded++;
    } else {
      FailureMessage.assertTold(result);
      if (FailureMessage.promisesNoChange(result)) {
        assertThat(state).isEqualTo(State.BEFORE);
      }
    }
    before += state == State.BEFORE ? 1 : 0;
    migrated += state == State.MIGRATED ? 1 : 0;
    specimen.assertNextStartFinishes(round, state);
  }
}
