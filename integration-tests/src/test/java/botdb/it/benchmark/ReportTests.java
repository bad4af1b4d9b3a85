package botdb.it.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTests {
  private static final Quantity SECOND = Quantity.seconds(1);

  @Test
  void is_read_as_it_is_written() {
    Section start = section("Full", row(1.2, Goal.atMost(1.3)), row(0.01, Goal.NONE));
    Row leftOut = Row.leftOut("rewrite", "Python", Goal.timesAsFast(5), "not installed");
    Section rewrite =
        new Section("Rewriting", "Small", "2025, 2 × CPU", List.of(leftOut), List.of("A note."));
    Report report = new Report(List.of(start, rewrite));

    assertThat(Report.parse(report.markdown())).isEqualTo(report);
    assertThat(Report.parse("")).isEqualTo(new Report(List.of()));
  }

  @Test
  void a_cell_that_would_be_two_is_refused() {
    assertThatThrownBy(() -> Row.of("append", SECOND, "`jsonb ||`", SECOND, Goal.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("`jsonb ||`");
  }

  @Test
  void aligns_the_columns() {
    String markdown = section("Full", row(1.2, Goal.atMost(1.3))).markdown();
    assertThat(markdown)
        .isEqualTo(
            """
            ### Start

            Full scale; 2025, 2 × CPU

            |          | ours   | contender | theirs | ratio | goal  | met |
            |----------|--------|-----------|--------|-------|-------|-----|
            | `status` | 1.20 s | bare JDBC | 1.00 s | 1.20  | ≤ 1.3 | yes |
            """);
  }

  @Test
  void judges_what_it_prints() {
    assertThat(row(1.304, Goal.atMost(1.3)).met()).isEqualTo("yes");
    assertThat(row(1.31, Goal.atMost(1.3)).met()).isEqualTo("**no**");
    assertThat(row(0.5, Goal.timesAsFast(2.2)).met()).isEqualTo("**no**");
    assertThat(row(0.4, Goal.timesAsFast(2.2)))
        .returns("2.50", Row::ratio)
        .returns("yes", Row::met);
    assertThat(row(4, Goal.NONE).met()).isEqualTo(Row.NOTHING);
  }

  @Test
  void marks_what_became_worse_by_more_than_a_quarter() {
    Report before = report("Full", row(1, Goal.atMost(1.3)));
    assertThat(compared(before, "Full", row(1.25, Goal.atMost(1.3)))).isEqualTo("yes");
    assertThat(compared(before, "Full", row(1.26, Goal.atMost(1.3))))
        .isEqualTo("yes, **worse**: was 1.00");
    assertThat(compared(before, "Full", row(0.5, Goal.atMost(1.3)))).isEqualTo("yes");
  }

  @Test
  void knows_that_times_as_fast_is_better_where_it_is_more() {
    Report before = report("Full", row(0.25, Goal.timesAsFast(2.2)));
    assertThat(compared(before, "Full", row(0.125, Goal.timesAsFast(2.2)))).isEqualTo("yes");
    assertThat(compared(before, "Full", row(0.4, Goal.timesAsFast(2.2))))
        .isEqualTo("yes, **worse**: was 4.00");
  }

  @Test
  void compares_only_what_was_measured_in_the_same_way() {
    Report before = report("Full", row(1, Goal.atMost(1.3)));
    assertThat(compared(before, "Small", row(9, Goal.atMost(1.3)))).isEqualTo("**no**");
    Row other = Row.of("`migrate`", Quantity.seconds(9), "bare JDBC", SECOND, Goal.atMost(1.3));
    assertThat(compared(before, "Full", other)).isEqualTo("**no**");
    Row leftOut = Row.leftOut("`status`", "bare JDBC", Goal.atMost(1.3), "not installed");
    assertThat(compared(before, "Full", leftOut)).isEqualTo("left out: not installed");
  }

  @Test
  void keeps_the_other_sections_and_replaces_none_by_less() {
    Report full = report("Full", row(1, Goal.NONE));
    Report small = report("Small", row(2, Goal.NONE));
    Report other = new Report(List.of(new Section("Chat", "Small", "2025", List.of(), List.of())));

    assertThat(full.updatedWith(small)).isEqualTo(full);
    assertThat(small.updatedWith(full)).isEqualTo(full);
    assertThat(full.updatedWith(other).sections())
        .containsExactly(full.sections().get(0), other.sections().get(0));
  }

  @Test
  void shows_three_digits_of_what_was_measured() {
    assertThat(
            List.of(
                Quantity.seconds(12.34),
                Quantity.seconds(0.5),
                Quantity.seconds(0.0123),
                Quantity.seconds(0.000_282),
                Quantity.mebibytes(142.3)))
        .map(Quantity::toString)
        .containsExactly("12.3 s", "0.50 s", "12.3 ms", "282 µs", "142 MiB");
  }

  @Test
  void takes_the_one_in_the_middle() {
    Samples<Double> samples = new Samples<>(List.of(3.0, 100.0, 1.0, 2.0, 4.0));
    assertThat(samples.median(Quantity::seconds)).isEqualTo(Quantity.seconds(3));
    assertThat(samples.largest(Quantity::seconds)).isEqualTo(Quantity.seconds(100));
    assertThat(new Samples<>(List.of(1.0, 2.0)).median(Quantity::seconds))
        .isEqualTo(Quantity.seconds(1.5));
  }

  private static String compared(Report before, String scale, Row row) {
    return report(scale, row).comparedWith(before).sections().get(0).rows().get(0).met();
  }

  private static Report report(String scale, Row row) {
    return new Report(List.of(section(scale, row)));
  }

  private static Section section(String scale, Row... rows) {
    return new Section("Start", scale, "2025, 2 × CPU", List.of(rows), List.of());
  }

  private static Row row(double seconds, Goal goal) {
    return Row.of("`status`", Quantity.seconds(seconds), "bare JDBC", SECOND, goal);
  }
}
