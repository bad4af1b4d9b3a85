package botdb.it.web;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.postgres.Address;
import botdb.it.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the image does, step by step, without an engine for containers: each step of the {@code
 * Dockerfile} is done in an empty folder that stands for the root of the image, with its own
 * command, its absolute paths led into that folder. Then the commands of {@code docker-compose}
 * that the documents show are taken as they stand there, and what the engine would do for each is
 * done in that folder, with the settings of {@code docker-compose.yml}.
 *
 * <p>The engine, the user of the image, its read-only root and the base images themselves are not
 * tried.
 */
class ContainerIT {
  private static final Path PROJECT =
      Path.of(System.getProperty("project.root")).toAbsolutePath().normalize();
  private static final Set<String> LEFT_OUT = Set.of(".git", "target", ".idea", ".env");
  private static final List<String> DOCUMENTS =
      List.of("README.md", "migrations-catalog/README.md", "migrations-catalog/README.ru.md");

  private static final String STATUS = "exec bot bot status";
  private static final String BACKUP = "exec bot bot backup";
  private static final String COPY =
      "run --rm bot-postgres copy --from /data/users.db --to postgres://bot@postgres/bot";

  @TempDir private Path root;

  @Test
  void the_steps_of_the_image_make_a_bot_that_serves_and_obeys() throws Exception {
    ImageFile file = ImageFile.read(PROJECT.resolve("Dockerfile"));
    Path workdir = root;
    for (ImageFile.Step step : file.stage("build").steps()) {
      switch (step.instruction()) {
        case "WORKDIR" -> workdir = Files.createDirectories(root.resolve(step.rest().substring(1)));
        case "COPY" -> copyProject(step, workdir);
        case "RUN" -> run(inRoot(step.rest()), workdir, Map.of());
        default -> assertThat(step.instruction()).isEqualTo("FROM");
      }
    }
    ImageFile image = file.stage("bot");
    copyFromBuild(image);
    Path data = Files.createDirectories(root.resolve("data"));

    assertThat(image.only("ENTRYPOINT")).isEqualTo("[\"bot\"]");
    assertThat(image.only("CMD")).isEqualTo("[\"serve\"]");
    assertThat(image.only("HEALTHCHECK")).endsWith("CMD [\"bot-healthy\"]");
    assertThat(image.only("USER")).isEqualTo("10001:10001");
    ComposeFile compose = ComposeFile.read(PROJECT.resolve("docker-compose.yml"));
    Map<String, String> environment = environment(image);
    assertThat(run(image.last("RUN"), data, environment)).contains("users.db does not exist yet");
    assertThat(root.resolve("opt/cache")).isDirectoryContaining("glob:**/sqlite-*");
    assertThat(data).isEmptyDirectory();
    environment.putAll(compose.environment("bot", Map.of("BOT_WEB_PASSWORD", "sesame")));
    serveAndObey(data, environment, compose);
  }

  @Test
  void compose_gives_the_image_the_port_the_folder_and_the_settings_that_it_knows()
      throws Exception {
    ImageFile image = ImageFile.read(PROJECT.resolve("Dockerfile")).stage("bot");
    ComposeFile compose = ComposeFile.read(PROJECT.resolve("docker-compose.yml"));
    Map<?, ?> bot = compose.service("bot");
    assertThat(bot.get("build")).isEqualTo(Map.of("context", ".", "target", "bot"));
    assertThat(bot.get("ports")).isEqualTo(List.of("127.0.0.1:8080:" + image.only("EXPOSE")));
    assertThat(bot.get("volumes")).isEqualTo(List.of("data:" + image.only("VOLUME")));
    assertThat(((Map<?, ?>) compose.content().get("volumes")).containsKey("data")).isTrue();
    String readme = Files.readString(PROJECT.resolve("README.md"));
    assertThat(((Map<?, ?>) bot.get("environment")).keySet())
        .isNotEmpty()
        .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
  }

  @Test
  void without_the_profile_there_is_one_bot_that_asks_for_one_password() throws Exception {
    ComposeFile compose = ComposeFile.read(PROJECT.resolve("docker-compose.yml"));
    assertThat(compose.services(Set.of())).containsExactly("bot");
    // What one service asks for is asked of everybody, whichever services he wants.
    Map<String, String> dotenv = Map.of("BOT_WEB_PASSWORD", "sesame");
    for (String service : compose.services(Set.of("postgres"))) {
      assertThat(compose.environment(service, dotenv)).as(service).isNotEmpty();
    }
    assertThat(Files.readString(PROJECT.resolve("Dockerfile"))).endsWith("\nFROM bot\n");
  }

