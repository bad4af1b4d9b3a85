package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import botdb.it.Bot;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the tests on PostgreSQL rely on, with nothing of the program. */
class PostgresServerIT {
  private static final long PATIENCE_SECONDS = 60;
  private static final String SESSION = "select pg_backend_pid()";
  private static final String TABLE = "create table t (n bigint)";

  @TempDir private Path folder;

  @Test
  void is_of_the_oldest_version_that_is_served_and_speaks_utf8() throws Exception {
    Address database = PostgresServer.shared().freshDatabase();
    assertThat(database.query("show server_version_num").get(0)).startsWith("14");
    assertThat(database.query("show server_encoding")).containsExactly("UTF8");
    assertThat(database.query("select length('день 🌒'), null")).containsExactly("6|");
  }

  @Test
  void every_database_is_empty_and_alone() throws Exception {
    Address one = PostgresServer.shared().freshDatabase();
    Address other = PostgresServer.shared().freshDatabase();
    one.execute(TABLE, "insert into t values (1)");
    assertThat(one.query("select n from t")).containsExactly("1");
    assertThat(other.query("select count(*) from pg_tables where schemaname = 'public'"))
        .containsExactly("0");
    PostgresServer.shared().drop(one);
    assertThatThrownBy(one::connect).isInstanceOf(SQLException.class);
  }

  @Test
  void a_wrong_password_is_refused() throws Exception {
    Address database = PostgresServer.shared().freshDatabase();
    Address wrong = database.as(database.user(), "guessed");
    assertThat(state(wrong::connect)).isEqualTo("28P01");
    assertThat(state(database.as("nobody", database.password())::connect)).isEqualTo("28P01");
  }

  @Test
  void both_forms_of_an_address_lead_to_its_database() throws Exception {
    Address database = PostgresServer.shared().freshDatabase();
    try (Connection connection = DriverManager.getConnection(database.jdbcUrl())) {
      assertThat(Address.query(connection, "select current_database(), current_user"))
          .containsExactly(database.database() + "|" + database.user());
    }
    assertThat(database.jdbcUrlWithoutPassword()).doesNotContain(database.password());
    URI url = URI.create(database.url());
    assertThat(url.getScheme() + "|" + url.getUserInfo() + "|" + url.getPort() + url.getPath())
        .isEqualTo(
            "postgres|%s:%s|%d/%s"
                .formatted(
                    database.user(), database.password(), database.port(), database.database()));
  }

  @Test
  void an_owner_has_no_rights_elsewhere_and_a_new_role_none_here() throws Exception {
    PostgresServer server = PostgresServer.shared();
    Address database = server.freshDatabase();
    database.execute(TABLE);
    assertThat(state(() -> database.execute("create role other"))).isEqualTo("42501");
    Address stranger = server.asNewRole(database);
    assertThat(state(() -> stranger.query("select n from t"))).isEqualTo("42501");
    database.execute("grant select on t to " + stranger.user());
    assertThat(stranger.query("select n from t")).isEmpty();
    assertThat(server.asAdministrator(database).query("show is_superuser")).containsExactly("on");
  }

