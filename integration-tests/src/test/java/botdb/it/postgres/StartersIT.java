package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many processes that start at once on one database of a server. */
class StartersIT {
  private static final int STARTERS = 20;
  private static final String MIGRATION = "migration_001_add_timestamp_to_messages";

  @TempDir private Path folder;

  @Test
  void twenty_on_an_empty_database_apply_each_migration_once_and_nobody_fails() throws Exception {
    Address database = PostgresServer.shared().freshDatabase();
    List<Bot.Running> starters = Stream.generate(() -> migrate(database)).limit(STARTERS).toList();
    List<Bot.Result> results = starters.stream().map(Bot.Running::await).toList();
    assertThat(results).allSatisfy(r -> assertThat(r.status()).as(r.err()).isZero());
    // Between two migrations another one may get the lock.
    String lines = results.stream().map(Bot.Result::out).collect(Collectors.joining());
    assertThat(lines).containsOnlyOnce("000  baseline").containsOnlyOnce(MIGRATION);
    assertThat(database.query("select name from migrations")).containsExactly(MIGRATION);
  }

  @Test
  void one_that_is_killed_while_it_holds_the_lock_lets_the_next_go_on() throws Exception {
    Address database = PostgresServer.shared().freshDatabase();
    assertThat(Bot.run(folder, "migrate", "--to", "000", "--database", database.url()).status())
        .isZero();
    try (Connection reader = database.connect()) {
      // What keeps the first one inside of its migration: it may not write the row.
      reader.setAutoCommit(false);
      Address.query(reader, "select count(*) from migrations");
      Bot.Running first = holdsTheLock(database, reader);
      Bot.Running second = migrate(database);
      second.awaitText(second.err(), "waiting");
      first.kill();
      reader.rollback();
      Bot.Result result = second.await();
      assertThat(result.status()).as(result.err()).isZero();
      assertThat(result.out()).contains(MIGRATION);
    }
    assertThat(database.query("select name from migrations")).containsExactly(MIGRATION);
  }

  /** Starts one, and waits until it is stopped by a lock of the reader's on what it must write. */
  private Bot.Running holdsTheLock(Address database, Connection reader) throws Exception {
    try (var statement = reader.createStatement()) {
      statement.execute("lock table migrations in share mode");
    }
    Bot.Running starter = migrate(database);
    String waits =
        "select count(*) from pg_stat_activity where datname = current_database()"
            + " and wait_event_type = 'Lock'";
    while (database.query(waits).equals(List.of("0"))) {
      assertThat(starter.process().waitFor(10, TimeUnit.MILLISECONDS)).isFalse();
    }
    return starter;
  }

  private Bot.Running migrate(Address database) {
    return Bot.start(
        folder,
        List.of("-Xmx64m", "-XX:TieredStopAtLevel=1"),
        Map.of(),
        "migrate",
        "--no-backup",
        "--database",
        database.url());
  }
}
