package botdb.it;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.postgres.Address;
import botdb.it.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that the README shows is run, and prints what the README says it prints. */
class ReadmeIT {
  private static final Path ROOT = Path.of(System.getProperty("project.root")).normalize();
  private static final Set<String> FIXTURES =
      Set.of("before-001", "after-001", "malformed", "grown-by-hand");

  @TempDir private Path folder;

  private record Command(String text, String expected) {
    boolean isBuild() {
      return text.startsWith("mvn ");
    }

    boolean isBackground() {
      return text.endsWith(" &");
    }
  }

  /** A shell that goes on running, and the file that takes what it prints. */
  private record Background(Process shell, Path output) {

    String await(String text) throws Exception {
      long start = System.nanoTime();
      while (true) {
        String printed = Files.readString(output);
        if (printed.contains(text)) {
          return printed;
        }
        assertThat(System.nanoTime() - start).as(printed).isLessThan(TimeUnit.MINUTES.toNanos(5));
        assertThat(shell.isAlive()).as(printed).isTrue();
        shell.waitFor(50, TimeUnit.MILLISECONDS);
      }
    }

    void kill() {
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
      shell.destroyForcibly();
    }
  }

  /** What stands here in the place of the port and of the server that the README speaks of. */
  private record Substitutes(String port, Address database) {
    private static final String PORT = "8080";
    private static final String SERVER = "db.example.org/bot";

    static Substitutes of(String port, Address database) {
      return new Substitutes(port, database);
    }

    private String server() {
      return "127.0.0.1:%d/%s".formatted(database.port(), database.database());
    }

    String command(String text) {
      return text.replace(PORT, port).replace(SERVER, server());
    }

    String output(String text) {
      return text.replace(server(), SERVER)
          .replace(database.database() + ".backup", "bot.backup")
          .replace(port, PORT);
    }

    Map<String, String> environment() {
      return Map.of("BOT_PORT", port, "PGPASSWORD", database.password());
    }
  }

  @Test
  void prints_what_it_says() throws Exception {
    List<Command> commands = commands(Files.readString(ROOT.resolve("README.md")));
    assertThat(commands).hasSizeGreaterThan(8);
    for (String fixture : FIXTURES) {
      Fixture.copy(fixture, folder);
    }
    Files.createSymbolicLink(folder.resolve("bot-app"), ROOT.toAbsolutePath().resolve("bot-app"));
    Substitutes here = Substitutes.of(freePort(), PostgresServer.shared().freshDatabase());
    Background server = null;
    try {
      for (Command command : commands) {
        if (command.isBackground()) {
          if (server != null) {
            server.kill();
          }
          server = serve(command, here);
        } else if (!command.isBuild()) {
          String output = run(here.command(command.text), folder, here.environment());
          assertThat(steady(here.output(output)))
              .as(command.text)
              .isEqualTo(steady(command.expected));
        }
      }
    } finally {
      if (server != null) {
        server.kill();
      }
    }
  }

  @Test
  void builds_and_starts_with_one_command_from_a_fresh_copy() throws Exception {
    List<String> builds =
        commands(Files.readString(ROOT.resolve("README.md"))).stream()
            .filter(Command::isBuild)
            .map(Command::text)
            .toList();
    // These would run this test, which would run them: what builds the project runs the second.
    List<String> tests = builds.stream().filter(build -> build.contains("verify")).toList();
    assertThat(tests)
        .containsExactly(
            "mvn -q -Pbenchmark -pl integration-tests verify",
            "mvn verify",
            "mvn -pl integration-tests verify");
    assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains("verify\n");

    List<String> starts = builds.stream().filter(build -> build.contains("java -jar")).toList();
    assertThat(starts).hasSize(1);
    copySources(ROOT, folder);
    Background bot =
        inBackground(
            starts.get(0).replaceFirst("mvn ", mvn()), folder, Map.of("BOT_PORT", freePort()));
    try {
      assertThat(bot.await("serving on")).contains("001  migration_001_add_timestamp_to_messages");
      assertThat(folder.resolve("users.db")).exists();
    } finally {
      bot.kill();
    }
  }

  /** The same local repository as this build, which has downloaded everything already. */
  private static String mvn() {
    String repository = System.getProperty("local.repository");
    return "mvn --offline -Dmaven.repo.local='" + repository + "' ";
  }

  private static List<Command> commands(String readme) {
    List<Command> commands = new ArrayList<>();
    boolean inBlock = false;
    for (String line : readme.split("\n")) {
      if (line.startsWith("```")) {
        inBlock = line.equals("```console");
      } else if (inBlock && line.startsWith("$ ")) {
        commands.add(new Command(line.substring(2), ""));
      } else if (inBlock) {
        Command last = commands.remove(commands.size() - 1);
        commands.add(new Command(last.text, last.expected + line + "\n"));
      }
    }
    return commands;
  }

  /** What differs from run to run: times, and how long something took. */
  static String steady(String output) {
    return output
        .replaceAll("20\\d\\d-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?", "TIME")
        .replaceAll("backup-\\d{8}-\\d{6}", "backup-TIME")
        .replaceAll("\\d+\\.\\d+ s", "SECONDS")
        .replaceAll("\\d+ (days?|years?|months?) ago", "AGO")
        .stripTrailing();
  }

  private Background serve(Command command, Substitutes here) throws Exception {
    String foreground = command.text.substring(0, command.text.length() - 2);
    Background server = inBackground(here.command(foreground), folder, here.environment());
    boolean serves = false;
    try {
      assertThat(steady(here.output(server.await("serving on"))))
          .as(command.text)
          .isEqualTo(steady(command.expected));
      serves = true;
      return server;
    } finally {
      if (!serves) {
        server.kill();
      }
    }
  }

  private static Background inBackground(
      String command, Path folder, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Files.createTempFile("readme", ".out").toFile());
    builder.environment().putAll(environment);
    return new Background(builder.start(), builder.redirectOutput().file().toPath());
  }

  private static String run(String command, Path folder, Map<String, String> environment)
      throws Exception {
    Path output = Files.createTempFile("readme", ".out");
    ProcessBuilder builder =
        new ProcessBuilder("bash", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(command).isTrue();
    return Files.readString(output);
  }

  private static String freePort() throws IOException {
    return String.valueOf(Ports.free());
  }

  static void copySources(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            String name = dir.getFileName().toString();
            if (name.equals("target") || name.equals(".git")) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(dir).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
