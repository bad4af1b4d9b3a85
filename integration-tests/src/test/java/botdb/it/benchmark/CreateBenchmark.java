package botdb.it.benchmark;

import botdb.migrations.Database;
import botdb.migrations.MigrationCatalog;
import botdb.migrations.MigrationReport;
import botdb.migrations.Migrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Migrations that create a table each, in a file that is not there yet. */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 1)
@Measurement(iterations = 2)
public class CreateBenchmark {

  /** A folder with nothing in it, and what is to be created. */
  @State(Scope.Benchmark)
  public static class NewFile {
    @Param("1")
    public int count;

    private Path folder;
    private Path file;
    private MigrationCatalog catalog;

    @Setup(Level.Iteration)
    public void create() throws IOException, InterruptedException {
      folder = Files.createTempDirectory("create");
      file = folder.resolve("users.db");
      catalog = NumberedMigrations.catalog(Migration001CreateTable.class, count);
      Bench.sync();
    }

    @TearDown(Level.Iteration)
    public void delete() throws IOException {
      Bench.delete(folder);
    }
  }

  @Benchmark
  public MigrationReport ours(NewFile database) {
    return Migrator.of(Database.of(database.file), database.catalog).migrate();
  }

  @Benchmark
  public int bare(NewFile database) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database.file);
        Statement statement = connection.createStatement()) {
      statement.execute(Shape.TABLE);
      statement.execute(
          "CREATE TABLE migrations (id INTEGER PRIMARY KEY AUTOINCREMENT,"
              + " name TEXT UNIQUE NOT NULL, applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP)");
      connection.setAutoCommit(false);
      for (int number = 1; number <= database.count; number++) {
        createTable(connection, statement, number);
      }
    }
    return database.count;
  }

  private static void createTable(Connection connection, Statement statement, int number)
      throws SQLException {
    statement.execute("CREATE TABLE made_" + number + " (id INTEGER PRIMARY KEY, name TEXT)");
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO migrations (name) VALUES (?)")) {
      insert.setString(1, "migration_%03d_create_table".formatted(number));
      insert.executeUpdate();
    }
    connection.commit();
  }
}