  @Test
  void keeps_what_was_committed_however_it_ended() throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      Address database = server.freshDatabase();
      assertThat(database.query("show fsync")).containsExactly("on");
      database.execute(TABLE);
      List<Runnable> ends = List.of(server::stop, server::stopAtOnce, server::kill);
      for (int i = 0; i < ends.size(); i++) {
        try (Connection open = database.connect()) {
          database.execute("insert into t values (" + i + ")");
          ends.get(i).run();
          assertThatThrownBy(() -> Address.query(open, "select n from t"))
              .isInstanceOf(SQLException.class);
        }
        assertThatThrownBy(database::connect).hasCauseInstanceOf(ConnectException.class);
        server.startAgain();
      }
      assertThat(database.query("select n from t order by n")).containsExactly("0", "1", "2");
      server.restart();
      assertThat(database.query("select count(*) from t")).containsExactly("3");
    }
  }

  @Test
  void a_full_disk_fails_what_needs_room_and_loses_nothing() throws Exception {
    try (PostgresServer server = PostgresServer.startOnDisk(200_000_000)) {
      Address database = server.freshDatabase();
      database.execute(TABLE, "insert into t values (1)");
      Path rest = server.disk().fill();
      String fill = "insert into t select * from generate_series(1, 5000000)";
      assertThatThrownBy(() -> database.execute(fill)).isInstanceOf(SQLException.class);
      assertThat(server.log()).contains("No space left on device");
      Files.delete(rest);
      assertThat(database.query("select n from t")).containsExactly("1");
    }
  }

  @Test
  @Timeout(PATIENCE_SECONDS)
  void a_disk_full_of_log_throws_everybody_out_until_there_is_room() throws Exception {
    try (PostgresServer server = PostgresServer.startOnDisk(200_000_000)) {
      Address database = server.freshDatabase();
      database.execute(TABLE, "insert into t values (1)");
      Path rest = server.disk().fill();
      String log = "select pg_logical_emit_message(false, '', repeat('x', 1000000))";
      try (Connection other = database.connect()) {
        assertThatThrownBy(() -> database.query(log + " from generate_series(1, 50)"))
            .hasMessageStartingWith("PANIC");
        while (answers(other)) {
          Thread.sleep(20);
        }
      }
      Files.delete(rest);
      server.bringBack();
      assertThat(database.query("select n from t")).containsExactly("1");
    }
  }

  @Test
  void a_cut_cable_breaks_connections_and_a_mended_one_lets_new_ones_through() throws Exception {
    Address server = PostgresServer.shared().freshDatabase();
    try (Cable cable = Cable.to(server.port())) {
      Address database = server.through(cable.port());
      try (Connection open = database.connect()) {
        assertThat(Address.query(open, "select 1")).containsExactly("1");
        cable.breakConnections();
        assertThat(state(() -> Address.query(open, "select 1"))).startsWith("08");
      }
      try (Connection open = database.connect()) {
        cable.cut();
        assertThat(state(() -> Address.query(open, "select 1"))).startsWith("08");
      }
      assertThatThrownBy(database::connect).hasCauseInstanceOf(ConnectException.class);
      cable.mend();
      assertThat(database.query("select 1")).containsExactly("1");
    }
  }

  @Test
  void a_held_cable_lets_nothing_through_until_it_is_released() throws Exception {
    Address server = PostgresServer.shared().freshDatabase();
    try (Cable cable = Cable.to(server.port());
        Connection waiting = server.through(cable.port()).connect();
        Connection patient = server.through(cable.port()).connect()) {
      cable.hold();
      waiting.setNetworkTimeout(Runnable::run, 100);
      assertThat(state(() -> Address.query(waiting, "select 1"))).startsWith("08");
      CompletableFuture<String> answer = CompletableFuture.supplyAsync(() -> ask(patient));
      cable.release();
      assertThat(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("1");
    }
  }

  @Test
  void a_long_cable_takes_its_time() throws Exception {
    Address server = PostgresServer.shared().freshDatabase();
    try (Cable cable = Cable.to(server.port())) {
      Address database = server.through(cable.port());
      try (Connection open = database.connect()) {
        cable.delay(Duration.ofMinutes(5));
        open.setNetworkTimeout(Runnable::run, 100);
        assertThat(state(() -> Address.query(open, "select 1"))).startsWith("08");
      }
      cable.delay(Duration.ofMillis(1));
      assertThat(database.query("select 1")).containsExactly("1");
    }
  }

  @Test
  void a_pooler_hands_the_transactions_of_one_client_to_several_sessions() throws Exception {
    Address server = PostgresServer.shared().freshDatabase();
    try (Pooler pooler = Pooler.inFrontOf(server);
        Connection client = pooler.address().connect();
        Connection other = pooler.address().connect()) {
      Address wrong = pooler.address().as(server.user(), "guessed");
      assertThatThrownBy(wrong::connect).hasMessageContaining("authentication failed");
      other.setAutoCommit(false);
      Set<String> sessions = new TreeSet<>(Address.query(other, SESSION));
      sessions.addAll(Address.query(client, SESSION));
      assertThat(sessions).hasSize(2);
      other.commit();
      List<String> first = Address.query(client, SESSION);
      assertThat(Address.query(client, SESSION)).isNotEqualTo(first);
    }
  }

  @Test
  @Timeout(PATIENCE_SECONDS)
  void nothing_stays_of_a_process_that_was_killed() throws Exception {
    Bot.Running starter = Bot.startMain(Starter.class, folder, List.of());
    starter.awaitText(starter.out(), "\n");
    String[] said = Files.readString(starter.out()).strip().split(" ");
    int port = Integer.parseInt(said[0]);
    Path data = Path.of(said[1]);
    assertThat(data).isDirectory();
    starter.kill();
    while (Files.exists(data) || listens(port)) {
      Thread.sleep(20);
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean answers(Connection connection) {
    try {
      return !Address.query(connection, "select 1").isEmpty();
    } catch (SQLException e) {
      return false;
    }
  }

  private static String ask(Connection connection) {
    try {
      return Address.query(connection, "select 1").get(0);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The SQLSTATE with which something fails. */
  private static String state(ThrowingCallable work) {
    SQLException failure = catchThrowableOfType(SQLException.class, work);
    return failure == null ? "it went through" : failure.getSQLState();
  }
}
