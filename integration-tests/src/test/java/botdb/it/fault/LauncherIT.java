package botdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import botdb.it.Bot;
import botdb.it.Fixture;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteJDBCLoader;

/**
 * The launcher says what the program says, whatever becomes of its archive.
 *
 * <p>On the JDK of the build, and on another one where the property {@code other.jdk} names it.
 */
@ParameterizedClass
@MethodSource("jdks")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LauncherIT {
  private static final String STATUS =
      "001  migration_001_add_timestamp_to_messages  applied 2025-11-05 15:30:45\n"
          + "after-001.db is up to date\n";
  private static final int STARTERS = 20;

  @Parameter private Path jdk;
  @TempDir private static Path root;
  private Path folder;
  private Launcher launcher;
  private final List<Bot.Result> first = new ArrayList<>();

  static List<Path> jdks() {
    return Stream.of(System.getProperty("java.home"), System.getProperty("other.jdk"))
        .filter(home -> home != null && !home.isBlank())
        .map(Path::of)
        .toList();
  }

  @BeforeParameterizedClassInvocation
  void start_twenty_at_once() throws IOException {
    folder = Files.createTempDirectory(root, "jdk");
    launcher = Launcher.in(folder.resolve("bots"), jdk);
    Fixture.copy("after-001", launcher.folder());
    first.clear();
    Stream.generate(() -> launcher.start("status", "--database", "after-001.db"))
        .limit(STARTERS)
        .toList()
        .forEach(running -> first.add(running.await()));
  }

  @Test
  void twenty_that_start_at_once_make_one_archive() throws IOException {
    assertThat(first).hasSize(STARTERS).allSatisfy(LauncherIT::assertStatus);
    assertThat(launcher.entry()).isDirectoryContaining(file -> file.endsWith("bot.jsa"));
    try (Stream<Path> files = Files.list(launcher.entry())) {
      assertThat(files.filter(file -> file.toString().endsWith(".jsa"))).hasSize(2);
    }
    assertThat(Files.getPosixFilePermissions(launcher.cache()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "migrate"})
  void with_nothing_to_do_it_takes_its_classes_from_the_archive_and_unpacks_nothing(String command)
      throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary-for-" + command));
    // The driver looks for its version in a file that the jar does without.
    List<Path> others = new ArrayList<>();
    for (String version : List.of(SQLiteJDBCLoader.getVersion(), "unknown")) {
      others.add(Files.createFile(temporary.resolve("sqlite-" + version + "-of-another")));
    }
    Path log = folder.resolve(command + ".log");
    Bot.Result result =
        launcher
            .with("JAVA_TOOL_OPTIONS", logging(log) + " -Djava.io.tmpdir=" + temporary)
            .run(command, "--database", "after-001.db");
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).isEqualTo(command.equals("status") ? STATUS : "nothing to apply\n");
    assertTakenFromArchive(
        log, " org.sqlite.", " botdb.catalog.", " botdb.bot.BotApp ", " botdb.bot.output.");
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left)
          .as("the driver deletes such files, after looking through the folder")
          .containsExactlyInAnyOrderElementsOf(others);
    }
  }

  @Test
  void migrate_applies_what_is_pending_as_it_does_without() {
    Fixture.copy("before-001", launcher.folder());
    Bot.Result result = launcher.run("migrate", "--database", "before-001.db");
    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out()).startsWith("001  migration_001_add_timestamp_to_messages  ");
  }

  @Test
  void serve_takes_its_classes_from_the_archive_and_ends_as_it_does_without() throws Exception {
    Path log = folder.resolve("serve.log");
    Bot.Running bot =
        launcher.with("JAVA_TOOL_OPTIONS", logging(log)).with("BOT_PORT", "0").start("serve");
    bot.awaitText(bot.err(), "serving on ");
    bot.process().destroy();
    assertThat(bot.await().status()).isZero();
    assertTakenFromArchive(
        log,
        " botdb.bot.BotApp ",
        " org.jooq.",
        " io.javalin.",
        " org.eclipse.jetty.",
        " kotlin.",
        " org.sqlite.");
  }

  private static String logging(Path log) {
    return "-Xlog:class+load:file=" + log;
  }

  private static void assertTakenFromArchive(Path log, String... packages) throws IOException {
    List<String> loaded = Files.readAllLines(log);
    for (String name : packages) {
      List<String> here = loaded.stream().filter(line -> line.contains(name)).toList();
      assertThat(here).anyMatch(line -> line.contains("source: shared objects file"));
      assertThat(here).noneMatch(line -> line.contains("source: file:"));
    }
  }

  @Test
  void passes_on_the_exit_status_and_every_argument() throws IOException {
    assertThat(launcher.run("status", "--exit-code", "--database", "no such.db").status())
        .isEqualTo(3);
    Bot.Result wrong = launcher.run("stat us", "");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("'stat us', ''");
    Path link = Files.createSymbolicLink(folder.resolve("bot"), launcher.folder().resolve("bot"));
    assertThat(new Launcher(link.getParent(), launcher.environment()).run("--version").status())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999})
  void a_damaged_archive_makes_a_plain_start(double place) throws IOException {
    damage(place, Damage.OVERWRITTEN);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.0001, 0.5, 0.999})
  void a_truncated_archive_makes_a_plain_start(double length) throws IOException {
    damage(length, Damage.TRUNCATED);
  }

  private enum Damage {
    OVERWRITTEN,
    TRUNCATED
  }

  private void damage(double place, Damage damage) throws IOException {
    Path archive = launcher.entry().resolve("start.jsa");
    Path whole = Files.move(archive, launcher.folder().resolve("whole"));
    try {
      Files.copy(whole, archive);
      Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-------"));
      try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "rw")) {
        long offset = (long) (file.length() * place);
        if (damage == Damage.TRUNCATED) {
          file.setLength(offset);
        } else {
          byte[] noise = new byte[8192];
          new Random(1).nextBytes(noise);
          file.seek(offset);
          file.write(noise);
        }
      }
      assertStatus(status(launcher));
    } finally {
      Files.delete(archive);
      Files.move(whole, archive);
    }
  }

  @Test
  void a_newer_jar_gets_an_archive_of_its_own_although_the_first_training_is_killed()
      throws Exception {
    Launcher newer = Launcher.in(folder.resolve("newer bots"), jdk);
    Fixture.copy("after-001", newer.folder());
    Files.setLastModifiedTime(
        newer.folder().resolve("bot-app.jar"), FileTime.fromMillis(1_234_567_890_000L));
    Files.createDirectories(newer.shelf().resolve("17-of-an-older-jar-1-1"));
    Bot.Running killed = newer.start("status", "--database", "after-001.db");
    await(() -> newer.entries().stream().anyMatch(LauncherIT::isMaking));
    Path making =
        newer
            .shelf()
            .resolve(
                newer.entries().stream().filter(LauncherIT::isMaking).findFirst().orElseThrow());
    // Written by the training: every process of it is there to be killed.
    await(() -> Files.exists(making.resolve("work/training.db")));
    killTraining(killed);
    assertThat(making).exists();
    // Nobody waits for it: not the command, and not who reads what it prints. A child that began
    // during the killing holds the lock to its end; then the next start makes the archive.
    await(
        () -> {
          assertStatus(status(newer.with("BOT_TRAINING", "background")));
          return newer.entries().size() == 1;
        });
    assertThat(newer.entry().getFileName().toString()).endsWith("-1234567890");
    assertStatus(status(newer));
  }

  @Test
  void a_cache_that_cannot_be_made_or_that_others_can_write_is_not_used() throws IOException {
    Path file = Files.createFile(folder.resolve("a file"));
    assertStatus(status(launcher.with("BOT_CACHE", file.resolve("cache").toString())));
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertStatus(status(launcher.with("BOT_CACHE", open.toString())));
    assertThat(open).isEmptyDirectory();
  }

  @Test
  void a_full_disk_makes_a_plain_start() throws IOException {
    try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(folder.resolve("disk")), 500_000)) {
      Launcher squeezed = launcher.on(disk);
      assertStatus(status(squeezed));
      assertThat(squeezed.entries()).singleElement().asString().endsWith(".failed");
      assertStatus(status(squeezed));
    }
  }

  @Test
  void without_a_home_the_start_is_a_plain_one() {
    List<String> command = new ArrayList<>(List.of("env", "-u", "HOME", "-u", "XDG_CACHE_HOME"));
    command.addAll(List.of("-u", "BOT_CACHE", launcher.folder().resolve("bot").toString()));
    command.addAll(List.of("status", "--database", "after-001.db"));
    assertStatus(Bot.startProgram(launcher.folder(), command, launcher.environment()).await());
  }

  @Test
  void says_what_is_missing_and_what_to_do() {
    assertThat(launcher.with("BOT_JAR", "none.jar").run("status"))
        .isEqualTo(
            new Bot.Result(
                1,
                "",
                "there is no none.jar\n  to do     set BOT_JAR to the path of bot-app.jar\n"));
    assertThat(launcher.with("JAVA_HOME", "/none").run("status").err())
        .isEqualTo(
            "there is no /none/bin/java\n"
                + "  to do     set JAVA_HOME to the folder of a JDK 17 or newer\n");
    assertThat(launcher.with("BOT_TRAINING", "soon").run("status").err())
        .contains("BOT_TRAINING", "background, wait, off");
  }

  private static Bot.Result status(Launcher launcher) {
    return launcher.run("status", "--database", "after-001.db");
  }

  private static boolean isMaking(String entry) {
    return entry.startsWith("making.");
  }

  /** Parents first: none shall see its child fail, and tidy up. */
  private static void killTraining(Bot.Running starter) {
    List<ProcessHandle> training =
        starter.process().descendants().sorted(Comparator.comparing(ProcessHandle::pid)).toList();
    starter.kill();
    training.forEach(ProcessHandle::destroyForcibly);
    training.forEach(process -> process.onExit().join());
  }

  private static void assertStatus(Bot.Result result) {
    assertThat(result).isEqualTo(new Bot.Result(0, STATUS, ""));
  }

  private static void await(java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MINUTES.toNanos(3));
      Thread.sleep(20);
    }
  }
}
