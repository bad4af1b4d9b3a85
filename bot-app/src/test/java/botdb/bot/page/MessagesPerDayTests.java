package botdb.bot.page;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.bot.TestDatabase;
import botdb.migrations.Database;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessagesPerDayTests {
  @TempDir Path folder;

  @Test
  void counts_what_has_a_time_on_one_of_the_days_and_nothing_else() {
    Path file = TestDatabase.migrated(folder);
    TestDatabase.run(
        file,
        user(
            1,
            "[{\"timestamp\": \"2025-11-03 00:00:00\"}, {\"timestamp\": \"2025-11-05 23:59:59\"}]"),
        user(
            2, "[{\"timestamp\": \"2025-11-05 10:00:00\", \"n\": NaN}, {\"timestamp\": null}, {}]"),
        user(
            3,
            "[{\"timestamp\": \"2025-11-02 10:00:00\"}, {\"timestamp\": \"2025-11-06 00:00:00\"}]"),
        user(4, "[{\"timestamp\": 20251105}, {\"timestamp\": \"2025-11-05\"}, \"2025-11-05 1\"]"),
        user(5, "not readable"),
        user(6, ""));

    MessagesPerDay days = MessagesPerDay.count(Database.of(file), LocalDate.of(2025, 11, 5), 3);

    assertThat(days.first()).isEqualTo("2025-11-03");
    assertThat(days.last()).isEqualTo("2025-11-05");
    assertThat(days.counts()).containsExactly(1L, 0L, 2L);
    assertThat(days.sum()).isEqualTo(3);
    assertThat(days.most()).isEqualTo(2);
    assertThat(DaysPlot.svg(days, "\"<days>").markup())
        .contains("aria-label=\"&quot;&lt;days&gt;\"")
        .contains("<title>2025-11-05: 2</title>")
        .doesNotContain("2025-11-04:");
  }

  private static String user(int id, String history) {
    return "INSERT INTO users (user_id, history) VALUES (%d, '%s')".formatted(id, history);
  }
}
