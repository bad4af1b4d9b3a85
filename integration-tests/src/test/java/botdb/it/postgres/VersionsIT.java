package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.catalog.migrations.BotCatalog;
import botdb.catalog.migrations.Snapshots;
import botdb.it.Dump;
import botdb.it.Fixture;
import botdb.migrations.Database;
import botdb.migrations.MigrationCatalog;
import botdb.migrations.Migrator;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalog of the bot from every version to every later one, on a server as in a file. */
final class VersionsIT {
  private static final MigrationCatalog CATALOG = BotCatalog.migrations();

  /** Of version 000, with users of every kind. */
  private static final List<String> FIXTURES = List.of("before-001", "hot-wal", "empty-users");

  /** When it was, which is a moment later in one of two. */
  private static final String WITHOUT_TIMES =
      "UPDATE migrations SET applied_at = NULL; DROP TABLE migration_log";

  @TempDir private Path folder;
  private Address address;
  private Database server;
  private Copies copies;

  record Way(String fixture, int from, int to) {}

  static Stream<Way> ways() {
    return FIXTURES.stream()
        .flatMap(
            fixture ->
                versions(0)
                    .flatMap(from -> versions(from + 1).map(to -> new Way(fixture, from, to))));
  }

  static Stream<Integer> versions(int first) {
    return IntStream.rangeClosed(first, CATALOG.size()).boxed();
  }

  static Stream<Integer> versions() {
    return versions(0);
  }

  @BeforeEach
  void makeDatabase() throws SQLException {
    address = PostgresServer.shared().freshDatabase();
    server = Database.parse(address.url());
    copies = new Copies(folder, address);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void a_version_migrated_on_a_server_is_the_later_one_of_a_file(Way way) throws Exception {
    Path file = Fixture.copy(way.fixture, folder);
    Migrator onFile = Migrator.of(Database.of(file), CATALOG);
    onFile.migrate(way.from);
    copies.copyThere(file);

    assertThat(Migrator.of(server, CATALOG).migrate(way.to).steps()).hasSize(way.to - way.from);
    onFile.migrate(way.to);
    assertThat(differences(way.to)).isEmpty();
    assertThat(rows(copies.copyBack())).isEqualTo(rows(file));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void a_fresh_database_on_a_server_is_the_snapshot(int version) throws Exception {
    Migrator.of(server, CATALOG).migrate(version);
    assertThat(differences(version)).isEmpty();
  }

  private static String rows(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(WITHOUT_TIMES);
    }
    return Dump.rows(file);
  }

  private List<String> differences(int version) throws SQLException {
    try (Connection connection = server.openReadOnly()) {
      return server.schema(connection).differencesFrom(server.schemaOf(Snapshots.sql(version)));
    }
  }
}
