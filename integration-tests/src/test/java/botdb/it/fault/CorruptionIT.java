package botdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes of a database changed at random: no hang, no wrong success, no crash. */
class CorruptionIT {
  private static final int BATCH = 200;

  @TempDir private Path folder;

  @Test
  void is_refused_or_does_no_harm() {
    int refused = 0;
    int migrated = 0;
    int untouched = 0;
    int batches = Rounds.of(1, 20);
    for (int batch = 0; batch < batches; batch++) {
      Bot.Result trial =
          Bot.startMain(
                  DamageTrial.class,
                  folder,
                  List.of("-Djava.io.tmpdir=" + folder, "-XX:ErrorFile=" + folder + "/crash.log"),
                  folder.toString(),
                  Integer.toString(batch * BATCH),
                  Integer.toString(BATCH))
              .await();
      assertThat(trial.status()).as(trial.err()).isZero();
      String[] counts = trial.out().strip().split(" ");
      refused += Integer.parseInt(counts[0]);
      migrated += Integer.parseInt(counts[1]);
      untouched += Integer.parseInt(counts[2]);
    }
    assertThat(refused).isPositive();
    assertThat(migrated).isPositive();
    Rounds.report(
        "%d damaged databases: %d refused, %d migrated and right, %d with nothing to apply; no crash, no hang"
            .formatted(batches * BATCH, refused, migrated, untouched));
  }

  @Test
  void is_told_in_the_form_of_every_failure() throws Exception {
    int failed = 0;
    int rounds = Rounds.of(4, 60);
    for (int round = 0; round < rounds; round++) {
      Path fresh = Files.createTempDirectory(folder, "round");
      DamagedCopy copy = DamagedCopy.make(-round - 1, fresh);
      for (String command : List.of("status", "verify", "migrate")) {
        Bot.Result result = Bot.run(fresh, command, "--database", copy.database().toString());
        if (result.status() == 1) {
          FailureMessage.assertTold(result);
          failed++;
        } else {
          assertThat(result.status()).as(result.err()).isIn(0, 3);
        }
      }
      Specimen.delete(fresh);
    }
    Rounds.report(
        "%d commands on damaged databases: %d refused in the form of every failure"
            .formatted(rounds * 3, failed));
  }
}
