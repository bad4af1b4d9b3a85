package botdb.it.benchmark;

import botdb.migrations.Migration;
import botdb.migrations.MigrationCatalog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A class with the number 001 in its name, defined again under each number. */
final class NumberedMigrations extends ClassLoader {
  private final String pattern;

  private NumberedMigrations(String pattern) {
    super(NumberedMigrations.class.getClassLoader());
    this.pattern = pattern;
  }

  /** Returns a catalog with migrations from 001 to a number, all like the one given. */
  static MigrationCatalog catalog(Class<? extends Migration> first, int last) throws IOException {
    try (InputStream in = first.getResourceAsStream(first.getSimpleName() + ".class")) {
      NumberedMigrations loader =
          new NumberedMigrations(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
      List<Class<? extends Migration>> migrations = new ArrayList<>();
      for (int number = 1; number <= last; number++) {
        migrations.add(loader.number(number));
      }
      return MigrationCatalog.of(new Baseline(), migrations);
    }
  }

  /** Of the same length, so that the class file stays one. */
  private Class<? extends Migration> number(int number) {
    byte[] bytes =
        pattern
            .replace("Migration001", "Migration%03d".formatted(number))
            .getBytes(StandardCharsets.ISO_8859_1);
    return defineClass(null, bytes, 0, bytes.length).asSubclass(Migration.class);
  }

  private static final class Baseline implements MigrationCatalog.Baseline {
    @Override
    public String table() {
      return "users";
    }

    @Override
    public Set<String> columns() {
      return Set.of("history");
    }

    @Override
    public String sql() {
      return Shape.TABLE;
    }
  }
}
