package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.catalog.migrations.BotCatalog;
import botdb.it.Bot;
import botdb.it.Dump;
import botdb.it.fault.Generated;
import botdb.it.fault.SmallDisk;
import botdb.migrations.Database;
import botdb.migrations.DatabaseCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A copy that is broken off in its middle leaves nothing, and the next one goes through. */
final class CopyFaultsIT {
  private static final int MEGABYTES = 24;
  private static final int LOCK = 4711;

  /** Stops the copy at the row of user 100 for as long as the test holds a lock. */
  private static final String[] GATE = {
    "CREATE SCHEMA gate",
    "CREATE FUNCTION gate.pass() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN"
        + " IF NEW.user_id = 100 THEN PERFORM pg_advisory_xact_lock_shared("
        + LOCK
        + "); END IF; RETURN NEW; END'",
    "CREATE FUNCTION gate.build() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN"
        + " IF EXISTS (SELECT 1 FROM pg_event_trigger_ddl_commands()"
        + " WHERE object_identity = ''public.users'') THEN CREATE TRIGGER gate BEFORE INSERT"
        + " ON public.users FOR EACH ROW EXECUTE FUNCTION gate.pass(); END IF; END'",
    "GRANT USAGE ON SCHEMA gate TO PUBLIC",
    "CREATE EVENT TRIGGER gate ON ddl_command_end WHEN TAG IN ('CREATE TABLE')"
        + " EXECUTE FUNCTION gate.build()"
  };

  @TempDir private Path folder;
  private Address address;

  @BeforeEach
  void makeDatabases() throws SQLException {
    address = PostgresServer.shared().freshDatabase();
  }

  private Bot.Running start(Path from, Address to) {
    return Bot.start(
        folder, List.of(), Map.of(), "copy", "--from", from.toString(), "--to", to.url());
  }

  private void fill(Path from) {
    DatabaseCopy.of(
            Database.parse(from.toString()), Database.parse(address.url()), BotCatalog.migrations())
        .copy(DatabaseCopy.Unsaid.REFUSE);
  }

  private void assertNothingIsThere() throws SQLException {
    assertThat(
            address.query(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
        .isEmpty();
  }

  private void awaitSessions(String condition, int count) throws Exception {
    long start = System.nanoTime();
    while (!sessions(condition).equals(String.valueOf(count))) {
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MINUTES.toNanos(1));
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private String sessions(String condition) throws SQLException {
    return PostgresServer.shared()
        .asAdministrator(address)
        .query(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = 'bot' AND datname = '%s' AND %s"
                .formatted(address.database(), condition))
        .get(0);
  }

  private interface Fault {
    void strike(Bot.Running copy) throws Exception;
  }

  /** Strikes while the server has taken some rows; returns what became of the copy. */
  private Bot.Result breakOffOnTheWayThere(Path file, Address to, Fault fault) throws Exception {
    Address administrator = PostgresServer.shared().asAdministrator(address);
    administrator.execute(GATE);
    Bot.Running copy;
    try (Connection holder = administrator.connect()) {
      Address.query(holder, "SELECT pg_advisory_lock(" + LOCK + ")");
      copy = start(file, to);
      awaitSessions("wait_event = 'advisory'", 1);
      fault.strike(copy);
    }
    Bot.Result result = copy.await();
    awaitSessions("true", 0);
    assertNothingIsThere();
    administrator.execute("DROP EVENT TRIGGER gate");
    fill(file);
    return result;
  }

  private Path generated() throws SQLException {
    Path file = folder.resolve("users.db");
    Generated.database(file, "delete", MEGABYTES);
    return file;
  }

  @Test
  void killed_on_the_way_to_a_server_leaves_nothing_there() throws Exception {
    Bot.Result result =
        breakOffOnTheWayThere(
            generated(), address, copy -> copy.process().destroyForcibly().waitFor());
    assertThat(result.status()).isNotZero();
  }

  @Test
  void thrown_out_by_the_server_says_so_and_leaves_nothing_there() throws Exception {
    Bot.Result result =
        breakOffOnTheWayThere(
            generated(),
            address,
            copy ->
                PostgresServer.shared()
                    .asAdministrator(address)
                    .query(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE wait_event = 'advisory'"));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("cannot be reached; ");
  }

  @Test
  void cut_off_from_the_server_says_so_and_leaves_nothing_there() throws Exception {
    try (Cable cable = Cable.to(PostgresServer.shared().port())) {
      Bot.Result result =
          breakOffOnTheWayThere(
              generated(), address.through(cable.port()), copy -> cable.breakConnections());
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err()).contains("cannot be reached; ");
    }
  }

  @Test
  void killed_on_the_way_to_a_file_leaves_no_database_and_the_next_one_clears_up()
      throws Exception {
    Path original = generated();
    fill(original);
    Path back = folder.resolve("back.db");
    try (Cable cable = Cable.to(PostgresServer.shared().port())) {
      Bot.Running copy = startBack(cable);
      assertThat(copy.kill().status()).isNotZero();
      assertThat(back).doesNotExist();
      assertThat(folder.resolve("back.db.copying")).exists();
    }
    assertThat(copyBack(address).status()).isZero();
    assertThat(Dump.rows(back)).isEqualTo(Dump.rows(original));
    assertThat(folder.resolve("back.db.copying")).doesNotExist();
  }

  @Test
  void cut_off_on_the_way_to_a_file_says_so_and_leaves_none() throws Exception {
    fill(generated());
    try (Cable cable = Cable.to(PostgresServer.shared().port())) {
      Bot.Running copy = startBack(cable);
      cable.cut();
      Bot.Result result = copy.await();
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err()).contains("cannot be reached; ");
    }
    assertThat(files(folder)).containsExactly("users.db");
  }

  @Test
  void a_second_copy_to_the_same_file_is_refused_while_the_first_is_at_work() throws Exception {
    fill(generated());
    try (Cable cable = Cable.to(PostgresServer.shared().port())) {
      Bot.Running first = startBack(cable);
      Bot.Result second = copyBack(address);
      assertThat(second.status()).isEqualTo(1);
      assertThat(second.err()).startsWith("back.db is being copied to by another process");
      cable.release();
      assertThat(first.await().status()).isZero();
    }
  }

  /**
   * Starts a copy to a file, holds the server's answers before the last of them, and waits until a
   * part of it is written: what lies on the way between is less than what was let through.
   */
  private Bot.Running startBack(Cable cable) throws Exception {
    Path partial = folder.resolve("back.db.copying");
    cable.holdAfter(MEGABYTES * 700_000);
    Bot.Running copy =
        Bot.start(
            folder,
            List.of(),
            Map.of(),
            "copy",
            "--from",
            address.through(cable.port()).url(),
            "--to",
            "back.db");
    while (partial.toFile().length() == 0) {
      assertThat(copy.process().waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
    }
    return copy;
  }

  private Bot.Result copyBack(Address from) {
    return Bot.run(folder, "copy", "--from", from.url(), "--to", "back.db");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_disk_that_fills_up_is_called_so_and_keeps_nothing_of_it() throws Exception {
    Path original = generated();
    Path mounted = Files.createDirectory(folder.resolve("disk"));
    try (SmallDisk disk = SmallDisk.mount(mounted, MEGABYTES * 500_000)) {
      Bot.Result result =
          Bot.run(folder, "copy", "--from", original.toString(), "--to", "disk/users.db");
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.err()).contains("the disk of disk/users.db is full");
      assertThat(files(disk.folder())).isEmpty();
    }
  }

  private static List<String> files(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
