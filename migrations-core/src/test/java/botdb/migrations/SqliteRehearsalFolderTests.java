package botdb.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.migrations.Steps.Migration001AddNotes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The copies of a rehearsal are nobody's business, and none stays. */
final class SqliteRehearsalFolderTests {
  @TempDir private Path folder;

  /** Takes the driver's native library, which a killed process leaves behind. */
  @TempDir private Path libraries;

  /** Ends the process in the middle of a rehearsal, as the first argument says. */
  static final class Interrupted {
    private Interrupted() {}

    public static void main(String[] arguments) {
      during(
          Migrator.of(
              Database.parse(arguments[1]),
              TestDatabase.catalog(List.of(Migration001AddNotes.class))),
          () -> {
            if (arguments[0].equals("exit")) {
              System.exit(7);
            }
            Runtime.getRuntime().halt(7);
          });
    }
  }

  private static void during(Migrator migrator, Runnable action) {
    migrator
        .withListener(
            new Migrator.Listener() {
              @Override
              public void started(String name) {
                action.run();
              }
            })
        .rehearse(text -> "");
  }

  @Test
  void lies_beside_the_database_and_is_for_its_user_alone() {
    TestDatabase database = TestDatabase.in(folder);
    List<String> seen = new ArrayList<>();
    during(
        database.migrator(Migration001AddNotes.class),
        () -> folders().forEach(copy -> seen.add(name(copy) + " " + mode(copy))));
    assertThat(seen)
        .singleElement()
        .asString()
        .matches("users\\.db\\.rehearsal-\\d+-\\d+-\\d+ rwx------");
    assertThat(folders()).isEmpty();
  }

  @Test
  void goes_when_the_process_is_told_to_end() throws Exception {
    TestDatabase database = TestDatabase.in(folder);
    interrupt("exit", database);
    assertThat(folder).isDirectoryContaining("glob:**/users.db");
    assertThat(folders()).isEmpty();
  }

  @Test
  void that_a_killed_process_left_goes_with_the_next_rehearsal() throws Exception {
    TestDatabase database = TestDatabase.in(folder);
    interrupt("halt", database);
    assertThat(folders()).hasSize(1);
    database.migrator(Migration001AddNotes.class).rehearse(text -> "");
    assertThat(folders()).isEmpty();
  }

  @Test
  void that_an_interrupted_clean_up_left_empty_goes_with_the_next_rehearsal() throws Exception {
    TestDatabase database = TestDatabase.in(folder);
    Files.createDirectory(folder.resolve("users.db.rehearsal-1"));
    database.migrator(Migration001AddNotes.class).rehearse(text -> "");
    assertThat(folders()).isEmpty();
  }

  @Test
  void of_the_owner_stays() throws Exception {
    TestDatabase database = TestDatabase.in(folder);
    Path notes = Files.createDirectory(folder.resolve("users.db.rehearsal-notes"));
    Files.writeString(notes.resolve("notes.txt"), "mine");
    database.migrator(Migration001AddNotes.class).rehearse(text -> "");
    assertThat(notes.resolve("notes.txt")).hasContent("mine");
  }

  @Test
  void that_is_in_use_stays() throws Exception {
    TestDatabase database = TestDatabase.in(folder);
    during(
        database.migrator(Migration001AddNotes.class),
        () -> {
          Path first = folders().get(0);
          database.migrator(Migration001AddNotes.class).rehearse(text -> "");
          assertThat(folders()).containsExactly(first);
          assertThat(rehearseElsewhere(database)).isZero();
          assertThat(folders()).containsExactly(first);
        });
    assertThat(folders()).isEmpty();
  }

  /** Rehearses in a process of its own, for which the lock of this one is another's. */
  static final class Elsewhere {
    private Elsewhere() {}

    public static void main(String[] arguments) {
      Migrator.of(
              Database.parse(arguments[1]),
              TestDatabase.catalog(List.of(Migration001AddNotes.class)))
          .rehearse(text -> "");
    }
  }

  private int rehearseElsewhere(TestDatabase database) {
    return run(Elsewhere.class, "rehearse", database);
  }

  private void interrupt(String how, TestDatabase database) {
    assertThat(run(Interrupted.class, how, database)).isEqualTo(7);
  }

  private int run(Class<?> main, String how, TestDatabase database) {
    try {
      return new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Dorg.sqlite.tmpdir=" + libraries,
              "-cp",
              System.getProperty("java.class.path"),
              main.getName(),
              how,
              database.path().toString())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<Path> folders() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path path) {
    return path.getFileName().toString();
  }

  private static String mode(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
