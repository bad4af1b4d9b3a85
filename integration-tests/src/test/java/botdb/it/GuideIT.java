package botdb.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guide to migrations, done from its first command to its last in a clean copy of the project:
 * a column, a table rebuilt, JSON rewritten, rows filled in steps.
 */
class GuideIT {
  private static final Path ROOT = Path.of(System.getProperty("project.root")).normalize();
  private static final Path MODULE = ROOT.resolve("migrations-catalog");

  /** Databases of the old bot that a program with more migrations has to bring further. */
  private static final List<String> FIXTURES =
      List.of(
          "before-001",
          "empty-users",
          "null-history",
          "hot-wal",
          "no-users-table",
          "zero-bytes",
          "after-001-py-suffix");

  /** The build of the copy runs the tests that look at migrations; the others run here. */
  private static final String TESTS =
      " package -Dtest='Migration*Tests,EditionTests,SnapshotTests,LateHistoryTests'"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  /** Messages that still have a name, and not what is inside of them. */
  private static final String NAMED =
      """
      SELECT count(*)
      FROM users, json_each(iif(json_valid(history), history, '[]')) AS message
      WHERE json_type(message.value, '$.name') IS NOT NULL
      """;

  @TempDir private Path folder;

  @Test
  void leads_from_the_first_command_to_databases_that_are_as_they_should_be() throws Exception {
    Path copy = folder.resolve("copy");
    ReadmeIT.copySources(ROOT, copy);
    Path jar = copy.resolve("bot-app/target/bot-app.jar");
    Files.createDirectories(jar.getParent());
    Files.copy(Path.of(System.getProperty("bot.jar")), jar);
    for (String fixture : List.of("before-001", "null-history", "malformed")) {
      Fixture.copy(fixture, copy);
    }
    for (Guide.Step step : Guide.steps(MODULE.resolve("README.md"))) {
      follow(step, copy);
    }
    for (String fixture : FIXTURES) {
      assertMigrated(fixture, jar);
    }
    assertStoppedByTheOwnersColumn(jar);
    assertStoppedByHistory(jar);
  }

  /** A history that nobody can read came into it after migration 001. */
  private void assertStoppedByHistory(Path jar) throws Exception {
    Path database = Fixture.copy("after-001", folder);
    assertThat(run("java -jar '" + jar + "' migrate --database '" + database + "'", folder))
        .contains("migration_004_rename_name_to_author failed and was rolled back")
        .contains("at        users.history of user ");
    assertThat(rows(database, "SELECT count(*) FROM migrations")).containsExactly("3");
  }

  /** Its owner added a language of his own, which no migration may take over. */
  private void assertStoppedByTheOwnersColumn(Path jar) throws Exception {
    Path database = Fixture.copy("grown-by-hand", folder);
    assertThat(run("java -jar '" + jar + "' migrate --database '" + database + "'", folder))
        .contains("users.language is there already and is another column");
    assertThat(Dump.of(database)).isEqualTo(Fixture.expectedAfter("grown-by-hand"));
  }

  private static void follow(Guide.Step step, Path copy) throws Exception {
    Path module = copy.resolve("migrations-catalog");
    if (step instanceof Guide.Command command) {
      if (command.text().equals("mvn verify")) {
        // It would run this test, which would run it: what builds the project runs it.
        assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("verify\n");
      } else {
        assertThat(steady(run(command.text(), copy)))
            .as(command.text())
            .isEqualTo(steady(command.expected()));
      }
    } else if (step instanceof Guide.Writing writing) {
      Files.writeString(module.resolve(writing.file()), writing.text());
    } else if (step instanceof Guide.Replacement replacement) {
      Path file = module.resolve(replacement.file());
      assertThat(Files.readString(file)).contains(replacement.old());
      Files.writeString(
          file, Files.readString(file).replace(replacement.old(), replacement.text()));
    } else if (step instanceof Guide.Quotation quotation) {
      assertThat(Files.readString(MODULE.resolve(quotation.file()))).contains(quotation.text());
    }
  }

  private static String steady(String output) {
    return ReadmeIT.steady(output)
        .replaceAll("\u001B\\[[0-9;]*m", "") // Maven puts the colours of a terminal back
        .replaceAll("\\d+\\.\\d [kM]B", "SIZE")
        .stripTrailing();
  }

  /**
   * All at once is the same as what this program does and the rest after it, to the last cell; and
   * what each migration meant is there.
   */
  private void assertMigrated(String fixture, Path jar) throws Exception {
    Path once = Fixture.copy(fixture, Files.createDirectories(folder.resolve("once")));
    Path twice = Fixture.copy(fixture, Files.createDirectories(folder.resolve("twice")));
    assertThat(Bot.run(twice.getParent(), "migrate", "--database", twice.toString()).status())
        .isZero();
    String before = Dump.of(twice);
    for (Path database : List.of(once, twice)) {
      String command = "java -jar '" + jar + "' migrate --no-backup --database '" + database + "'";
      assertThat(run(command, folder)).contains("005  migration_005_fill_language_of_users");
    }
    assertThat(Dump.of(once)).as(fixture).isEqualTo(Dump.of(twice)).isNotEqualTo(before);
    assertThat(rows(once, "SELECT DISTINCT language FROM users WHERE language <> 'en'")).isEmpty();
    assertThat(rows(once, "SELECT count(*) FROM users WHERE language IS NULL"))
        .containsExactly("0");
    assertThat(rows(once, NAMED)).containsExactly("0");
    assertThat(rows(once, "SELECT * FROM pragma_integrity_check")).containsExactly("ok");
    assertThat(histories(once)).isEqualTo(histories(twice));
  }

  private static List<String> histories(Path database) throws SQLException {
    return rows(database, "SELECT quote(history) FROM users ORDER BY rowid");
  }

  private static List<String> rows(Path database, String query) throws SQLException {
    try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + database)) {
      return Dump.column(connection, query);
    }
  }

  /** With the local repository of this build, which has downloaded everything already. */
  private static String run(String command, Path folder) throws Exception {
    String repository = System.getProperty("local.repository");
    String text =
        command
            .replace(
                "mvn ",
                "mvn --offline -Dstyle.color=never -Dmaven.repo.local='" + repository + "' ")
            .replace(" package", TESTS);
    Path output = Files.createTempFile("guide", ".out");
    Process process =
        new ProcessBuilder("bash", "-c", text)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(15, TimeUnit.MINUTES)).as(command).isTrue();
    return Files.readString(output);
  }

  @Test
  void says_the_same_in_russian() throws Exception {
    assertThat(Guide.steps(MODULE.resolve("README.ru.md")))
        .isEqualTo(Guide.steps(MODULE.resolve("README.md")));
    assertThat(headings(MODULE.resolve("README.ru.md")))
        .isEqualTo(headings(MODULE.resolve("README.md")));
  }

  /** The levels of the headings, in their order. */
  private static List<String> headings(Path guide) throws Exception {
    List<String> levels = new ArrayList<>();
    for (String line : Files.readAllLines(guide)) {
      if (line.startsWith("#")) {
        levels.add(line.replaceAll(" .*", ""));
      }
    }
    return levels;
  }
}
