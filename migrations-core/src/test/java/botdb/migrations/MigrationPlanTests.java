package botdb.migrations;

import static botdb.migrations.MigrationPlan.EntryState.APPLIED;
import static botdb.migrations.MigrationPlan.EntryState.PENDING;
import static botdb.migrations.MigrationPlan.EntryState.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import botdb.migrations.MigrationPlan.AppliedRow;
import botdb.migrations.MigrationPlan.Entry;
import botdb.migrations.MigrationPlan.State;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class MigrationPlanTests {
  private static final String NOTES = "migration_001_add_notes";
  private static final String TAGS = "migration_002_add_tags";
  private static final String THEN = "2025-11-05 15:30:45";

  private abstract static class Idle implements Migration {
    @Override
    public void migrate(Migration.Context context) {}
  }

  static final class Migration001AddNotes extends Idle {}

  static final class Migration002AddTags extends Idle {}

  private static final MigrationCatalog CATALOG =
      TestDatabase.catalog(List.of(Migration001AddNotes.class, Migration002AddTags.class));

  @Test
  void everything_is_pending_where_there_is_no_database() {
    MigrationPlan plan = MigrationPlan.absent(CATALOG);
    assertThat(plan.state()).isEqualTo(State.ABSENT);
    assertThat(plan.pending())
        .containsExactly(new Entry(1, NOTES, PENDING, null), new Entry(2, TAGS, PENDING, null));
  }

  @Test
  void everything_is_pending_where_nothing_is_recorded() {
    assertThat(plan().state()).isEqualTo(State.PENDING);
    assertThat(plan().pending()).hasSize(2);
  }

  @Test
  void is_up_to_date_when_all_of_the_catalog_is_recorded() {
    MigrationPlan plan = plan(row(NOTES), row(TAGS));
    assertThat(plan.state()).isEqualTo(State.UP_TO_DATE);
    assertThat(plan.entries())
        .containsExactly(new Entry(1, NOTES, APPLIED, THEN), new Entry(2, TAGS, APPLIED, THEN));
  }

  @Test
  void an_empty_catalog_is_up_to_date_with_an_empty_table() {
    assertThat(MigrationPlan.of(TestDatabase.catalog(List.of()), List.of()).state())
        .isEqualTo(State.UP_TO_DATE);
  }

  @Test
  void a_hole_is_pending() {
    MigrationPlan plan = plan(row(TAGS));
    assertThat(plan.state()).isEqualTo(State.PENDING);
    assertThat(plan.entries())
        .containsExactly(new Entry(1, NOTES, PENDING, null), new Entry(2, TAGS, APPLIED, THEN));
  }

  @Test
  void lists_the_catalog_by_number_in_whatever_order_it_was_applied() {
    assertThat(plan(row(TAGS), row(NOTES)).entries())
        .extracting(Entry::name)
        .containsExactly(NOTES, TAGS);
  }

  @Test
  void a_name_with_the_suffix_of_python_means_the_same_migration() {
    MigrationPlan plan = plan(row(NOTES + ".py"), row(TAGS));
    assertThat(plan.state()).isEqualTo(State.UP_TO_DATE);
    assertThat(plan.entries()).extracting(Entry::name).containsExactly(NOTES, TAGS);
  }

  @Test
  void the_first_of_two_rows_for_one_migration_counts() {
    MigrationPlan plan = plan(row(NOTES), new AppliedRow(NOTES + ".py", "later"), row(TAGS));
    assertThat(plan.state()).isEqualTo(State.UP_TO_DATE);
    assertThat(plan.entries().get(0).appliedAt()).isEqualTo(THEN);
  }

  @Test
  void is_superseded_when_a_recorded_one_is_unknown_even_if_others_are_pending() {
    MigrationPlan plan = plan(row("migration_998_from_the_future"));
    assertThat(plan.state()).isEqualTo(State.SUPERSEDED);
    assertThat(plan.pending()).hasSize(2);
    assertThat(plan.unknown())
        .containsExactly(new Entry(998, "migration_998_from_the_future", UNKNOWN, THEN));
  }

  @Test
  void is_up_to_date_after_the_last_pending_one_and_not_before() {
    MigrationPlan plan = MigrationPlan.absent(CATALOG);
    List<MigrationPlan.Entry> pending = plan.pending();
    for (int i = 0; i < pending.size(); i++) {
      assertThat(plan.state()).isNotEqualTo(MigrationPlan.State.UP_TO_DATE);
      plan = plan.after(pending.get(i).name());
      assertThat(plan.pending()).isEqualTo(pending.subList(i + 1, pending.size()));
    }
    assertThat(plan.state()).isEqualTo(MigrationPlan.State.UP_TO_DATE);
  }

  @Test
  void lists_unknown_ones_last_in_the_order_in_which_they_were_applied() {
    MigrationPlan plan =
        plan(row("migration_900_b.py"), row(NOTES), row("by hand"), row("migration_003_a"));
    assertThat(plan.entries())
        .extracting(Entry::number, Entry::name)
        .containsExactly(
            tuple(1, NOTES),
            tuple(2, TAGS),
            tuple(900, "migration_900_b.py"),
            tuple(null, "by hand"),
            tuple(3, "migration_003_a"));
  }

  @Test
  void names_are_compared_letter_by_letter() {
    assertThat(plan(row(NOTES.toUpperCase(Locale.ROOT))).state()).isEqualTo(State.SUPERSEDED);
    assertThat(plan(row("migration_001_add_notes_too")).unknown())
        .extracting(Entry::number)
        .containsExactly(1);
  }

  @Test
  void a_time_that_was_not_recorded_is_null() {
    assertThat(plan(new AppliedRow(NOTES, null)).entries().get(0))
        .isEqualTo(new Entry(1, NOTES, APPLIED, null));
  }

  private static MigrationPlan plan(AppliedRow... rows) {
    return MigrationPlan.of(CATALOG, List.of(rows));
  }

  private static AppliedRow row(String name) {
    return new AppliedRow(name, THEN);
  }
}
