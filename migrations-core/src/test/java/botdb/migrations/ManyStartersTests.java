package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.migrations.MigrationReport.Step;
import botdb.migrations.Steps.Migration001AddNotes;
import botdb.migrations.Steps.Migration002AddTags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many bots that start at the same moment. */
final class ManyStartersTests {
  private static final int STARTERS = 20;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"delete", "wal"})
  void each_migration_is_applied_once_and_nobody_fails(String mode) throws Exception {
    TestDatabase database = TestDatabase.in(folder).run("PRAGMA journal_mode = " + mode);
    assertThat(start(database)).containsExactlyInAnyOrder(1, 2);
    assertThat(database.rows("SELECT count(*) FROM notes")).containsExactly("2");
  }

  @Test
  void a_new_database_is_created_once() throws Exception {
    TestDatabase database = TestDatabase.absentIn(folder);
    assertThat(start(database)).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(database.appliedNames()).hasSize(2);
  }

  /** Returns the numbers of all steps that anybody did. */
  private static List<Integer> start(TestDatabase database) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(STARTERS);
    try {
      CyclicBarrier barrier = new CyclicBarrier(STARTERS);
      Callable<MigrationReport> starter =
          () -> {
            barrier.await();
            return database
                .migrator(Migration001AddNotes.class, Migration002AddTags.class)
                .migrate();
          };
      List<Future<MigrationReport>> reports = new ArrayList<>();
      for (int i = 0; i < STARTERS; i++) {
        reports.add(threads.submit(starter));
      }
      List<Integer> numbers = new ArrayList<>();
      for (Future<MigrationReport> report : reports) {
        report.get().steps().stream().map(Step::number).forEach(numbers::add);
      }
      return numbers;
    } finally {
      threads.shutdownNow();
    }
  }
}
