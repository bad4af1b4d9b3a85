package botdb.it.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bot and the programs of PostgreSQL's client: missing, too old, killed in their middle. */
class PostgresClientIT {
  private static final String PROGRAM =
      """
      #!/bin/sh
      export PATH='%s'
      cd '%s'
      %s
      """;

  @TempDir private Path folder;

  private Path programs;
  private Address address;

  @BeforeEach
  void makeDatabase() throws Exception {
    address = Sample.owned(PostgresServer.shared().freshDatabase());
    programs = Files.createDirectory(folder.resolve("programs"));
    Files.createDirectory(folder.resolve("backups"));
  }

  @Test
  void without_the_programs_of_the_client_nothing_is_begun() throws Exception {
    Map<String, List<String>> before = Content.of(address);
    for (List<String> command : List.of(List.of("migrate"), List.of("serve"), List.of("backup"))) {
      Bot.Result refused = start(command.toArray(String[]::new)).await();
      assertThat(refused.status()).isEqualTo(1);
      assertThat(refused.err())
          .contains("failed; the database was not changed")
          .contains("there is no program pg_dump on the PATH")
          .contains("postgresql-client")
          .contains("--no-backup");
    }
    assertThat(Content.of(address)).isEqualTo(before);
    assertThat(folder.resolve("backups")).isEmptyDirectory();
  }

  private Bot.Running start(String... command) {
    return Bot.start(
        folder,
        List.of(),
        Map.of(
            "PATH", programs.toString(), "BOT_DATABASE", address.url(), "BOT_BACKUPS", "backups"),
        command);
  }

  /** Puts a program on the path that does this; the folder of the test is its own. */
  private void install(String name, String script) throws IOException {
    Files.writeString(
        Files.createFile(
            programs.resolve(name),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))),
        PROGRAM.formatted(System.getenv("PATH"), folder, script));
  }

  private void install(String name) throws IOException {
    install(name, "exec " + name + " \"$@\"");
  }

  @Test
  void a_password_is_on_no_command_line() throws Exception {
    install("pg_dump", "echo \"$@\" > said; exec pg_dump \"$@\"");
    install("pg_restore");
    Bot.Result made = start("backup").await();
    assertThat(made.status()).as(made.err()).isZero();
    assertThat(folder.resolve("said")).content().contains("--format").doesNotContain("secret");
    assertThat(folder.resolve("said")).content().doesNotContain(address.password());
  }

  @Test
  void one_that_is_older_than_the_server_is_named_with_the_way_out() throws Exception {
    install(
        "pg_dump",
        """
        echo 'pg_dump: error: aborting because of server version mismatch' >&2
        echo 'pg_dump: detail: server version: 14.20; pg_dump version: 13.1' >&2
        exit 1
        """);
    Bot.Result refused = start("migrate").await();
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .contains("server version: 14.20; pg_dump version: 13.1")
        .contains("in the version of the server or a newer one")
        .contains("--no-backup");
    assertThat(folder.resolve("backups")).isEmptyDirectory();
  }

  @Test
  void a_restore_whose_program_is_killed_changes_nothing() throws Exception {
    String backup = backup();
    address.execute("delete from users where user_id = 8");
    Map<String, List<String>> before = Content.of(address);
    install(
        "pg_restore",
        """
        case "$*" in *--section=data*) echo >> times ;; esac
        if [ "$(cat times | wc -l)" -lt 3 ]; then exec pg_restore "$@"; fi
        pg_restore "$@" | head -n 40
        kill -9 $$
        """);
    Bot.Result failed = start("restore", backup).await();
    assertThat(failed.status()).isEqualTo(1);
    assertThat(failed.err()).contains("failed; the database was not changed");
    assertThat(Files.readString(folder.resolve("times"))).hasSize(3);
    assertThat(Content.of(address)).isEqualTo(before);
  }

  /** Makes a backup, and leaves no program behind to put it back. */
  private String backup() throws IOException {
    install("pg_dump");
    install("pg_restore");
    Bot.Result made = start("backup").await();
    assertThat(made.status()).as(made.err()).isZero();
    Files.delete(programs.resolve("pg_restore"));
    return made.out().split("  ")[0];
  }

  @Test
  void a_bot_that_is_killed_while_it_puts_back_changes_nothing() throws Exception {
    String backup = backup();
    address.execute("delete from users where user_id = 8");
    Map<String, List<String>> before = Content.of(address);
    install(
        "pg_restore",
        """
        case "$*" in *--section=data*) echo >> times ;; esac
        if [ "$(cat times | wc -l)" -lt 3 ]; then exec pg_restore "$@"; fi
        pg_restore "$@" | head -n 40
        mkfifo gate && mv gate open
        cat open
        """);
    Bot.Running running = start("restore", backup);
    while (running.process().isAlive() && !Files.exists(folder.resolve("open"))) {
      Thread.onSpinWait();
    }
    running.kill();
    // Whoever waits there for more is told that there is none.
    Files.writeString(folder.resolve("open"), "");
    assertThat(Content.of(address)).isEqualTo(before);
    try (Stream<Path> left = Files.list(folder.resolve("backups"))) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.endsWith("-before-restore"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
