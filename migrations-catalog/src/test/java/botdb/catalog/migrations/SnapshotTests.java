package botdb.catalog.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.catalog.TestDatabase;
import botdb.catalog.schema.current.tables.Users;
import botdb.migrations.Migrator;
import botdb.migrations.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Snapshots and migrations say the same: from every version to every later one, and from nothing.
 */
class SnapshotTests {
  private static final int NEWEST = BotCatalog.migrations().size();

  @TempDir private Path folder;

  record Pair(int from, int to) {}

  static List<Pair> pairs() {
    List<Pair> pairs = new ArrayList<>();
    for (int from = 0; from <= NEWEST; from++) {
      for (int to = from + 1; to <= NEWEST; to++) {
        pairs.add(new Pair(from, to));
      }
    }
    return pairs;
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void a_snapshot_migrated_is_the_later_snapshot(Pair pair) throws Exception {
    try (TestDatabase database = TestDatabase.ofVersion(folder, pair.from)) {
      Migrator migrator = Migrator.of(database.file(), BotCatalog.migrations());
      assertThat(migrator.migrate(pair.to).steps()).hasSize(pair.to - pair.from);
      assertThat(differences(database, pair.to))
          .as(
              "what migrations make of version %03d and %03d.sql says otherwise",
              pair.from, pair.to)
          .isEmpty();
    }
  }

  @Test
  void a_fresh_database_is_the_newest_snapshot() throws Exception {
    for (int version = 0; version <= NEWEST; version++) {
      Path fresh = Files.createDirectory(folder.resolve("v" + version));
      try (TestDatabase database = TestDatabase.of(fresh)) {
        Migrator.of(database.file(), BotCatalog.migrations()).migrate(version);
        assertThat(differences(database, version)).isEmpty();
      }
    }
  }

  @Test
  void every_migration_has_its_snapshot_and_there_is_none_without_one() {
    for (int version = 0; version <= NEWEST; version++) {
      assertThat(Snapshots.sql(version)).contains("CREATE TABLE users");
    }
    assertThatThrownBy(() -> Snapshots.sql(NEWEST + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is no snapshot");
  }

  @Test
  void the_classes_of_the_bot_are_those_of_the_newest_version() throws Exception {
    Class<?> newest = Class.forName("botdb.catalog.schema.v%03d.tables.Users".formatted(NEWEST));
    Object users = newest.getField("USERS").get(null);
    assertThat(describe((org.jooq.Table<?>) users)).isEqualTo(describe(Users.USERS));
  }

  @Test
  void whole_numbers_are_64_bits_in_the_generated_classes() {
    assertThat(Users.USERS.USER_ID.getType()).isEqualTo(Long.class);
    assertThat(Users.USERS.HISTORY.getType()).isEqualTo(List.class);
    assertThat(Users.USERS.CREATED_AT.getType()).isEqualTo(String.class);
  }

  private static List<String> describe(org.jooq.Table<?> table) {
    List<String> columns = new ArrayList<>();
    for (Field<?> field : table.fields()) {
      columns.add(field + " " + field.getDataType());
    }
    return columns;
  }

  private static List<String> differences(TestDatabase database, int version) throws Exception {
    try (Connection connection = database.file().openReadOnly()) {
      return database
          .file()
          .schema(connection)
          .differencesFrom(Schema.ofScript(Snapshots.sql(version)));
    }
  }
}