  @Test
  void the_bot_of_the_profile_is_the_same_but_for_where_its_database_is() throws Exception {
    ComposeFile compose = ComposeFile.read(PROJECT.resolve("docker-compose.yml"));
    Map<Object, Object> bot = new LinkedHashMap<>(compose.service("bot"));
    Map<Object, Object> other = new LinkedHashMap<>(compose.service("bot-postgres"));
    assertThat(other.remove("profiles")).isEqualTo(List.of("postgres"));
    assertThat(other.remove("depends_on"))
        .isEqualTo(Map.of("postgres", Map.of("condition", "service_healthy")));
    assertThat(other.put("build", bot.get("build")))
        .isEqualTo(Map.of("context", ".", "target", "bot-postgres"));
    Map<Object, Object> settings = new LinkedHashMap<>((Map<?, ?>) other.get("environment"));
    settings.keySet().removeAll(Set.of("BOT_DATABASE", "PGPASSWORD"));
    other.put("environment", settings);
    assertThat(other).isEqualTo(bot);
  }

  @Test
  void the_profile_has_a_server_that_only_its_bot_reaches_and_a_client_of_its_version()
      throws Exception {
    ComposeFile compose = ComposeFile.read(PROJECT.resolve("docker-compose.yml"));
    Map<String, String> dotenv =
        Map.of("BOT_WEB_PASSWORD", "sesame", "POSTGRES_PASSWORD", "swordfish");
    Map<String, String> server = compose.environment("postgres", dotenv);
    Map<String, String> bot = compose.environment("bot-postgres", dotenv);
    assertThat(bot.get("PGPASSWORD")).isEqualTo("swordfish");
    assertThat(bot.get("BOT_DATABASE"))
        .isEqualTo(
            "jdbc:postgresql://postgres/%s?user=%s"
                .formatted(server.get("POSTGRES_DB"), server.get("POSTGRES_USER")));
    assertThat(server.get("POSTGRES_PASSWORD")).isEqualTo("swordfish");
    Map<?, ?> service = compose.service("postgres");
    assertThat(service.get("ports")).isNull();
    assertThat(service.get("volumes")).isEqualTo(List.of("postgres:/var/lib/postgresql"));
    assertThat(((Map<?, ?>) compose.content().get("volumes")).containsKey("postgres")).isTrue();
    String version = ((String) service.get("image")).replace("postgres:", "");
    ImageFile image = ImageFile.read(PROJECT.resolve("Dockerfile")).stage("bot-postgres");
    assertThat(image.only("FROM")).isEqualTo("bot AS bot-postgres");
    assertThat(image.only("RUN")).contains("postgresql-client-" + version + " ");
    assertThat(image.last("USER")).isEqualTo("10001:10001");
  }

  private void copyProject(ImageFile.Step step, Path workdir) throws IOException {
    assertThat(step.rest()).isEqualTo(". .");
    assertThat(Files.readAllLines(PROJECT.resolve(".dockerignore")))
        .contains(".git", "**/target", ".env", "**/users.db*");
    copy(PROJECT, workdir);
  }

  private void copyFromBuild(ImageFile image) throws IOException {
    ImageFile.Step copy =
        image.steps().stream()
            .filter(s -> s.instruction().equals("COPY"))
            .findFirst()
            .orElseThrow();
    String[] words = copy.rest().split(" ");
    assertThat(words[0]).isEqualTo("--from=build");
    copy(root.resolve(words[1].substring(1)), root.resolve(words[2].substring(1)));
  }

