package botdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import botdb.it.Dump;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A database to be migrated, never itself touched, and what its copies may look like: as before or
 * as after, by the hash of everything in them.
 *
 * @param original the file
 * @param before the hash of its dump
 * @param after the hash of the dump of a copy that was migrated without a fault
 */
record Specimen(Path original, String before, String after) {
  static final String NAME = "users.db";
  static final String MIGRATION = "migration_001_add_timestamp_to_messages";

  /** What became of a copy. */
  enum State {
    BEFORE,
    MIGRATED
  }

  static Specimen generate(Path folder, String journalMode, int megabytes)
      throws IOException, SQLException {
    Path original = folder.resolve(journalMode + "-" + megabytes + ".db");
    Generated.database(original, journalMode, megabytes);
    String before = Dump.hash(original);
    Path trial = Files.createTempDirectory(folder, "trial");
    Specimen untried = new Specimen(original, before, "");
    Path copy = untried.copyTo(trial);
    Bot.Result result = migrate(trial, Map.of());
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).startsWith("001  " + MIGRATION);
    String after = Dump.hash(copy);
    delete(trial);
    assertThat(after).isNotEqualTo(before);
    return new Specimen(original, before, after);
  }

  /** Starts {@code migrate} in a folder and waits for its end. */
  static Bot.Result migrate(Path folder, Map<String, String> environment) {
    return startMigrate(folder, folder, environment).await();
  }

  /** Starts {@code migrate}; what a killed process leaves of its own goes to the other folder. */
  static Bot.Running startMigrate(Path folder, Path temporary, Map<String, String> environment) {
    List<String> options = List.of("-Djava.io.tmpdir=" + temporary, "-XX:TieredStopAtLevel=1");
    return Bot.start(folder, options, environment, "migrate");
  }

  /** Puts a fresh copy into a folder, in place of the one that may be there with its backups. */
  Path copyTo(Path folder) throws IOException {
    try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, NAME + "*")) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
    return Files.copy(original, folder.resolve(NAME));
  }

  /**
   * Tells what became of a copy. Looks at a copy of it in turn, with its journal or log, so that
   * whatever is unfinished there stays so.
   *
   * @throws AssertionError if it is anything between, or damaged
   */
  State stateIn(Path folder) throws IOException, SQLException {
    Path look = Files.createTempDirectory(original.getParent(), "look");
    for (String suffix : List.of("", "-journal", "-wal")) {
      Path file = folder.resolve(NAME + suffix);
      if (Files.exists(file)) {
        Files.copy(file, look.resolve(NAME + suffix));
      }
    }
    assertSound(look.resolve(NAME));
    String hash = Dump.hash(look.resolve(NAME));
    delete(look);
    assertThat(hash).as("neither as before nor migrated").isIn(before, after);
    return hash.equals(before) ? State.BEFORE : State.MIGRATED;
  }

  private static void assertSound(Path database) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
      assertThat(Dump.column(connection, "PRAGMA integrity_check")).containsExactly("ok");
    }
  }

  /** Starts the program once more, without a fault: it must finish what is left to do. */
  void assertNextStartFinishes(Path folder, State state) throws IOException, SQLException {
    Bot.Result next = migrate(folder, Map.of());
    assertThat(next.status()).as(next.err()).isZero();
    assertThat(next.out())
        .startsWith(state == State.BEFORE ? "001  " + MIGRATION : "nothing to apply");
    assertThat(stateIn(folder)).isEqualTo(State.MIGRATED);
    assertBackupsAreWhole(folder);
    assertThat(backups(folder)).filteredOn(name -> name.contains(".partial")).isEmpty();
  }

  /** Whatever stands under the name of a backup is the database as it was, with its record. */
  int assertBackupsAreWhole(Path folder) throws IOException, SQLException {
    int whole = 0;
    for (String name : backups(folder)) {
      if (!name.contains(".partial") && !name.endsWith(".record")) {
        assertSound(folder.resolve(name));
        assertThat(Dump.hash(folder.resolve(name))).as(name).isEqualTo(before);
        assertThat(folder.resolve(name + ".record")).exists();
        whole++;
      }
    }
    return whole;
  }

  private static List<String> backups(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(NAME + ".backup-"))
          .toList();
    }
  }

  /** Deletes a folder with everything in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
