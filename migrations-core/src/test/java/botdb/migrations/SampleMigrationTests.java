package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.sample.SampleCatalog;
import botdb.migrations.sample.SampleRows;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Migrations of every kind, from every version to every later one. */
final class SampleMigrationTests {
  private static final MigrationCatalog CATALOG = SampleCatalog.migrations();

  @TempDir private Path folder;

  static Stream<Arguments> pairs() {
    return IntStream.rangeClosed(0, CATALOG.size())
        .boxed()
        .flatMap(
            from ->
                IntStream.rangeClosed(from + 1, CATALOG.size())
                    .mapToObj(to -> Arguments.of(from, to)));
  }

  static IntStream versions() {
    return IntStream.rangeClosed(0, CATALOG.size());
  }

  @ParameterizedTest(name = "from {0} to {1}")
  @MethodSource("pairs")
  void a_database_of_one_version_becomes_that_of_a_later_one(int from, int to) throws SQLException {
    TestDatabase migrated = written(folder, from, from).applied(names(from));
    migrator(migrated).migrate(to);

    assertThat(migrated.schema().differencesFrom(Schema.ofScript(SampleCatalog.snapshot(to))))
        .isEmpty();
    assertThat(migrated.cells()).isEqualTo(written(folder.resolve("x"), to, from).cells());
    assertThat(migrated.appliedNames()).containsExactly(names(to));
    assertThat(migrated.rows("PRAGMA foreign_key_check")).isEmpty();
    assertThat(migrated.rows("PRAGMA integrity_check")).containsExactly("ok");
  }

  @ParameterizedTest(name = "to {0}")
  @MethodSource("versions")
  void a_new_database_is_equal_to_a_migrated_one(int to) throws SQLException {
    TestDatabase fresh = TestDatabase.absentIn(folder);
    migrator(fresh).migrate(to);

    assertThat(fresh.schema().differencesFrom(Schema.ofScript(SampleCatalog.snapshot(to))))
        .isEmpty();
    assertThat(fresh.cells()).isEmpty();
    assertThat(fresh.appliedNames()).containsExactly(names(to));
  }

  @Test
  void a_version_without_a_snapshot_is_no_empty_version() {
    assertThatThrownBy(() -> SampleCatalog.snapshot(CATALOG.size() + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no snapshot 012.sql");
  }

  @Test
  void a_rebuilt_parent_keeps_its_children_and_its_rules_for_them() {
    TestDatabase database = written(folder, 6, 6).applied(names(6));
    migrator(database).migrate(7);

    assertThat(database.rows("SELECT count(*) FROM notes")).containsExactly("2");
    database.run("PRAGMA foreign_keys = ON; DELETE FROM users WHERE user_id = -7");
    assertThat(database.rows("SELECT id FROM notes")).containsExactly("1");
  }

  @Test
  void a_rebuilt_table_keeps_its_numbers_and_its_trigger() {
    TestDatabase database = written(folder, 7, 7).applied(names(7));
    migrator(database).migrate(8);

    database.run("INSERT INTO notes (user_id, text, priority) VALUES (-7, 'next', 1)");
    assertThat(database.rows("SELECT max(id) FROM notes")).containsExactly("41");
    database.run("UPDATE notes SET text = 'edited' WHERE id = 3");
    assertThat(database.rows("SELECT * FROM edits WHERE note_id = 3")).containsExactly("3|done");
  }

  @Test
  void the_report_counts_the_rows_that_each_migration_changed() {
    TestDatabase database = written(folder, 6, 6).applied(names(6));
    List<MigrationReport.Step> steps = migrator(database).migrate().steps();

    assertThat(steps).extracting(MigrationReport.Step::number).containsExactly(7, 8, 9, 10, 11);
    assertThat(steps.get(0).rows()).as("users copied").isEqualTo(2);
    assertThat(steps.get(2).rows()).as("settings inserted").isEqualTo(2);
    assertThat(steps.get(4).rows()).as("histories rewritten").isEqualTo(1);
  }

  private static Migrator migrator(TestDatabase database) {
    return Migrator.of(database.file(), CATALOG);
  }

  private static String[] names(int version) {
    return CATALOG.names().subList(0, version).toArray(String[]::new);
  }

  private static TestDatabase written(Path folder, int version, int born) {
    folder.toFile().mkdirs();
    return TestDatabase.absentIn(folder)
        .run(SampleCatalog.snapshot(version) + SampleRows.sql(version, born));
  }
}
