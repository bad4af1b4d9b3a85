package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Served;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bot goes on by itself whatever happens to its server, and nothing acknowledged is lost. */
class OutageIT {
  private static final List<Long> USERS = List.of(1L, 2L, 3L, 4L);

  @TempDir private Path folder;

  @Test
  void goes_on_when_the_server_is_stopped_or_killed_under_load_and_comes_back() throws Exception {
    try (PostgresServer server = PostgresServer.start();
        Served bot = serve(server.freshDatabase().url());
        Talkers talkers = talkers(bot)) {
      for (Runnable end : List.<Runnable>of(server::stop, server::kill)) {
        talkers.awaitMore(8);
        end.run();
        talkers.awaitRefusals(1);
        assertUnavailable(bot.send("GET", "/health", ""));
        assertUnavailable(bot.send("GET", "/api/users/1/messages", ""));
        server.startAgain();
        talkers.awaitMore(8);
        assertThat(bot.send("GET", "/health", "").statusCode()).isEqualTo(200);
      }
      assertThat(talkers.stop()).allSatisfy(OutageIT::assertUnavailable);
      talkers.assertStored(bot, USERS);
      assertEndsWell(bot);
    }
  }

  @Test
  void goes_on_when_the_cable_is_cut_under_load_and_mended() throws Exception {
    Address server = PostgresServer.shared().freshDatabase();
    try (Cable cable = Cable.to(server.port());
        Served bot = serve(server.through(cable.port()).url());
        Talkers talkers = talkers(bot)) {
      talkers.awaitMore(8);
      cable.breakConnections();
      talkers.awaitMore(8);
      cable.cut();
      talkers.awaitRefusals(1);
      assertUnavailable(bot.send("GET", "/health", ""));
      cable.mend();
      talkers.awaitMore(8);
      assertThat(talkers.stop()).allSatisfy(OutageIT::assertUnavailable);
      talkers.assertStored(bot, USERS);
      assertEndsWell(bot);
    }
  }

  @Test
  void a_lost_connection_is_replaced_before_anybody_who_reads_notices() throws Exception {
    Address server = PostgresServer.shared().freshDatabase();
    try (Cable cable = Cable.to(server.port());
        Served bot = serve(server.through(cable.port()).url())) {
      for (int i = 0; i < 5; i++) {
        assertThat(bot.send("GET", "/api/users/1/messages", "").statusCode()).isEqualTo(200);
        cable.breakConnections();
      }
    }
  }

  @Test
  void does_not_hang_with_a_server_that_says_nothing() throws Exception {
    Address server = PostgresServer.shared().freshDatabase();
    try (Cable cable = Cable.to(server.port());
        Served bot = serve(server.through(cable.port()).url() + "?socketTimeout=8&loginTimeout=8");
        Talkers talkers = talkers(bot)) {
      talkers.awaitMore(8);
      cable.hold();
      talkers.awaitRefusals(USERS.size());
      assertUnavailable(bot.send("GET", "/health", ""));
      cable.release();
      talkers.awaitMore(8);
      assertThat(talkers.stop()).allSatisfy(OutageIT::assertUnavailable);
      talkers.assertStored(bot, USERS);
      assertEndsWell(bot);
    }
  }

  private Served serve(String address) throws Exception {
    return Served.in(folder, Map.of("BOT_DATABASE", address));
  }

  private static Talkers talkers(Served bot) {
    Talkers talkers = new Talkers();
    USERS.forEach(user -> talkers.add(bot, user));
    return talkers;
  }

  private static void assertUnavailable(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.body()).contains("\"code\": \"database_unavailable\"");
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
  }

  /** What is said meanwhile holds neither password nor messages: that, the end looks at. */
  private void assertEndsWell(Served bot) throws Exception {
    assertThat(bot.terminate().status()).isZero();
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().endsWith(".serving"));
    assertThat(Files.exists(folder.resolve("users.db"))).isFalse();
  }
}
