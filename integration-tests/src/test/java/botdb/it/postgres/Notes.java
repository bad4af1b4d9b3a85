package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.migrations.Database;
import botdb.migrations.Migration;
import botdb.migrations.MigrationCatalog;
import botdb.migrations.MigrationReport;
import botdb.migrations.Migrator;
import botdb.migrations.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A database on a server that a snapshot with the table {@code notes} made, and its migrations. */
record Notes(Address address) {
  /** What the migration of the running test does; tests of one class run one after another. */
  private static Consumer<Migration.Context> work = context -> {};

  static final class Migration001Rebuild implements Migration {
    @Override
    public void migrate(Context context) {
      work.accept(context);
    }
  }

  /** Creates it as the runner creates a new database, then runs statements of its owner. */
  static Notes of(String snapshot, String... statements) throws SQLException {
    return in(PostgresServer.shared().freshDatabase(), snapshot, statements);
  }

  /** Creates it in an empty database. */
  static Notes in(Address address, String snapshot, String... statements) throws SQLException {
    Notes notes = new Notes(address);
    Migrator.of(
            Database.parse(notes.address.url()),
            MigrationCatalog.of(new Snapshot(snapshot), List.of()))
        .migrate();
    notes.address.execute(statements);
    return notes;
  }

  /** Migrates, also if it was done before. */
  MigrationReport.Step migrate(Consumer<Migration.Context> operation) throws SQLException {
    address.execute("DELETE FROM migrations WHERE name LIKE 'migration_001%'");
    return migrator(operation).migrate().steps().get(0);
  }

  Migrator migrator(Consumer<Migration.Context> operation) {
    work = operation;
    return Migrator.of(
        Database.parse(address.url()),
        MigrationCatalog.of(new Snapshot(""), List.of(Migration001Rebuild.class)));
  }

  private Schema schema() throws SQLException {
    Database database = Database.parse(address.url());
    try (Connection connection = database.openReadOnly()) {
      return database.schema(connection);
    }
  }

  private Schema schemaOf(String snapshot) throws SQLException {
    return Database.parse(address.url()).schemaOf(snapshot);
  }

  /** As {@code pg_dump} says it, but for the order of columns. */
  List<String> structure() throws SQLException {
    return Content.schema(address).stream()
        .map(line -> line.strip().replaceAll(",$", ""))
        .sorted()
        .toList();
  }

  /** Expects what the server makes of a snapshot, the order of columns aside. */
  void assertIs(String snapshot) throws SQLException {
    Notes expected = of(snapshot);
    assertThat(schema()).isEqualTo(expected.schema());
    assertThat(schema().differencesFrom(schemaOf(snapshot))).isEmpty();
    assertThat(withoutNumbers(structure())).isEqualTo(withoutNumbers(expected.structure()));
  }

  private static List<String> withoutNumbers(List<String> structure) {
    return structure.stream().filter(line -> !line.matches("\\w+\\|\\d*")).toList();
  }

  /** All but which migrations were applied. */
  Map<String, List<String>> content() throws SQLException {
    Map<String, List<String>> content = Content.of(address);
    content.remove("migrations");
    List<String> schema = new ArrayList<>(content.get("schema"));
    schema.removeIf(line -> line.startsWith("migrations_id_seq|"));
    content.put("schema", schema);
    return content;
  }

  List<String> query(String sql) throws SQLException {
    return address.query(sql);
  }

  private record Snapshot(String sql) implements MigrationCatalog.Baseline {
    @Override
    public String table() {
      return "notes";
    }

    @Override
    public Set<String> columns() {
      return Set.of();
    }
  }
}
