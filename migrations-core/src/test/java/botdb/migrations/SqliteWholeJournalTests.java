package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that SQLite did not write and puts back all the same. */
final class SqliteWholeJournalTests {
  private static final String SUM =
      "SELECT count(*), sum(length(text)), min(text = printf('%.*c', 1000, char(65 + id % 26))) FROM texts";

  @TempDir private Path folder;

  private TestDatabase database(int pageSize) {
    return TestDatabase.absentIn(folder)
        .run(
            """
            PRAGMA page_size = %d;
            CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT);
            WITH RECURSIVE ids (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM ids WHERE id < 20000)
            INSERT INTO texts SELECT id, printf('%%.*c', 1000, char(65 + id %% 26)) FROM ids;
            """
                .formatted(pageSize));
  }

  private static Connection locked(TestDatabase database) throws Exception {
    Connection connection = database.connect();
    Sql.run(connection, "PRAGMA journal_mode = OFF; PRAGMA cache_size = 10; BEGIN IMMEDIATE");
    return connection;
  }

  private static SqliteWholeJournal journal(Connection connection) throws Exception {
    SqliteWholeJournal journal = SqliteWholeJournal.of(connection);
    assertThat(journal).isNotNull();
    return journal;
  }

  /** What a crash at this moment would leave. */
  private TestDatabase crashed(TestDatabase database) throws Exception {
    Set<String> files = new TreeSet<>(database.folder().keySet());
    Path other = Files.createDirectory(folder.resolve("crashed"));
    files.remove("link.db");
    for (String name : files) {
      Process copy =
          new ProcessBuilder("cp", folder.resolve(name).toString(), other.toString()).start();
      assertThat(copy.waitFor()).isZero();
    }
    return TestDatabase.at(other.resolve("users.db"));
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 1024, 4096, 65536})
  void brings_back_every_page_that_was_changed(int pageSize) throws Exception {
    TestDatabase database = database(pageSize);
    byte[] before = database.bytes();
    try (Connection connection = locked(database)) {
      SqliteWholeJournal journal = journal(connection);
      journal.begin();
      journal.await();
      Sql.run(
          connection, "UPDATE texts SET text = text || text; DELETE FROM texts WHERE id > 9999");
      TestDatabase crashed = crashed(database);
      assertThat(crashed.bytes()).isNotEqualTo(before);
      assertThat(crashed.rows(SUM)).containsExactly("20000|20000000|1");
      assertThat(crashed.bytes()).isEqualTo(before);
      assertThat(crashed.folder()).containsOnlyKeys("users.db");
      journal.end();
    }
  }

  @Test
  void lies_where_sqlite_looks_for_it_also_behind_a_link() throws Exception {
    TestDatabase database = database(4096);
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), database.path());
    try (Connection connection = locked(TestDatabase.at(link))) {
      SqliteWholeJournal journal = journal(connection);
      journal.begin();
      journal.await();
      Sql.run(connection, "UPDATE texts SET text = text || text");
      assertThat(crashed(database).rows(SUM)).containsExactly("20000|20000000|1");
      journal.end();
    }
  }

  @Test
  void is_no_hindrance_to_those_who_read_before_the_first_change() throws Exception {
    TestDatabase database = database(4096);
    try (Connection connection = locked(database)) {
      SqliteWholeJournal journal = journal(connection);
      journal.begin();
      journal.await();
      assertThat(database.rows(SUM)).containsExactly("20000|20000000|1");
      assertThat(database.folder()).containsKeys("users.db", "users.db-journal");
      journal.delete();
    }
    assertThat(database.folder()).containsOnlyKeys("users.db");
  }

  @Test
  void is_none_until_it_is_whole() throws Exception {
    TestDatabase database = database(4096);
    try (Connection connection = locked(database)) {
      SqliteWholeJournal journal = journal(connection);
      journal.begin();
      Path file = folder.resolve("users.db-journal");
      while (!Files.exists(file) || Files.size(file) < 4096) {
        Thread.onSpinWait();
      }
      int first = firstByte(file);
      long size = Files.size(file);
      TestDatabase crashed = crashed(database);
      journal.await();
      assertThat(first == 0 || size == Files.size(file)).isTrue();
      assertThat(Files.size(file)).isGreaterThan(20_000_000);
      assertThat(crashed.rows(SUM)).containsExactly("20000|20000000|1");
      journal.delete();
    }
  }

  /** To close a file takes the locks from it that its process holds, whoever took them. */
  @Test
  void leaves_the_locks_of_this_process_alone() throws Exception {
    TestDatabase database = database(4096);
    try (Connection reader = database.connect();
        Connection connection = locked(database)) {
      Sql.run(reader, "BEGIN; SELECT count(*) FROM texts");
      List<String> locks = locks(database);
      SqliteWholeJournal journal = journal(connection);
      journal.begin();
      journal.delete();
      assertThat(locks(database)).isNotEmpty().isEqualTo(locks);
    }
  }

  /** In the words of the system: kind, process, file and bytes. */
  private static List<String> locks(TestDatabase database) throws Exception {
    String file = ":" + Files.getAttribute(database.path(), "unix:ino") + " ";
    return Files.readAllLines(Path.of("/proc/locks")).stream()
        .filter(line -> line.contains(file))
        .map(line -> line.substring(line.indexOf("POSIX")))
        .sorted()
        .toList();
  }

  @Test
  void lets_go_of_the_database_once_the_change_is_committed() throws Exception {
    TestDatabase database = database(4096);
    try (Connection connection = locked(database)) {
      Sql.run(connection, "PRAGMA locking_mode = EXCLUSIVE");
      long before = openings(database);
      SqliteWholeJournal journal = journal(connection);
      journal.begin();
      journal.await();
      Sql.run(connection, "UPDATE texts SET text = text || text");
      assertThat(openings(database)).isEqualTo(before + 1);
      journal.end();
      Sql.run(connection, "COMMIT");
      journal.delete();
      assertThat(openings(database)).isEqualTo(before);
    }
    assertThat(database.rows("SELECT sum(length(text)) FROM texts")).containsExactly("40000000");
    assertThat(database.folder()).containsOnlyKeys("users.db");
  }

  private static long openings(TestDatabase database) throws Exception {
    long count = 0;
    try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
      for (Path file : files.toList()) {
        boolean isOpen = Files.exists(file) && Files.isSameFile(file, database.path());
        count += isOpen ? 1 : 0;
      }
    }
    return count;
  }

  private static int firstByte(Path file) throws Exception {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read();
    }
  }

  @Test
  void can_be_read_by_who_may_read_the_database_and_by_nobody_else() throws Exception {
    TestDatabase database = database(4096);
    Files.setPosixFilePermissions(database.path(), PosixFilePermissions.fromString("rw-r-----"));
    try (Connection connection = locked(database)) {
      SqliteWholeJournal journal = journal(connection);
      journal.begin();
      journal.await();
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("users.db-journal"))))
          .isEqualTo("rw-r-----");
      journal.delete();
    }
  }
}
