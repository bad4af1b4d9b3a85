package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many migrations as three digits can count. */
final class LargeCatalogTests {
  private static final int MOST = 999;

  @TempDir private Path folder;

  /** Only a pattern: its class file is loaded once a number, with the number in it. */
  static final class Migration001Count implements Migration {
    @Override
    public void migrate(Migration.Context context) {
      context.dsl().execute("UPDATE users SET user_id = user_id + 1");
    }
  }

  /** Defines the pattern under other numbers of the same length. */
  private static final class Numbered extends ClassLoader {
    private final String pattern;

    Numbered() throws IOException {
      super(LargeCatalogTests.class.getClassLoader());
      String file = "LargeCatalogTests$Migration001Count.class";
      try (InputStream in = LargeCatalogTests.class.getResourceAsStream(file)) {
        pattern = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      }
    }

    Class<? extends Migration> number(int number) {
      byte[] bytes =
          pattern
              .replace("Migration001", "Migration%03d".formatted(number))
              .getBytes(StandardCharsets.ISO_8859_1);
      return defineClass(null, bytes, 0, bytes.length).asSubclass(Migration.class);
    }
  }

  @Test
  void are_applied_in_order() throws IOException {
    Numbered numbered = new Numbered();
    List<Class<? extends Migration>> migrations = new ArrayList<>();
    for (int number = 1; number <= MOST; number++) {
      migrations.add(numbered.number(number));
    }
    MigrationCatalog catalog = TestDatabase.catalog(migrations);
    TestDatabase database = TestDatabase.absentIn(folder).run(TestDatabase.USERS);
    database.run("PRAGMA journal_mode = wal; INSERT INTO users (user_id) VALUES (0)");
    Migrator migrator = Migrator.of(database.file(), catalog);

    assertThat(migrator.migrate().steps()).hasSize(MOST);
    assertThat(database.rows("SELECT user_id FROM users")).containsExactly("999");
    assertThat(database.appliedNames()).containsExactlyElementsOf(catalog.names());
    assertThat(migrator.plan().state()).isEqualTo(MigrationPlan.State.UP_TO_DATE);
  }
}
