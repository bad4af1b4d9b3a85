package botdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import botdb.it.Dump;
import botdb.it.Fixture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Twenty processes start at once on one pending database. */
class ManyStartersIT {
  private static final int STARTERS = 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"before-001", "hot-wal"})
  void apply_each_migration_once_and_nobody_fails(String name) throws Exception {
    int rounds = Rounds.of(1, 20);
    for (int round = 0; round < rounds; round++) {
      Path fresh = Files.createTempDirectory(folder, "round");
      Path database = Fixture.copy(name, fresh);
      List<Bot.Result> results = startAll(fresh, name);
      assertThat(results).allSatisfy(r -> assertThat(r.status()).as(r.err()).isZero());
      assertThat(results).filteredOn(r -> r.out().contains(Specimen.MIGRATION)).hasSize(1);
      assertThat(results)
          .filteredOn(r -> r.out().equals("nothing to apply\n"))
          .hasSize(STARTERS - 1);
      assertThat(Dump.of(database)).isEqualTo(Fixture.expectedAfter(name));
      Specimen.delete(fresh);
    }
    Rounds.report(
        "%s: %d rounds of %d processes at once: applied once in each, none failed"
            .formatted(name, rounds, STARTERS));
  }

  private static List<Bot.Result> startAll(Path folder, String name) {
    List<Bot.Running> starters = new ArrayList<>();
    for (int i = 0; i < STARTERS; i++) {
      starters.add(
          Bot.start(
              folder,
              List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"),
              Map.of(),
              "migrate",
              "--database",
              name + ".db"));
    }
    return starters.stream().map(Bot.Running::await).toList();
  }
}
