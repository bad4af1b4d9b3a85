package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import botdb.it.postgres.Sample.Migration001AddLanguageToUsers;
import botdb.it.postgres.Sample.Migration001Throw;
import botdb.migrations.Backups;
import botdb.migrations.MigrationCatalog;
import botdb.migrations.MigrationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a database on a server, and going back. */
class PostgresBackupIT {
  @TempDir private Path folder;

  private Address address;

  @BeforeEach
  void makeDatabase() throws Exception {
    address = Sample.owned(PostgresServer.shared().freshDatabase());
  }

  @Test
  void a_backup_is_made_before_a_migration_and_brings_back_every_row_and_object() throws Exception {
    Map<String, List<String>> before = Content.of(address);
    migrate(Sample.catalog());
    Map<String, List<String>> after = Content.of(address);
    assertThat(after).isNotEqualTo(before).containsKey("notes");
    Backups.Backup backup = backups().list().get(0);
    assertThat(backup.file().getFileName().toString())
        .matches(address.database() + "\\.backup-\\d{8}-\\d{6}-before-001");
    assertThat(backup.version()).isZero();
    assertThat(Files.getPosixFilePermissions(backup.file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));

    Path kept = backups().restore(backup.file(), Sample.catalog());
    assertThat(Content.of(address)).isEqualTo(before);
    assertThat(address.query("select event, backup from migration_log"))
        .containsExactly("restored|" + backup.file().getFileName());

    backups().restore(kept, Sample.catalog());
    assertThat(Content.of(address)).isEqualTo(after);
    assertThat(address.query("select event from migration_log order by id"))
        .containsExactly("applied", "applied", "restored");
  }

  private Backups backups() {
    return Sample.backups(address, folder);
  }

  private void migrate(MigrationCatalog catalog) {
    Sample.migrator(address, catalog).withBackups(backups()).migrate();
  }

  @Test
  void forgetting_makes_one_too() {
    migrate(Sample.catalog());
    Sample.migrator(address, Sample.catalog()).withBackups(backups()).forget(Sample.NOTES);
    Backups.Backup backup = backups().list().get(0);
    assertThat(backup.file().toString()).endsWith("-before-forget");
    assertThat(backup.version()).isEqualTo(2);
  }

