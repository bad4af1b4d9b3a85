package botdb.migrations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A database file of a test's own, and all that can be seen of it from outside. */
final class TestDatabase {
  static final String USERS =
      """
      CREATE TABLE users (
          user_id INTEGER PRIMARY KEY,
          history TEXT NOT NULL DEFAULT '[]'
      );
      """;

  private final Path path;

  private TestDatabase(Path path) {
    this.path = path;
  }

  /** Returns a database that is there. */
  static TestDatabase at(Path path) {
    return new TestDatabase(path);
  }

  /** Returns a database that does not exist yet. */
  static TestDatabase absentIn(Path folder) {
    return new TestDatabase(folder.resolve("users.db"));
  }

  /** Returns a database with the baseline and two users. */
  static TestDatabase in(Path folder) {
    folder.toFile().mkdirs();
    TestDatabase database = absentIn(folder);
    database.run(USERS + "INSERT INTO users (user_id) VALUES (1), (2);");
    return database;
  }

  Path path() {
    return path;
  }

  Database file() {
    return Database.of(path).withPatience(Duration.ofSeconds(30));
  }

  @SafeVarargs
  final Migrator migrator(Class<? extends Migration>... migrations) {
    return Migrator.of(file(), catalog(list(migrations)));
  }

  @SafeVarargs
  static List<Class<? extends Migration>> list(Class<? extends Migration>... migrations) {
    List<Class<? extends Migration>> list = new ArrayList<>();
    for (Class<? extends Migration> migration : migrations) {
      list.add(migration);
    }
    return list;
  }

  static MigrationCatalog catalog(List<Class<? extends Migration>> migrations) {
    return MigrationCatalog.of(new Users(), migrations);
  }

  private static final class Users implements MigrationCatalog.Baseline {
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
      return USERS;
    }
  }

  Connection connect() {
    try {
      return DriverManager.getConnection("jdbc:sqlite:" + path);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  TestDatabase run(String script) {
    try (Connection connection = connect()) {
      Sql.run(connection, script);
      return this;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Records migrations as applied, as the Python bot did. */
  TestDatabase applied(String... names) {
    run(
        """
        CREATE TABLE IF NOT EXISTS migrations (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT UNIQUE NOT NULL,
            applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
        )
        """);
    for (String name : names) {
      run("INSERT INTO migrations (name) VALUES ('" + name + "')");
    }
    return this;
  }

  List<String> appliedNames() {
    return rows("SELECT name FROM migrations ORDER BY id");
  }

  /** Returns each row of a query as SQL literals. */
  List<String> rows(String query) {
    try (Connection connection = connect()) {
      return rows(connection, query);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> rows(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          cells.add(result.getString(i));
        }
        rows.add(String.join("|", cells));
      }
      return rows;
    }
  }

  /** Returns every cell of every table but the runner's own, the counters of ids included. */
  Map<String, List<String>> cells() {
    try (Connection connection = connect()) {
      Map<String, List<String>> cells = new TreeMap<>();
      for (String table :
          Sql.texts(
              connection,
              "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('migrations', 'migration_log')")) {
        List<String> columns =
            Sql.texts(
                connection, "SELECT 'quote(\"' || name || '\")' FROM pragma_table_xinfo(?)", table);
        String query =
            "SELECT %s FROM \"%s\" ORDER BY 1, 2".formatted(String.join(", ", columns), table);
        List<String> rows = rows(connection, query);
        rows.removeIf(row -> row.startsWith("'migrations'|") || row.startsWith("'migration_log'|"));
        if (!rows.isEmpty()) {
          cells.put(table, rows);
        }
      }
      return cells;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  Schema schema() {
    try (Connection connection = connect()) {
      return SqliteSchemaReader.schema(connection);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  byte[] bytes() {
    return bytes(path);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the files of the folder with what is in them, {@code -shm} aside. */
  Map<String, String> folder() {
    try (Stream<Path> files = Files.list(path.getParent())) {
      Map<String, String> contents = new TreeMap<>();
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (!name.endsWith("-shm")) {
          contents.put(
              name,
              Files.isRegularFile(file)
                  ? Files.size(file) + " bytes " + Arrays.hashCode(bytes(file))
                  : "no file");
        }
      }
      return contents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
