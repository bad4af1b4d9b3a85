package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import botdb.catalog.migrations.BotCatalog;
import botdb.migrations.Database;
import botdb.migrations.MigrationException;
import botdb.migrations.MigrationException.DiskFull;
import botdb.migrations.MigrationException.Unreachable;
import botdb.migrations.Migrator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server whose disk runs full while histories are rewritten. */
final class FullServerIT {
  private static final long DISK = 300_000_000;

  /** Digests, which nothing makes shorter; each user has half a megabyte of them. */
  private static final String USERS =
      """
      INSERT INTO users (user_id, history)
      SELECT u, '[{"role": "user", "content": "'
          || (SELECT string_agg(md5(format('%s %s', u, i)), '') FROM generate_series(1, 16000) AS i)
          || '"}]'
      FROM generate_series(1, 100) AS u
      """;

  private static final String ROWS = "SELECT user_id, md5(history) FROM users ORDER BY user_id";

  @Test
  void leaves_everything_as_it_was_and_migrates_when_there_is_room() throws Exception {
    try (PostgresServer server = PostgresServer.startOnDisk(DISK)) {
      Address address = server.freshDatabase();
      Migrator migrator = Migrator.of(Database.parse(address.url()), BotCatalog.migrations());
      migrator.migrate(0);
      address.execute(USERS);
      List<String> before = address.query(ROWS);
      Path rest = server.disk().fill();

      Throwable failure = catchThrowable(migrator::migrate);

      // Where it is the log that finds no room, the server breaks off what it is doing, and all
      // that a client sees may be that it went.
      assertThat(failure)
          .isInstanceOfAny(DiskFull.class, Unreachable.class)
          .isInstanceOf(MigrationException.class);
      Files.delete(rest);
      server.bringBack();
      assertThat(address.query(ROWS)).isEqualTo(before);
      assertThat(address.query("SELECT name FROM migrations")).isEmpty();

      assertThat(migrator.migrate().steps()).hasSize(1);
      assertThat(
              address.query(
                  "SELECT count(*) FROM users WHERE history LIKE '%\", \"timestamp\": null}]'"))
          .containsExactly("100");
    }
  }
}