  @Test
  void a_start_that_fails_again_and_again_leaves_one() throws Exception {
    MigrationCatalog failing = Sample.catalog(List.of(Migration001Throw.class));
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> migrate(failing))
          .isInstanceOf(MigrationException.MigrationFailed.class)
          .hasMessageContaining("before-001");
    }
    assertThat(backups().list()).hasSize(1);
    address.execute("delete from users where user_id = 8");
    assertThatThrownBy(() -> migrate(failing));
    assertThat(backups().list()).hasSize(2);
  }

  @Test
  void only_the_newest_stay_and_the_first_of_each_version() throws Exception {
    for (int i = 0; i < 4; i++) {
      address.execute("update users set username = 'name " + i + "'");
      migrate(Sample.catalog(List.of(Migration001AddLanguageToUsers.class)));
      Sample.migrator(address, Sample.catalog(List.of(Migration001AddLanguageToUsers.class)))
          .withBackups(backups().keeping(2))
          .forget(Sample.LANGUAGE);
      address.execute("alter table users drop column language");
    }
    assertThat(backups().list()).extracting(Backups.Backup::version).contains(0, 1).hasSize(4);
  }

  @Test
  void what_is_no_whole_dump_of_this_database_is_refused() throws Exception {
    Map<String, List<String>> before = Content.of(address);
    Path dump = backups().create(folder.resolve("dump")).file();
    Path cut = folder.resolve("cut");
    Files.write(cut, java.util.Arrays.copyOf(Files.readAllBytes(dump), 5000));
    refuses(cut, "is damaged; nothing was changed");
    byte[] changed = Files.readAllBytes(dump);
    changed[changed.length - 100] ^= 1;
    Files.write(dump, changed);
    refuses(dump, "its checksum is not the one in its record");
    refuses(Files.writeString(folder.resolve("text"), "hello"), "is no dump in the custom format");
    Path sqlite = folder.resolve("users.db");
    Files.write(sqlite, "SQLite format 3\0".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    refuses(sqlite, "is a database of SQLite");
    refuses(folder.resolve("missing"), "there is no file");
    assertThat(Content.of(address)).isEqualTo(before);
    assertThat(backups().list()).isEmpty();
  }

  private void refuses(Path file, String words) {
    assertThatThrownBy(() -> backups().restore(file, Sample.catalog()))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining(words);
  }

  @Test
  void a_backup_of_a_newer_program_is_refused() throws Exception {
    migrate(Sample.catalog());
    Path newer = backups().create().file();
    Map<String, List<String>> before = Content.of(address);
    assertThatThrownBy(
            () ->
                backups()
                    .restore(newer, Sample.catalog(List.of(Migration001AddLanguageToUsers.class))))
        .isInstanceOf(MigrationException.Superseded.class)
        .hasMessageContaining(Sample.NOTES);
    assertThat(Content.of(address)).isEqualTo(before);
  }

  @Test
  void nothing_is_put_back_while_somebody_is_connected() throws Exception {
    Path backup = backups().create().file();
    try (Connection other = address.connect()) {
      String pid = Address.query(other, "select pg_backend_pid()").get(0);
      assertThatThrownBy(() -> backups().restore(backup, Sample.catalog()))
          .isInstanceOf(MigrationException.Busy.class)
          .hasMessageContaining("process " + pid);
    }
    assertThat(backups().list()).hasSize(1);
    backups().restore(backup, Sample.catalog());
  }

  @Test
  void what_depends_on_it_from_elsewhere_is_not_dropped() throws Exception {
    Path backup = backups().create().file();
    address.execute(
        "create schema reports", "create view reports.names as select username from users");
    Map<String, List<String>> before = Content.of(address);
    assertThatThrownBy(() -> backups().restore(backup, Sample.catalog()))
        .hasMessageContaining("other objects depend on it");
    assertThat(Content.of(address)).isEqualTo(before);
  }

  @Test
  void a_restore_whose_session_ends_in_its_middle_changes_nothing() throws Exception {
    address.execute("insert into users (user_id) select generate_series(1000, 20000)");
    Path backup = backups().create().file();
    address.execute("delete from users where user_id = 8");
    Map<String, List<String>> before = Content.of(address);
    // Ends the session as soon as rows are put back.
    Address all = PostgresServer.shared().asAdministrator(address);
    all.execute(
        "create function cut() returns event_trigger language plpgsql as $$ begin"
            + " perform pg_terminate_backend(pg_backend_pid()); end $$",
        "create event trigger cut on ddl_command_end when tag in ('CREATE INDEX')"
            + " execute function cut()");
    try {
      assertThatThrownBy(() -> backups().restore(backup, Sample.catalog()))
          .isInstanceOf(MigrationException.class);
    } finally {
      all.execute("drop event trigger cut", "drop function cut");
    }
    assertThat(Content.of(address)).isEqualTo(before);
    backups().restore(backup, Sample.catalog());
  }

  @Test
  void an_empty_database_takes_a_backup_too() throws Exception {
    Map<String, List<String>> before = Content.of(address);
    Path backup = backups().create().file();
    Address other = PostgresServer.shared().freshDatabase();
    assertThat(Sample.backups(other, folder).restore(backup, Sample.catalog())).isNull();
    assertThat(Content.of(other)).isEqualTo(before);
  }

  @Test
  void is_of_one_moment_while_others_write() throws Exception {
    address.execute(
        "create table twin (user_id bigint)", "alter table users disable trigger noted");
    AtomicBoolean ended = new AtomicBoolean();
    CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> writeUntil(ended));
    try {
      for (int i = 0; i < 3; i++) {
        backups().create();
      }
    } finally {
      ended.set(true);
      writer.join();
    }
    Path newest = backups().list().get(0).file();
    backups().restore(newest, Sample.catalog());
    assertThat(address.query("select count(*) > 10 from twin")).containsExactly("t");
    assertThat(
            address.query(
                "select count(*) from twin full join (select user_id from users"
                    + " where user_id > 100) u using (user_id) where u.* is null or twin.* is null"))
        .containsExactly("0");
  }

  private void writeUntil(AtomicBoolean ended) {
    try (Connection connection = address.connect();
        Statement statement = connection.createStatement()) {
      for (int id = 101; !ended.get(); id++) {
        statement.execute(
            "insert into twin values (%d); insert into users (user_id) values (%d)"
                .formatted(id, id));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void none_is_made_through_a_pooler_whose_sessions_others_get_next() throws Exception {
    try (Pooler pooler = Pooler.inFrontOf(address)) {
      assertThatThrownBy(() -> Sample.backups(pooler.address(), folder).create())
          .isInstanceOf(MigrationException.BackupFailed.class)
          .hasMessageContaining("a pooler stands between")
          .hasMessageContaining("--no-backup");
    }
    assertThat(folder).isEmptyDirectory();
  }
}
