package botdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The launcher beside a copy of the jar, on a JDK.
 *
 * @param folder where both are, and where the commands run
 * @param environment what the launcher is told
 */
record Launcher(Path folder, Map<String, String> environment) {

  /** Copies launcher and jar into a folder, with a cache in it; a start waits for its archive. */
  static Launcher in(Path folder, Path jdk) throws IOException {
    Files.createDirectories(folder);
    copy("bot.launcher", folder.resolve("bot"));
    copy("bot.jar", folder.resolve("bot-app.jar"));
    return new Launcher(folder, Map.of("JAVA_HOME", jdk.toString()))
        .with("BOT_TRAINING", "wait")
        .with("TELEGRAM_BOT_TOKEN", "")
        .with("OPENAI_API_KEY", "")
        .with("BOT_CACHE", folder.resolve("a cache").toString());
  }

  private static void copy(String property, Path target) throws IOException {
    Files.copy(Path.of(System.getProperty(property)), target, StandardCopyOption.COPY_ATTRIBUTES);
  }

  Launcher with(String name, String value) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(name, value);
    return new Launcher(folder, changed);
  }

  Launcher on(SmallDisk disk) {
    return with("BOT_CACHE", disk.folder().resolve("cache").toString());
  }

  Bot.Running start(String... arguments) {
    List<String> command = new ArrayList<>(List.of(folder.resolve("bot").toString()));
    command.addAll(List.of(arguments));
    return Bot.startProgram(folder, command, environment);
  }

  Bot.Result run(String... arguments) {
    return start(arguments).await();
  }

  Path cache() {
    return Path.of(environment.get("BOT_CACHE"));
  }

  /** What is kept for the jar: an archive for each java, and the lock. */
  Path shelf() {
    return Path.of(cache().toString() + folder.resolve("bot-app.jar"));
  }

  /** The folders on the shelf, by their names. */
  List<String> entries() {
    try (Stream<Path> all = Files.list(shelf())) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> !name.equals("lock"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one folder on the shelf. */
  Path entry() {
    assertThat(entries()).hasSize(1);
    return shelf().resolve(entries().get(0));
  }
}
