package botdb.bot.progress;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.migrations.MigrationReport.Step;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTests {
  private static final long SECOND = 1_000_000_000;

  private final List<String> lines = new ArrayList<>();

  @Test
  void is_a_line_every_three_seconds_from_the_first_row_with_rows_share_and_time_left() {
    ProgressInLines progress = new ProgressInLines("migration_001_x", lines::add);

    progress.show(600 * SECOND, 1, 4001);
    progress.show(602 * SECOND, 501, 4001);
    progress.show(603 * SECOND, 1001, 4001);
    progress.show(604 * SECOND, 1501, 4001);
    progress.show(700 * SECOND, 2001, 4001);

    assertThat(lines)
        .containsExactly(
            "migration_001_x  1,001 of 4,001 rows, 25 %, about 9 s left",
            "migration_001_x  2,001 of 4,001 rows, 50 %, about 1 min 40 s left");
  }

  @Test
  void of_nothing_is_not_shown() {
    ProgressInLines progress = new ProgressInLines("migration_001_x", lines::add);

    progress.show(5 * SECOND, 0, 0);
    progress.show(9 * SECOND, 0, 0);

    assertThat(lines).isEmpty();
  }

  @Test
  void on_a_terminal_is_a_bar_after_a_second() {
    PrintStream standard = System.err;
    ByteArrayOutputStream drawn = new ByteArrayOutputStream();
    System.setErr(new PrintStream(drawn, true, StandardCharsets.UTF_8));
    try (ProgressOnTerminal progress =
        new ProgressOnTerminal("migration_001_add_x_to_y_and_z", 0)) {
      progress.show(SECOND / 2, 1, 10);
      assertThat(drawn.size()).isZero();
      progress.show(2 * SECOND, 5, 10);
    } finally {
      System.setErr(standard);
    }
    assertThat(drawn.toString(StandardCharsets.UTF_8)).contains("migration_001 ", "50%", "5/10");
  }

  @Test
  void ends_in_a_line_for_each_migration() {
    MigrationWatcher watcher = new MigrationWatcher(lines::add, lines::add);

    watcher.waiting(Duration.ofSeconds(60));
    watcher.applied(new Step(0, "baseline", Duration.ofMillis(4), 0));
    watcher.applied(new Step(1, "migration_001_x", Duration.ofMillis(1234), 1));
    watcher.applied(new Step(12, "migration_012_y", Duration.ofMillis(120), 13));

    assertThat(lines)
        .containsExactly(
            "another process is using the database; waiting for it, 60 s at most",
            "000  baseline  0 rows  0.00 s",
            "001  migration_001_x  1 row  1.23 s",
            "012  migration_012_y  13 rows  0.12 s");
  }

  @Test
  void tells_how_many_histories_a_migration_set_aside_once_it_is_applied() {
    List<String> notes = new ArrayList<>();
    MigrationWatcher watcher = new MigrationWatcher(lines::add, notes::add);

    watcher.started("migration_001_x");
    watcher.setAside("migration_001_x", 10);
    assertThat(notes).isEmpty();
    watcher.applied(new Step(1, "migration_001_x", Duration.ofMillis(1234), 20));
    watcher.started("migration_002_y");
    watcher.applied(new Step(2, "migration_002_y", Duration.ofMillis(1234), 0));
    watcher.started("migration_003_z");
    watcher.setAside("migration_003_z", 1);
    watcher.applied(new Step(3, "migration_003_z", Duration.ofMillis(1234), 2));

    assertThat(lines).hasSize(3);
    assertThat(notes)
        .containsExactly(
            "10 histories were set aside; set-aside list shows them",
            "1 history was set aside; set-aside list shows it");
  }
}
