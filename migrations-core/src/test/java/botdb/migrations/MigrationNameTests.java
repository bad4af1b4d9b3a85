package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MigrationNameTests {

  @ParameterizedTest
  @CsvSource({
    "Migration001AddNotes, 1, migration_001_add_notes",
    "Migration012A, 12, migration_012_a",
    "Migration999AddAzTo09, 999, migration_999_add_az_to09",
    "Migration000Zebra, 0, migration_000_zebra",
  })
  void follows_from_the_name_of_the_class(String type, int number, String name) {
    assertThat(MigrationName.ofClass(type)).isEqualTo(new MigrationName(number, name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Migration",
        "Migration01",
        "Migration001",
        "Migration001addNotes",
        "Migration0011",
        "Migration001Add_Notes",
        "Migration001AddNotés",
        "Migration001Add@",
        "Migration001Add[",
        "Migration001Add`",
        "Migration001Add{",
        "Migration001Add/",
        "Migration001Add:",
        "Migration00:Add",
        "Migration/00Add",
        "MigrationXXXAdd",
        "Migrate001AddNotes",
      })
  void is_not_there_where_the_class_is_named_otherwise(String type) {
    assertThat(MigrationName.ofClass(type)).isNull();
  }

  @Test
  void tells_the_number_of_one_that_the_catalog_does_not_know() {
    assertThat(MigrationName.numberIn("migration_007_x")).isEqualTo(7);
    assertThat(MigrationName.numberIn("migration_007_")).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "migration_",
        "migration_07",
        "migration_007",
        "migration_0071_x",
        "migration_00a_x",
        "migration_a07_x",
        "migration-007_x",
        "add_007_notes",
      })
  void has_no_number_where_none_stands(String name) {
    assertThat(MigrationName.numberIn(name)).isNull();
  }
}
