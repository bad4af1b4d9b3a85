package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.migrations.MigrationException.InvalidCatalog;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MigrationCatalogTests {
  private abstract static class Idle implements Migration {
    @Override
    public void migrate(Migration.Context context) {}
  }

  static final class Migration001AddNotes extends Idle {}

  static final class Migration001AddTags extends Idle {}

  static final class Migration002MoveJsonOfUserToV2 extends Idle {}

  static final class Migration003Sha256 extends Idle {}

  static final class Migration000Baseline extends Idle {}

  static final class Migration01AddNotes extends Idle {}

  static final class Migration1000AddNotes extends Idle {}

  static final class Migration001addNotes extends Idle {}

  static final class Migration001 extends Idle {}

  static final class AddNotes extends Idle {}

  @Test
  void derives_names_from_class_names() {
    assertThat(
            catalog(
                    Migration001AddNotes.class,
                    Migration002MoveJsonOfUserToV2.class,
                    Migration003Sha256.class)
                .names())
        .containsExactly(
            "migration_001_add_notes",
            "migration_002_move_json_of_user_to_v2",
            "migration_003_sha256");
  }

  @Test
  void may_be_empty() {
    assertThat(catalog().size()).isZero();
  }

  @Test
  void refuses_a_gap() {
    assertRefused(
        () -> catalog(Migration001AddNotes.class, Migration003Sha256.class),
        "the catalog of migrations is wrong: migration_003_sha256 stands where number 002 is"
            + " expected");
  }

  @Test
  void refuses_to_begin_with_another_number_than_001() {
    assertRefused(
        () -> catalog(Migration000Baseline.class),
        "the catalog of migrations is wrong: migration_000_baseline stands where number 001 is"
            + " expected");
  }

  @Test
  void refuses_a_number_that_is_taken_twice_and_names_both() {
    assertRefused(
        () -> catalog(Migration001AddNotes.class, Migration001AddTags.class),
        "the catalog of migrations is wrong: 001 is the number of both migration_001_add_notes and"
            + " migration_001_add_tags");
  }

  @Test
  void refuses_another_order_than_that_of_the_numbers() {
    assertRefused(
        () -> catalog(Migration002MoveJsonOfUserToV2.class, Migration001AddNotes.class),
        "the catalog of migrations is wrong: migration_002_move_json_of_user_to_v2 stands where"
            + " number 001 is expected");
  }

  @Test
  void refuses_class_names_of_which_no_name_follows() {
    List<Class<? extends Migration>> misnamed =
        List.of(
            Migration01AddNotes.class,
            Migration1000AddNotes.class,
            Migration001addNotes.class,
            Migration001.class,
            AddNotes.class);
    for (Class<? extends Migration> type : misnamed) {
      assertRefused(
          () -> TestDatabase.catalog(List.of(type)),
          "the catalog of migrations is wrong: MigrationCatalogTests$%s is not the name of a"
                  .formatted(type.getSimpleName())
              + " migration");
    }
  }

  abstract static class Migration001Abstract extends Idle {}

  static final class Migration001NeedsAnArgument extends Idle {
    Migration001NeedsAnArgument(String name) {
      name.length();
    }
  }

  static final class Migration001ThrowsWhenMade extends Idle {
    Migration001ThrowsWhenMade() {
      throw new IllegalStateException("made");
    }
  }

  @Test
  void says_what_is_wrong_with_a_class_that_cannot_be_created(@TempDir Path folder) {
    List<Class<? extends Migration>> broken =
        List.of(
            Migration001Abstract.class,
            Migration001NeedsAnArgument.class,
            Migration001ThrowsWhenMade.class);
    TestDatabase database = TestDatabase.in(folder);
    byte[] before = database.bytes();
    for (Class<? extends Migration> type : broken) {
      MigrationCatalog catalog = TestDatabase.catalog(List.of(type));
      assertRefused(
          () -> Migrator.of(database.file(), catalog).migrate(),
          "the catalog of migrations is wrong: " + type.getName() + " cannot be created");
      assertThat(database.bytes()).isEqualTo(before);
    }
  }

  @SafeVarargs
  private static MigrationCatalog catalog(Class<? extends Migration>... migrations) {
    return TestDatabase.catalog(TestDatabase.list(migrations));
  }

  private static void assertRefused(ThrowingCallable call, String headline) {
    assertThatThrownBy(call)
        .isInstanceOf(InvalidCatalog.class)
        .message()
        .matches("\\Q" + headline + "\\E\n  to do     [^\n]+");
  }
}
