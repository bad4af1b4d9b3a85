package botdb.it.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import botdb.bot.database.BotDatabase;
import botdb.catalog.Message;
import botdb.catalog.migrations.BotCatalog;
import botdb.it.Dump;
import botdb.it.benchmark.contender.BareAppend;
import botdb.it.benchmark.contender.BareStart;
import botdb.it.benchmark.contender.FlywayStart;
import botdb.it.benchmark.contender.SqlRewrite;
import botdb.migrations.Database;
import botdb.migrations.Migrator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is compared does the same work. */
class ContendersTests {
  private static final Shape SHAPE = new Shape(20, 10);

  @TempDir private Path folder;

  @Test
  void one_statement_of_sql_migrates_as_we_do() throws Exception {
    Path theirs = database("theirs");
    SqlRewrite.main(new String[] {theirs.toString()});
    assertThat(histories(theirs)).isEqualTo(migrated());
  }

  @Test
  void python_migrates_as_we_do() throws Exception {
    Bench bench = new Bench(folder, Scale.SMALL, folder);
    String python = bench.python();
    assumeThat(python).isNotNull();
    Path theirs = database("theirs");
    Path script = bench.script("migration_001_add_timestamp_to_messages.py", folder);
    Program.of(python, script.toString(), theirs.toString()).run(folder);
    assertThat(histories(theirs)).isEqualTo(migrated());
  }

  @Test
  void the_manager_in_python_finds_nothing_pending_in_what_we_migrated() throws Exception {
    Bench bench = new Bench(folder, Scale.SMALL, folder);
    String python = bench.python();
    assumeThat(python).isNotNull();
    Path ours = database("ours");
    Migrator.of(Database.of(ours), BotCatalog.migrations()).migrate();
    Path manager = bench.script("manager.py", folder);
    Path migrations = folder.resolve("migrations");
    bench.script("migration_001_add_timestamp_to_messages.py", migrations);
    Path output = folder.resolve("output");
    Program.of(python, manager.toString(), ours.toString(), migrations.toString())
        .start(folder, output)
        .waitFor();
    assertThat(output)
        .content()
        .isEqualTo(
            "{\"applied\": [\"migration_001_add_timestamp_to_messages\"], \"pending\": []}\n");
  }

  @Test
  void bare_jdbc_appends_as_we_do() throws Exception {
    Message message = Message.of("user", "Привет \"!\"", LocalDateTime.of(2025, 11, 5, 15, 30));
    Path ours = database("ours");
    try (BotDatabase database = BotDatabase.open(Database.of(ours))) {
      database.write(
          histories -> {
            histories.append(3, message);
            return true;
          });
    }
    Path theirs = database("theirs");
    try (BareAppend database = BareAppend.to(theirs)) {
      assertThat(database.append(3, message.json())).isOne();
    }
    assertThat(histories(theirs)).isEqualTo(histories(ours));
  }

  @Test
  void flyway_and_bare_jdbc_find_what_is_applied() throws Exception {
    Path migrations = FlywayStart.migrations(folder.resolve("flyway"), 3);
    String url = "jdbc:sqlite:" + folder.resolve("flyway.db");
    assertThat(FlywayStart.migrate(url, migrations)).isEqualTo(3);
    assertThat(FlywayStart.migrate(url, migrations)).isZero();

    Path ours = folder.resolve("numbered.db");
    var catalog = NumberedMigrations.catalog(Migration001CreateTable.class, 12);
    assertThat(Migrator.of(Database.of(ours), catalog).migrate().steps()).hasSize(13);
    assertThat(BareStart.applied("jdbc:sqlite:" + ours))
        .isEqualTo(catalog.names())
        .contains("migration_012_create_table");
    assertThat(query(ours, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'made_by%'"))
        .containsExactly("12");
  }

  @Test
  void a_program_that_fails_is_no_result() {
    assertThatThrownBy(() -> Program.of("sh", "-c", "echo broken; exit 3").run(folder))
        .hasMessageContaining("broken");
  }

  @Test
  void the_memory_of_a_program_is_seen() {
    assumeThat(Path.of("/proc/self/status")).exists();
    assertThat(Program.peak(ProcessHandle.current().pid())).isPositive();
  }

  @Test
  void a_shape_is_the_same_each_time() throws Exception {
    assertThat(Files.readAllBytes(database("one"))).isEqualTo(Files.readAllBytes(database("two")));
  }

  private Path database(String name) throws Exception {
    Path file = folder.resolve(name + ".db");
    SHAPE.create(file);
    return file;
  }

  private List<String> migrated() throws Exception {
    Path ours = database("migrated");
    Migrator.of(Database.of(ours), BotCatalog.migrations()).migrate();
    return histories(ours);
  }

  /** Without the white space that each writes as he likes. */
  private static List<String> histories(Path file) throws Exception {
    List<String> histories =
        query(file, "SELECT user_id || json(history) FROM users ORDER BY user_id");
    assertThat(histories).hasSize(SHAPE.users());
    return histories;
  }

  private static List<String> query(Path file, String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      return Dump.column(connection, sql);
    }
  }
}
