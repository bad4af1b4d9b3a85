package botdb.it.benchmark;

import botdb.it.benchmark.contender.BareStart;
import botdb.it.benchmark.contender.FlywayStart;
import botdb.migrations.Database;
import botdb.migrations.MigrationCatalog;
import botdb.migrations.MigrationPlan;
import botdb.migrations.MigrationReport;
import botdb.migrations.Migrator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Nothing is pending; public, as JMH wants it. */
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 4, time = 1, timeUnit = TimeUnit.SECONDS)
@Measurement(iterations = 4, time = 1, timeUnit = TimeUnit.SECONDS)
public class WarmStartBenchmark {

  /** A database to which everything is applied. */
  @State(Scope.Benchmark)
  public static class UpToDate {
    @Param("1")
    public int applied;

    private Path folder;
    private Database file;
    private MigrationCatalog catalog;

    @Setup
    public void create() throws IOException {
      folder = Files.createTempDirectory("warm-start");
      file = Database.of(folder.resolve("users.db"));
      catalog = NumberedMigrations.catalog(Migration001Nothing.class, applied);
      Migrator.of(file, catalog).migrate();
    }

    @TearDown
    public void delete() throws IOException {
      Bench.delete(folder);
    }
  }

  /** A database that Flyway has migrated. */
  @State(Scope.Benchmark)
  public static class UpToDateForFlyway {
    @Param("1")
    public int applied;

    private Path folder;
    private String url;
    private Path migrations;

    @Setup
    public void create() throws IOException {
      folder = Files.createTempDirectory("warm-start");
      url = "jdbc:sqlite:" + folder.resolve("flyway.db");
      migrations = FlywayStart.migrations(folder.resolve("migrations"), applied);
      FlywayStart.migrate(url, migrations);
    }

    @TearDown
    public void delete() throws IOException {
      Bench.delete(folder);
    }
  }

  @Benchmark
  public MigrationReport migrate(UpToDate database) {
    return Migrator.of(database.file, database.catalog).migrate();
  }

  @Benchmark
  public MigrationPlan plan(UpToDate database) {
    return Migrator.of(database.file, database.catalog).plan();
  }

  @Benchmark
  public List<String> bare(UpToDate database) throws SQLException {
    return BareStart.applied("jdbc:sqlite:" + database.file.file());
  }

  @Benchmark
  public int flyway(UpToDateForFlyway database) {
    return FlywayStart.migrate(database.url, database.migrations);
  }
}
