package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.migrations.Migration.DirtyData;
import botdb.migrations.MigrationReport.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the owner wants to become of dirty data reaches the migration, and nothing more. */
final class DirtyDataTests {
  @TempDir private Path folder;

  private final List<String> heard = new ArrayList<>();

  @Test
  void stops_a_migration_unless_the_owner_says_otherwise() {
    assertThat(Migrator.of(TestDatabase.in(folder).file(), catalog()).migrate().steps()).hasSize(1);
    assertThat(choice()).isEqualTo("STOP in migration_001_tell_choice");
  }

  @Test
  void is_set_aside_where_the_owner_says_so_whatever_else_he_says() {
    Migrator migrator = Migrator.of(TestDatabase.in(folder).file(), catalog());
    migrator.withDirtyData(DirtyData.SET_ASIDE).withListener(listener()).migrate();
    assertThat(choice()).isEqualTo("SET_ASIDE in migration_001_tell_choice");
    assertThat(heard).containsExactly("migration_001_tell_choice set 7 aside", "applied");
  }

  private static MigrationCatalog catalog() {
    return TestDatabase.catalog(TestDatabase.list(Migration001TellChoice.class));
  }

  private String choice() {
    return TestDatabase.absentIn(folder).rows("SELECT DISTINCT history FROM users").get(0);
  }

  private Migrator.Listener listener() {
    return new Migrator.Listener() {
      @Override
      public void setAside(String name, long rows) {
        heard.add(name + " set " + rows + " aside");
      }

      @Override
      public void applied(Step step) {
        heard.add("applied");
      }
    };
  }

  static final class Migration001TellChoice implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context
          .dsl()
          .execute("UPDATE users SET history = ?", context.dirtyData() + " in " + context.name());
      if (context.dirtyData() == DirtyData.SET_ASIDE) {
        context.reportSetAside(7);
      }
    }
  }
}