  /** The settings of the image, with its folder of programs in the place that it has here. */
  private Map<String, String> environment(ImageFile image) throws IOException {
    Map<String, String> settings = new java.util.HashMap<>();
    for (ImageFile.Step step : image.steps()) {
      if (step.instruction().equals("ENV")) {
        String[] pair = step.rest().split("=", 2);
        settings.put(pair[0], pair[1].replaceFirst("^/opt/cache$", root + "/opt/cache"));
      }
    }
    String path = settings.get("PATH");
    assertThat(path).isEqualTo("/opt/bot:$PATH");
    settings.put("PATH", root + "/opt/bot:" + System.getenv("PATH"));
    // Nothing may be unpacked where a container lets nothing be run from.
    settings.put("BOT_JAVA_OPTIONS", "-Djava.io.tmpdir=" + root.resolve("no-such-folder"));
    try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
      settings.put("BOT_PORT", String.valueOf(socket.getLocalPort()));
    }
    return settings;
  }

  private void serveAndObey(Path data, Map<String, String> environment, ComposeFile compose)
      throws Exception {
    Path log = root.resolve("log");
    Process bot = shell("exec bot serve", data, environment).redirectOutput(log.toFile()).start();
    try {
      while (!Files.readString(log).contains("serving on")) {
        assertThat(bot.isAlive()).as(Files.readString(log)).isTrue();
        bot.waitFor(50, TimeUnit.MILLISECONDS);
      }
      assertThat(run("bot-healthy", data, environment)).isEqualTo("HTTP/1.1 200 OK\n");
      Map<String, String> printed = new LinkedHashMap<>();
      for (String command : documented()) {
        printed.put(command, obey(command, data, environment, compose));
      }
      assertThat(printed)
          .containsOnlyKeys(
              "up -d", "logs -f", STATUS, BACKUP, "stop bot", COPY, "up -d bot-postgres");
      assertThat(printed.get(COPY)).contains(" holds every row of ");
      assertThat(printed.get("logs -f")).contains("migration_001", "serving on");
      assertThat(printed.get(STATUS)).contains("users.db is up to date");
      assertThat(printed.get(BACKUP)).contains("users.db.backup-");
      bot.destroy();
      assertThat(bot.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(bot.exitValue()).isZero();
      assertThat(shell("bot-healthy", data, environment).start().waitFor()).isEqualTo(1);
    } finally {
      bot.destroyForcibly();
    }
  }

  /** Every command of {@code docker-compose} in the documents, once. */
  private static Set<String> documented() throws IOException {
    Set<String> commands = new LinkedHashSet<>();
    for (String document : DOCUMENTS) {
      List<String> shown = ComposeFile.commands(PROJECT.resolve(document));
      assertThat(shown).as(document).contains("up -d", STATUS, BACKUP);
      commands.addAll(shown);
    }
    return commands;
  }

  /** Gives the image of a service another command, with the server that the service has. */
  private String runOnServer(
      String command, Path data, Map<String, String> environment, ComposeFile compose)
      throws Exception {
    String[] words = command.split(" ", 2);
    Address database = PostgresServer.shared().freshDatabase();
    Map<String, String> settings = new LinkedHashMap<>(environment);
    settings.putAll(
        compose.environment(
            words[0],
            Map.of("BOT_WEB_PASSWORD", "sesame", "POSTGRES_PASSWORD", database.password())));
    String server = "127.0.0.1:%d/%s".formatted(database.port(), database.database());
    return run(
        "bot " + words[1].replace("postgres/bot", server).replace("/data/", data + "/"),
        data,
        settings);
  }

  /** Does what the engine would, while the bot that {@code up -d} starts is running already. */
  private String obey(
      String command, Path data, Map<String, String> environment, ComposeFile compose)
      throws Exception {
    String[] words = command.split(" ", 3);
    switch (words[0]) {
      case "up", "logs":
        // One bot, with the entry point and the command of the image.
        assertThat(command).isIn("up -d", "up -d bot-postgres", "logs -f");
        Map<?, ?> bot = compose.service(words.length == 3 ? words[2] : "bot");
        assertThat(bot.get("command")).isNull();
        assertThat(bot.get("entrypoint")).isNull();
        return Files.readString(root.resolve("log"));
      case "stop":
        assertThat(compose.service(words[1])).isNotEmpty();
        return "";
      case "run":
        assertThat(words[1]).isEqualTo("--rm");
        return runOnServer(words[2], data, environment, compose);
      case "exec":
        assertThat(compose.service(words[1])).isNotEmpty();
        assertThat(root.resolve("opt/bot").resolve(words[2].split(" ")[0])).isExecutable();
        return run(words[2], data, environment);
      default:
        throw new AssertionError("nothing is known of docker-compose " + command);
    }
  }

  /** The same command on the paths of this folder, and Maven without a network. */
  private String inRoot(String command) {
    String repository = System.getProperty("local.repository");
    return command
        .replaceAll("(?<=^| )/(?=src|image)", root + "/")
        .replaceFirst("^mvn ", "mvn --offline -Dmaven.repo.local='" + repository + "' ");
  }

  private ProcessBuilder shell(String command, Path folder, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("BOT_"));
    builder.environment().putAll(environment);
    return builder;
  }

  private String run(String command, Path folder, Map<String, String> environment)
      throws Exception {
    Path output = Files.createTempFile(root, "step", ".out");
    Process process = shell(command, folder, environment).redirectOutput(output.toFile()).start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(command).isTrue();
    String printed = Files.readString(output);
    assertThat(process.exitValue()).as(command + "\n" + printed).isZero();
    return printed;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            if (LEFT_OUT.contains(folder.getFileName().toString())) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(folder).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file,
                to.resolve(from.relativize(file).toString()),
                StandardCopyOption.COPY_ATTRIBUTES);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
